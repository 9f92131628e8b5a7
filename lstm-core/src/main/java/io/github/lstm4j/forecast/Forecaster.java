package io.github.lstm4j.forecast;

/** Predicts a univariate series one step ahead, given the true past. */
public interface Forecaster {
  /**
   * The rows of past that a prediction needs.
   *
   * @return rows, at least 1
   */
  int history();

  /**
   * Predicts one value.
   *
   * @param values the series; only what stands before {@code row} is read
   * @param row the row to predict, from {@link #history()} to {@code values.length}
   * @return the prediction of {@code values[row]}
   * @throws IndexOutOfBoundsException if {@code row} has too little past or lies past the end
   */
  double predict(double[] values, int row);

  /**
   * Predicts every value of a tail, each from the true values before it.
   *
   * @param values the series
   * @param from the tail's first row, at least {@link #history()}
   * @return one prediction for each of the rows [from, values.length)
   * @throws IndexOutOfBoundsException if the tail has too little past or begins past the end
   */
  default double[] predictTail(double[] values, int from) {
    requirePast(values, from);
    double[] predictions = new double[values.length - from];
    for (int i = 0; i < predictions.length; i++) {
      predictions[i] = predict(values, from + i);
    }
    return predictions;
  }

  /**
   * Fails unless a row can be predicted.
   *
   * @param values the series
   * @param row the row to predict
   * @throws IndexOutOfBoundsException if {@code row} has too little past or lies past the end
   */
  default void requirePast(double[] values, int row) {
    if (row < history() || row > values.length) {
      throw new IndexOutOfBoundsException(
          "row " + row + " of a series of " + values.length + " can't be predicted by " + this + ", which needs "
              + history() + " rows of past");
    }
  }
}
