package io.github.lstm4j.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Positive;
import org.junit.jupiter.api.Test;

class ScalerTest {
  private static final double U = 0x1p-53;

  /** Finite values over 24 decades, all in the domain of every transform. */
  @Provide
  Arbitrary<double[]> positives() {
    return Arbitraries.doubles().between(1e-12, 1e12).ofScale(14).array(double[].class).ofMinSize(1).ofMaxSize(40);
  }

  @Test
  void standard() {
    Series scaled = transform(Scaling.STANDARD, 2, 4, 4, 4, 5, 5, 7, 9); // mean 5, standard deviation 2
    assertArrayEquals(new double[] {-1.5, -.5, -.5, -.5, 0, 0, 1, 2}, scaled.column("x"));
  }

  @Test
  void minMax() {
    assertArrayEquals(new double[] {0, .25, 1}, transform(Scaling.MIN_MAX, 2, 3, 6).column("x"));
  }

  @Test
  void constantColumnIsOnlyShifted() {
    for (Scaling scaling : new Scaling[] {Scaling.STANDARD, Scaling.MIN_MAX}) {
      Scaler scaler = Scaler.fit(Series.of("x", .1, .1, .1), scaling);
      assertArrayEquals(new double[] {0, 0, 0}, scaler.transform(Series.of("x", .1, .1, .1)).column("x"));
      assertArrayEquals(new double[] {1.1 - .1}, scaler.transform(Series.of("x", 1.1)).column("x"));
    }
  }

  @Test
  void whatIsMissingStaysMissing() {
    Scaler scaler = Scaler.fit(Series.of("x", 1, 4), Scaling.MIN_MAX, ValueTransform.LOG);
    assertArrayEquals(new double[] {Double.NaN, 0}, scaler.transform(Series.of("x", Double.NaN, 1)).column("x"));
  }

  @Test
  void tinyDeviationsDoNotVanish() {
    Scaler scaler = Scaler.fit(Series.of("x", 0, 2e-300), Scaling.STANDARD);
    assertArrayEquals(new double[] {-1, 1}, scaler.transform(Series.of("x", 0, 2e-300)).column("x"));
  }

  @Test
  void negativePredictionsOfARootMeanZero() {
    Scaler scaler = Scaler.fit(Series.of("x", 1, 4), Scaling.NONE, ValueTransform.SQRT);
    assertArrayEquals(new double[] {0, 9}, scaler.inverse("x", new double[] {-3, 3}));
  }

  @Test
  void transformsByColumn() {
    Series series = Series.of(List.of("a", "b"), new double[][] {{4, 4}, {9, 9}});
    Scaler scaler = Scaler.fit(series, Scaling.NONE, Map.of("b", ValueTransform.SQRT));
    assertArrayEquals(new double[] {4, 9}, scaler.transform(series).column("a"));
    assertArrayEquals(new double[] {2, 3}, scaler.transform(series.select(List.of("b"))).column("b"));
  }

  @Property
  void inverseUndoesTransform(
      @ForAll("positives") double[] values, @ForAll Scaling scaling, @ForAll ValueTransform transform) {
    Scaler scaler = Scaler.fit(Series.of("x", values), scaling, transform);
    double shift = Double.parseDouble(scaler.toMetadata().get("scaler.0.shift"));
    double[] back = scaler.inverse("x", scaler.transform(Series.of("x", values)).column("x"));
    for (int row = 0; row < values.length; row++) {
      assertTrue(
          Math.abs(back[row] - values[row]) <= bound(transform, values[row], shift),
          () -> scaling + " after " + transform + " in " + scaler.toMetadata());
    }
  }

  /**
   * With t = transform(x): z = (t − s) / c and t' = z · c + s round four times, so |t' − t| ≤ 3u|t − s| + u|t| to first
   * order; the root rounds once (u), StrictMath.log and exp are within 1 ulp (2u). These errors then pass through the
   * inverse. One unit more than first order counts covers the higher orders, which are below u relative to it.
   */
  private static double bound(ValueTransform transform, double x, double shift) {
    double t = transform.apply(x);
    double affine = 4 * U * Math.abs(t - shift) + 2 * U * Math.abs(t);
    return switch (transform) {
      case IDENTITY -> affine;
      case SQRT -> {
        double error = affine + 2 * U * t;
        yield 2 * t * error + error * error + 2 * U * x;
      }
      case LOG -> x * Math.expm1(affine + 3 * U * Math.abs(t)) + 3 * U * x;
    };
  }

  @Property
  void metadataRoundTripIsExact(
      @ForAll("positives") double[] values, @ForAll Scaling scaling, @ForAll ValueTransform transform) {
    double[][] rows = new double[values.length][];
    for (int row = 0; row < rows.length; row++) {
      rows[row] = new double[] {values[row], 1 / values[row]};
    }
    Series series = Series.of(List.of("x", "scaler.0.name, \"ö\""), rows);
    Scaler scaler = Scaler.fit(series, scaling, transform);
    Map<String, String> metadata = new HashMap<>(scaler.toMetadata());
    metadata.put("another", "key");
    Scaler read = Scaler.fromMetadata(metadata);
    assertEquals(scaler.toMetadata(), read.toMetadata());
    assertEquals(series.names(), read.names());
    for (String name : series.names()) {
      assertArrayEquals(scaler.transform(series).column(name), read.transform(series).column(name));
    }
  }

  @Property
  void neverSeesTheHeldOutRows(
      @ForAll("positives") double[] values, @ForAll("positives") double[] tail, @ForAll Scaling scaling,
      @ForAll @Positive double other) {
    double[] all = Arrays.copyOf(values, values.length + tail.length);
    System.arraycopy(tail, 0, all, values.length, tail.length);
    double[] changed = all.clone();
    Arrays.fill(changed, values.length, changed.length, other);
    Split split = Split.tail(all.length, tail.length / 2, tail.length - tail.length / 2);
    assertEquals(
        Scaler.fit(split.training(Series.of("x", all)), scaling).toMetadata(),
        Scaler.fit(split.training(Series.of("x", changed)), scaling).toMetadata());
  }

  private static Series transform(Scaling scaling, double... values) {
    Series series = Series.of("x", values);
    return Scaler.fit(series, scaling).transform(series);
  }
}
