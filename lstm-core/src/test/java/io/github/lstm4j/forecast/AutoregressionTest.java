package io.github.lstm4j.forecast;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lstm4j.random.CounterRandom;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AutoregressionTest {
  private static final double U = 0x1p-53;

  private static double[] series(int rows, IntToDoubleFunction value) {
    return IntStream.range(0, rows).mapToDouble(value).toArray();
  }

  /** x[t] = 10 + 0.6 x[t−1] − 0.3 x[t−2] + noise of variance 1. */
  private static double[] secondOrder(int rows, long seed) {
    double[] values = new double[rows];
    for (int row = 2; row < rows; row++) {
      values[row] = 10 + .6 * values[row - 1] - .3 * values[row - 2] + CounterRandom.normal(seed, 0, row);
    }
    return values;
  }

  @Test
  void recoversASecondOrderProcess() {
    int rows = 20_000;
    Autoregression fitted = Autoregression.fit(secondOrder(rows, 7), 2);
    // The estimates' standard deviation is √((1 − φ₂²) / n); five of them, for one fixed seed.
    double five = 5 * Math.sqrt((1 - .3 * .3) / rows);
    assertArrayEquals(new double[] {.6, -.3}, fitted.coefficients(), five);
    // The mean 10 / 0.7 follows from the coefficients; the intercept takes their errors times the mean, and its own
    // 5/√n.
    assertEquals(10, fitted.intercept(), 2 * five * 10 / .7 + 5 / Math.sqrt(rows));
  }

  /** Noiseless recurrences in exact integers: the fit reproduces them, also where its columns depend on each other. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5, 24})
  void exactOnLinearRecurrences(int order) {
    assertExact(series(100, row -> 7), order); // constant
    assertExact(series(100, row -> 3 * row - 50), order); // a line: x[t] = 2 x[t−1] − x[t−2]
    assertExact(series(100, row -> new int[] {5, 8, 6, 1, -2, 0}[row % 6]), order); // x[t] = x[t−1] − x[t−2] + 3
    assertExact(series(100, row -> 1e6 + (row % 2 == 0 ? 1 : -1)), order); // x[t] = 2e6 − x[t−1], far from 0
  }

  /**
   * Householder QR solves a system whose columns are off by γ = m·n·u relative to their norm (Higham, "Accuracy and
   * Stability of Numerical Algorithms", theorem 20.3, its small constant taken as 10). The recurrences fit exactly, so
   * a training residual is at most γ · ‖columns‖ · Σ|x|; columns have the norm √m · range, the basic solutions here
   * have Σ|x| ≤ 3, the intercept's rounding adds a few u of the largest value. Held-out rows repeat the training rows,
   * except for the line, which leaves their range by less than half of it.
   */
  private static void assertExact(double[] values, int order) {
    int from = 70;
    double[] predicted = Autoregression.fit(Arrays.copyOf(values, from), order).predictTail(values, from);
    double largest = Arrays.stream(values).map(Math::abs).max().orElseThrow();
    int m = from - order;
    double bound = (10.0 * m * order * U * Math.sqrt(m) + 10 * U) * 3 * largest;
    assertArrayEquals(Arrays.copyOfRange(values, from, values.length), predicted, bound);
  }

  /**
   * At a minimum the residuals are orthogonal to every column; tested on the equations, not on the solver's own steps.
   */
  @Property(tries = 200)
  void residualsAreOrthogonalToThePast(
      @ForAll @LongRange(min = 0) long seed, @ForAll @IntRange(min = 1, max = 8) int order,
      @ForAll @IntRange(min = 20, max = 60) int rows) {
    double[] values = secondOrder(rows, seed);
    double[] residuals = Autoregression.fit(values, order).predictTail(values, order);
    double residualNorm = 0;
    for (int i = 0; i < residuals.length; i++) {
      residuals[i] -= values[order + i];
      residualNorm = Math.hypot(residualNorm, residuals[i]);
    }
    double columnNorm = Math.sqrt(Arrays.stream(values).map(x -> x * x).sum());
    // Backward stability as above: Aᵀr = O(γ)‖A‖(‖r‖ + ‖A‖‖x‖), over n + 1 columns; ‖x‖ and the centring by factor 10.
    int m = residuals.length;
    double bound = 10 * 10.0 * m * (order + 1) * U * columnNorm * (residualNorm + columnNorm * (order + 1));
    for (int lag = 0; lag <= order; lag++) {
      double dot = 0;
      for (int i = 0; i < m; i++) {
        dot += residuals[i] * (lag == 0 ? 1 : values[order + i - lag]);
      }
      assertTrue(Math.abs(dot) <= bound, "lag " + lag + ": " + dot + " > " + bound);
    }
  }

  /** A prediction of row t is a function of the rows before t. */
  @Property(tries = 100)
  void noForecasterReadsTheFuture(
      @ForAll @LongRange(min = 0) long seed, @ForAll @IntRange(min = 30, max = 59) int row) {
    double[] values = secondOrder(60, seed);
    double[] changed = values.clone();
    Arrays.fill(changed, row, 60, Double.NaN);
    Forecaster[] forecasters = {
      new Persistence(), new SeasonalNaive(12), Autoregression.fit(Arrays.copyOf(values, 30), 3)
    };
    for (Forecaster forecaster : forecasters) {
      double predicted = forecaster.predict(values, row);
      assertEquals(predicted, forecaster.predict(changed, row));
      assertEquals(predicted, forecaster.predictTail(values, 20)[row - 20]);
    }
  }

  @Test
  void largeAndSmallValues() {
    double[] values = secondOrder(200, 3);
    double[] expected = Autoregression.fit(values, 3).coefficients();
    for (int exponent : new int[] {900, -900}) {
      double[] scaled = Arrays.stream(values).map(x -> Math.scalb(x, exponent)).toArray();
      assertArrayEquals(expected, Autoregression.fit(scaled, 3).coefficients());
    }
  }

  @Test
  void badInput() {
    assertMessage("order is 0; expected at least 1", () -> Autoregression.fit(new double[9], 0));
    assertMessage(
        "an autoregression of order 4 needs at least 9 training values; there are 8",
        () -> Autoregression.fit(new double[8], 4));
    assertMessage(
        "training value 1 is NaN, value 0 is 1.0; expected finite values with finite differences",
        () -> Autoregression.fit(new double[] {1, Double.NaN, 2}, 1));
    assertMessage("period is 0; expected at least 1", () -> new SeasonalNaive(0));
    assertMessage(
        "row 11 of a series of 20 can't be predicted by SeasonalNaive[period=12], which needs 12 rows of past",
        () -> new SeasonalNaive(12).predictTail(new double[20], 11));
    assertMessage(
        "row 21 of a series of 20 can't be predicted by Persistence[], which needs 1 rows of past",
        () -> new Persistence().predict(new double[20], 21));
    assertMessage(
        "row 0 of a series of 9 can't be predicted by Autoregression[order=2], which needs 2 rows of past",
        () -> Autoregression.fit(new double[9], 2).predict(new double[9], 0));
    assertMessage(
        "1 predictions for 2 values; expected as many, at least 1", () -> Accuracy.rmse(new double[1], new double[2]));
  }

  private static void assertMessage(String message, Executable call) {
    assertEquals(message, assertThrows(RuntimeException.class, call).getMessage());
  }
}
