package io.github.lstm4j.forecast;

/** Tomorrow is like today: the prediction is the last value. */
public record Persistence() implements Forecaster {
  @Override
  public int history() {
    return 1;
  }

  @Override
  public double predict(double[] values, int row) {
    requirePast(values, row);
    return values[row - 1];
  }
}
