package io.github.lstm4j.forecast;

/**
 * This January is like the last one: the prediction is the value a period ago.
 *
 * @param period rows of a season, at least 1; 12 for months of a year
 */
public record SeasonalNaive(int period) implements Forecaster {
  /**
   * Checks the period.
   *
   * @throws IllegalArgumentException if it is below 1
   */
  public SeasonalNaive {
    if (period < 1) {
      throw new IllegalArgumentException("period is " + period + "; expected at least 1");
    }
  }

  @Override
  public int history() {
    return period;
  }

  @Override
  public double predict(double[] values, int row) {
    requirePast(values, row);
    return values[row - period];
  }
}
