package io.github.lstm4j.forecast;

import java.util.Arrays;

/**
 * A linear autoregression: intercept + Σ coefficients[j] · value j + 1 rows ago, fitted by least squares. Immutable.
 *
 * <p>Where the past values depend on each other, as in a constant or a noiseless series, superfluous coefficients are
 * 0; every other least-squares solution predicts the training part just as well.
 */
public final class Autoregression implements Forecaster {
  private final double intercept;
  private final double[] coefficients;

  private Autoregression(double intercept, double[] coefficients) {
    this.intercept = intercept;
    this.coefficients = coefficients;
  }

  /**
   * Fits an autoregression.
   *
   * @param training the training part only, at least 2 · order + 1 values
   * @param order the number of past values to read, at least 1
   * @return the fitted forecaster
   * @throws IllegalArgumentException if the order is below 1, there are too few values, or one is not finite
   */
  public static Autoregression fit(double[] training, int order) {
    if (order < 1) {
      throw new IllegalArgumentException("order is " + order + "; expected at least 1");
    }
    int rows = training.length - order;
    if (rows < (long) order + 1) {
      throw new IllegalArgumentException(
          "an autoregression of order " + order + " needs at least " + (2L * order + 1) + " training values; there are "
              + training.length);
    }
    Centred series = Centred.of(training);
    double[][] columns = new double[order][];
    double[] columnMeans = new double[order];
    double largest = 0;
    for (int j = 0; j < order; j++) {
      columns[j] = Arrays.copyOfRange(series.values, order - 1 - j, order - 1 - j + rows);
      largest = Math.max(largest, norm(columns[j]));
      columnMeans[j] = removeMean(columns[j]);
    }
    double[] right = Arrays.copyOfRange(series.values, order, training.length);
    double rightMean = removeMean(right);
    // The rounding of a factorisation: rows · u relative to the largest column, or to the largest value (1) if that is
    // more.
    double negligible = rows * Math.ulp(1.0) * Math.max(largest, 1);
    double[] coefficients = LeastSquares.solve(columns, right, negligible);
    double centred = rightMean;
    double sum = 0;
    for (int j = 0; j < order; j++) {
      centred -= coefficients[j] * columnMeans[j];
      sum += coefficients[j];
    }
    return new Autoregression(series.origin * (1 - sum) + Math.scalb(centred, series.exponent), coefficients);
  }

  /**
   * The training values as (value − origin) · 2^−exponent, at most 1 in size: the origin makes a constant series
   * exactly 0, the power of two (which rounds nothing) keeps squares from overflowing.
   */
  private static final class Centred {
    private final double[] values;
    private final double origin;
    private final int exponent;

    private Centred(double[] values, double origin, int exponent) {
      this.values = values;
      this.origin = origin;
      this.exponent = exponent;
    }

    static Centred of(double[] training) {
      double[] values = new double[training.length];
      double largest = 0;
      for (int row = 0; row < values.length; row++) {
        values[row] = training[row] - training[0];
        if (!Double.isFinite(values[row])) {
          throw new IllegalArgumentException(
              "training value " + row + " is " + training[row] + ", value 0 is " + training[0]
                  + "; expected finite values with finite differences");
        }
        largest = Math.max(largest, Math.abs(values[row]));
      }
      int exponent = largest == 0 ? 0 : Math.getExponent(largest) + 1;
      for (int row = 0; row < values.length; row++) {
        values[row] = Math.scalb(values[row], -exponent);
      }
      return new Centred(values, training[0], exponent);
    }
  }

  private static double norm(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value * value;
    }
    return Math.sqrt(sum);
  }

  private static double removeMean(double[] values) {
    double mean = Arrays.stream(values).sum() / values.length;
    for (int i = 0; i < values.length; i++) {
      values[i] -= mean;
    }
    return mean;
  }

  @Override
  public int history() {
    return coefficients.length;
  }

  @Override
  public double predict(double[] values, int row) {
    requirePast(values, row);
    double sum = intercept;
    for (int j = 0; j < coefficients.length; j++) {
      sum += coefficients[j] * values[row - 1 - j];
    }
    return sum;
  }

  /**
   * The constant term.
   *
   * @return the intercept, in the series' unit
   */
  public double intercept() {
    return intercept;
  }

  /**
   * The weights of the past.
   *
   * @return a copy [order]; element j weighs the value j + 1 rows ago
   */
  public double[] coefficients() {
    return coefficients.clone();
  }

  @Override
  public String toString() {
    return "Autoregression[order=" + coefficients.length + "]";
  }
}
