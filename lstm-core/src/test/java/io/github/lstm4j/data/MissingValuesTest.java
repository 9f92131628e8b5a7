package io.github.lstm4j.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class MissingValuesTest {
  private static final double NAN = Double.NaN;
  private static final Series GAPS =
      Series.of(List.of("a", "b"), new double[][] {{1, 10}, {NAN, 20}, {NAN, 30}, {4, NAN}, {5, 50}});

  @Test
  void failReturnsACompleteSeries() {
    Series complete = GAPS.slice(0, 1);
    assertSame(complete, MissingValues.FAIL.applyTo(complete));
  }

  @Test
  void forwardFillRepeatsTheLastValue() {
    Series filled = MissingValues.FORWARD_FILL.applyTo(GAPS);
    assertArrayEquals(new double[] {1, 1, 1, 4, 5}, filled.column("a"));
    assertArrayEquals(new double[] {10, 20, 30, 30, 50}, filled.column("b"));
  }

  @Test
  void linearDrawsALine() {
    Series filled = MissingValues.LINEAR.applyTo(GAPS);
    // (1 − w) · 1 + w · 4 with w = 1/3: three roundings of numbers below 4, half an ulp(4) each, and w's own.
    assertArrayEquals(new double[] {1, 2, 3, 4, 5}, filled.column("a"), 4 * Math.ulp(4.0));
    assertArrayEquals(new double[] {10, 20, 30, 40, 50}, filled.column("b"));
  }

  @Test
  void linearDoesNotOverflow() {
    Series series = Series.of("a", -Double.MAX_VALUE, NAN, Double.MAX_VALUE);
    assertArrayEquals(
        new double[] {-Double.MAX_VALUE, 0, Double.MAX_VALUE}, MissingValues.LINEAR.applyTo(series).column("a"));
  }

  @Test
  void dropRowsKeepsTheOthers() {
    Series kept = MissingValues.DROP_ROWS.applyTo(GAPS);
    assertEquals(2, kept.rows());
    assertArrayEquals(new double[] {1, 5}, kept.column("a"));
    assertArrayEquals(new double[] {10, 50}, kept.column("b"));
  }

  /** Filling forward a prefix is a prefix of filling forward: nothing comes from the future. */
  @Property
  void forwardFillNeverLooksAhead(
      @ForAll @Size(min = 1, max = 30) List<Boolean> present, @ForAll @IntRange(max = 29) int at) {
    double[] values = new double[present.size()];
    for (int row = 0; row < values.length; row++) {
      values[row] = row == 0 || present.get(row) ? row : NAN;
    }
    Series series = Series.of("a", values);
    int to = Math.min(at, values.length);
    assertArrayEquals(
        MissingValues.FORWARD_FILL.applyTo(series.slice(0, to)).column("a"),
        MissingValues.FORWARD_FILL.applyTo(series).slice(0, to).column("a"));
  }
}
