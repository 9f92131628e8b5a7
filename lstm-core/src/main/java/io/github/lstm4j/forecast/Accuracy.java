package io.github.lstm4j.forecast;

/** How far predictions are off. */
public final class Accuracy {
  private Accuracy() {}

  /**
   * The root of the mean squared error.
   *
   * @param predicted predictions
   * @param actual what came, same length, at least one value
   * @return the error in the values' unit; NaN if a value is
   * @throws IllegalArgumentException if the lengths differ or are 0
   */
  public static double rmse(double[] predicted, double[] actual) {
    if (predicted.length != actual.length || actual.length == 0) {
      throw new IllegalArgumentException(
          predicted.length + " predictions for " + actual.length + " values; expected as many, at least 1");
    }
    double sum = 0;
    for (int i = 0; i < actual.length; i++) {
      double error = predicted[i] - actual[i];
      sum += error * error;
    }
    return Math.sqrt(sum / actual.length);
  }
}
