package io.github.lstm4j.data;

/**
 * How a column is brought to the size that a network learns well from: (value − shift) / scale, with a shift and a
 * scale measured on the training part.
 */
public enum Scaling {
  /**
   * Mean 0 and standard deviation 1 (the root of the mean squared deviation, over n). A constant column is only
   * shifted: its standard deviation 0 becomes 1.
   */
  STANDARD,

  /** The training part's minimum becomes 0, its maximum 1. A constant column is only shifted: its range 0 becomes 1. */
  MIN_MAX,

  /** Values as they are: shift 0, scale 1. */
  NONE;

  /** The shift and the scale of finite values, at least one; infinite where the values' range overflows. */
  ColumnScale measure(ValueTransform transform, double[] values) {
    double min = values[0];
    double max = values[0];
    for (double value : values) {
      min = Math.min(min, value);
      max = Math.max(max, value);
    }
    if (this == NONE) {
      return new ColumnScale(transform, 0, 1);
    }
    if (min == max) {
      // Not by way of the mean: its rounding would turn a constant into a standard deviation of 1e-17.
      return new ColumnScale(transform, min, 1);
    }
    if (this == MIN_MAX) {
      return new ColumnScale(transform, min, max - min);
    }
    double sum = 0;
    for (double value : values) {
      sum += value - min;
    }
    double mean = min + sum / values.length;
    // Relative to the largest deviation, because the squares of deviations may overflow or vanish.
    double largest = Math.max(mean - min, max - mean);
    double squares = 0;
    for (double value : values) {
      double deviation = (value - mean) / largest;
      squares += deviation * deviation;
    }
    return new ColumnScale(transform, mean, largest * Math.sqrt(squares / values.length));
  }
}
