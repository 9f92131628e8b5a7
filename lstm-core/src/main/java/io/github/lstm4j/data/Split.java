package io.github.lstm4j.data;

/**
 * A split in time: the training part [0, validationFrom), the validation part [validationFrom, testFrom) and the test
 * part [testFrom, rows). A row is a target in one part only; the later parts' windows may read earlier rows.
 *
 * @param rows the series' rows
 * @param validationFrom first row of the validation part, at least 1
 * @param testFrom first row of the test part
 */
public record Split(int rows, int validationFrom, int testFrom) {
  /**
   * Checks the order of the parts.
   *
   * @throws IllegalArgumentException if the training part is empty or a part ends before it begins
   */
  public Split {
    if (validationFrom < 1 || testFrom < validationFrom || rows < testFrom) {
      throw new IllegalArgumentException(
          "a split of " + rows + " rows at " + validationFrom + " and " + testFrom
              + "; expected 1 <= validationFrom <= testFrom <= rows");
    }
  }

  /**
   * Validation and test part at the end.
   *
   * @param rows the series' rows
   * @param validationRows rows of the validation part, at least 0
   * @param testRows rows of the test part, at least 0
   * @return the split; what is left is the training part
   * @throws IllegalArgumentException if a number is negative or nothing is left to train on
   */
  public static Split tail(int rows, int validationRows, int testRows) {
    if (validationRows < 0 || testRows < 0 || (long) validationRows + testRows >= rows) {
      throw new IllegalArgumentException(
          validationRows + " validation rows and " + testRows + " test rows of " + rows
              + "; expected none negative and at least 1 row left for training");
    }
    return new Split(rows, rows - testRows - validationRows, rows - testRows);
  }

  /**
   * The training rows, to fit a {@link Scaler} on.
   *
   * @param series a series of {@link #rows()} rows
   * @return its rows before the validation part
   * @throws IllegalArgumentException if the series has another number of rows
   */
  public Series training(Series series) {
    if (series.rows() != rows) {
      throw new IllegalArgumentException("the split is of " + rows + " rows; the series has " + series.rows());
    }
    return series.slice(0, validationFrom);
  }

  /**
   * The training windows: no held-out row, as input or as target.
   *
   * @param windows windows over the split series
   * @return those with all targets in the training part
   * @throws IllegalArgumentException if no window fits
   */
  public Windows training(Windows windows) {
    return windows.targetsWithin(0, validationFrom);
  }

  /**
   * The validation windows, which may read rows of the training part.
   *
   * @param windows windows over the split series
   * @return those with all targets in the validation part
   * @throws IllegalArgumentException if no window fits
   */
  public Windows validation(Windows windows) {
    return windows.targetsWithin(validationFrom, testFrom);
  }

  /**
   * The test windows, which may read rows of the parts before.
   *
   * @param windows windows over the split series
   * @return those with all targets in the test part
   * @throws IllegalArgumentException if no window fits
   */
  public Windows test(Windows windows) {
    return windows.targetsWithin(testFrom, rows);
  }
}
