package io.github.lstm4j.forecast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.lstm4j.random.CounterRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PredictionIntervalTest {
  /** Residuals −1, 2, −3, … ±n: the k-th smallest size is k, so the half width is the rank. */
  @ParameterizedTest
  @CsvSource({"9, 0.9, 9", "19, 0.9, 18", "20, 0.9, 19", "99, 0.07, 7", "99, 0.99, 99", "1, 0.5, 1", "3, 0.001, 1"})
  void finiteSampleRank(int n, double level, double rank) {
    assertEquals(rank, PredictionInterval.fromResiduals(alternating(n), level).halfWidth());
  }

  private static double[] alternating(int n) {
    return IntStream.rangeClosed(1, n).mapToDouble(i -> i % 2 == 0 ? i : -i).toArray();
  }

  @Test
  void coverageCountsTheEnds() {
    PredictionInterval band = new PredictionInterval(.9, 2);
    double[] actual = {8, 12, 12.5, 10};
    double[] lower = new double[4];
    double[] upper = new double[4];
    for (int i = 0; i < 4; i++) {
      lower[i] = band.lower(10);
      upper[i] = band.upper(10);
    }
    assertEquals(.75, PredictionInterval.coverage(actual, lower, upper));
  }

  /**
   * On exchangeable points the mean coverage over calibration and test is ⌈(n + 1) · level⌉ / (n + 1), here exactly
   * 0.9. With 99 residuals the coverage of one calibration has variance 0.9 · 0.1 / 101, one test point 0.9 · 0.1 more;
   * over 400 calibrations with 100 points each that is 0.09 · (1/101 + 1/100) / 400. Five standard deviations, one
   * fixed seed.
   */
  @Test
  void coversExchangeablePointsAsPromised() {
    double covered = 0;
    for (int trial = 0; trial < 400; trial++) {
      int stream = trial;
      double[] residuals = IntStream.range(0, 99).mapToDouble(i -> CounterRandom.normal(11, stream, i)).toArray();
      double[] actual = IntStream.range(99, 199).mapToDouble(i -> CounterRandom.normal(11, stream, i)).toArray();
      PredictionInterval band = PredictionInterval.fromResiduals(residuals, .9);
      double[] lower = IntStream.range(0, 100).mapToDouble(i -> band.lower(0)).toArray();
      double[] upper = IntStream.range(0, 100).mapToDouble(i -> band.upper(0)).toArray();
      covered += PredictionInterval.coverage(actual, lower, upper) / 400;
    }
    assertEquals(.9, covered, 5 * Math.sqrt(.09 * (1 / 101.0 + 1 / 100.0) / 400));
  }

  @Test
  void badInput() {
    assertMessage(
        "a level of 0.9 needs residual 9 of the sorted ones; there are 8",
        () -> PredictionInterval.fromResiduals(alternating(8), .9));
    assertMessage(
        "a level of 0.9 needs residual 1 of the sorted ones; there are 0",
        () -> PredictionInterval.fromResiduals(new double[0], .9));
    assertMessage(
        "residual 1 is NaN; expected a finite number",
        () -> PredictionInterval.fromResiduals(new double[] {1, Double.NaN}, .5));
    assertMessage(
        "the level is 95.0; expected a probability between 0 and 1",
        () -> PredictionInterval.fromResiduals(alternating(8), 95));
    assertMessage(
        "the half width is NaN; expected a finite number, at least 0", () -> new PredictionInterval(.5, Double.NaN));
    assertMessage(
        "1 lower and 2 upper ends for 2 values; expected as many, at least 1",
        () -> PredictionInterval.coverage(new double[2], new double[1], new double[2]));
  }

  private static void assertMessage(String message, Executable call) {
    assertEquals(message, assertThrows(RuntimeException.class, call).getMessage());
  }
}
