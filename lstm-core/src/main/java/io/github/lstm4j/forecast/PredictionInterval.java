package io.github.lstm4j.forecast;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;

/**
 * A band of constant width around predictions: split conformal prediction. With n residuals of points that the model
 * was not fitted on, the half width is their ⌈(n + 1) · level⌉-th smallest absolute value; a new point then falls into
 * the band with at least the probability {@code level}, whatever the distribution, if it is exchangeable with those
 * points. A series' points need not be: report {@link #coverage} beside the band. Where errors grow with the value,
 * take residuals, and add the half width, in a transformed space.
 *
 * <p>Source: Lei, G'Sell, Rinaldo, Tibshirani, Wasserman, "Distribution-free predictive inference for regression", JASA
 * 113, 2018.
 *
 * @param level the probability that was asked for, in (0, 1)
 * @param halfWidth the distance from a prediction to either end, in the values' unit
 */
public record PredictionInterval(double level, double halfWidth) {
  /**
   * Checks level and width.
   *
   * @throws IllegalArgumentException if the level is not in (0, 1) or the width is negative or not finite
   */
  public PredictionInterval {
    requireLevel(level);
    if (!(halfWidth >= 0) || Double.isInfinite(halfWidth)) {
      throw new IllegalArgumentException("the half width is " + halfWidth + "; expected a finite number, at least 0");
    }
  }

  private static void requireLevel(double level) {
    if (!(level > 0 && level < 1)) {
      throw new IllegalArgumentException("the level is " + level + "; expected a probability between 0 and 1");
    }
  }

  /**
   * The band that residuals call for.
   *
   * @param residuals actual − predicted of validation points that the model was not fitted on
   * @param level the wanted coverage 1 − α, such as 0.9
   * @return the band
   * @throws IllegalArgumentException if the level is not in (0, 1), a residual is not finite, or there are fewer than
   *     level / (1 − level) residuals, which no finite band does justice to
   */
  public static PredictionInterval fromResiduals(double[] residuals, double level) {
    requireLevel(level);
    double[] sizes = new double[residuals.length];
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = Math.abs(residuals[i]);
      if (!Double.isFinite(sizes[i])) {
        throw new IllegalArgumentException("residual " + i + " is " + residuals[i] + "; expected a finite number");
      }
    }
    // In decimal, so that 0.07 of 100 is 7 and not a little more, which would round up to 8.
    BigDecimal exact = BigDecimal.valueOf(level).multiply(BigDecimal.valueOf(sizes.length + 1L));
    long rank = exact.setScale(0, RoundingMode.CEILING).longValueExact();
    if (rank > sizes.length) {
      throw new IllegalArgumentException(
          "a level of " + level + " needs residual " + rank + " of the sorted ones; there are " + sizes.length);
    }
    Arrays.sort(sizes);
    return new PredictionInterval(level, sizes[(int) rank - 1]);
  }

  /**
   * The lower end.
   *
   * @param prediction a prediction
   * @return prediction − half width
   */
  public double lower(double prediction) {
    return prediction - halfWidth;
  }

  /**
   * The upper end.
   *
   * @param prediction a prediction
   * @return prediction + half width
   */
  public double upper(double prediction) {
    return prediction + halfWidth;
  }

  /**
   * The share of values that fell into their intervals, ends included.
   *
   * @param actual what came, at least one value
   * @param lower the intervals' lower ends, same length
   * @param upper the intervals' upper ends, same length
   * @return a number from 0 to 1
   * @throws IllegalArgumentException if the lengths differ or are 0
   */
  public static double coverage(double[] actual, double[] lower, double[] upper) {
    if (actual.length == 0 || lower.length != actual.length || upper.length != actual.length) {
      throw new IllegalArgumentException(
          lower.length + " lower and " + upper.length + " upper ends for " + actual.length
              + " values; expected as many, at least 1");
    }
    int inside = 0;
    for (int i = 0; i < actual.length; i++) {
      if (lower[i] <= actual[i] && actual[i] <= upper[i]) {
        inside++;
      }
    }
    return (double) inside / actual.length;
  }
}
