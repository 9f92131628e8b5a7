package io.github.lstm4j.data;

import java.util.List;

/** What is done about missing values, which are NaN in a {@link Series}. */
public enum MissingValues {
  /** The first missing value is an error that names its column and row. */
  FAIL,

  /** A missing value repeats the last one before it; looks into the past only. */
  FORWARD_FILL,

  /**
   * A missing value lies on the straight line between its neighbours. This uses the <em>later</em> neighbour: a gap
   * that reaches over the start of a held-out part is filled with a held-out value. Fill the parts apart where that
   * matters, or use {@link #FORWARD_FILL}.
   */
  LINEAR,

  /**
   * Rows with a missing value are left out. The rows around a gap become neighbours, as if no time had passed between
   * them.
   */
  DROP_ROWS;

  /**
   * The series without its missing values.
   *
   * @param series any series
   * @return a complete series; only {@link #DROP_ROWS} changes the number of rows
   * @throws IllegalArgumentException if a value can't be filled (the message names its column and row), or no row is
   *     left
   */
  public Series applyTo(Series series) {
    return switch (this) {
      case FAIL -> {
        series.requireComplete("FAIL");
        yield series;
      }
      case FORWARD_FILL, LINEAR -> fill(series);
      case DROP_ROWS -> dropRows(series);
    };
  }

  private Series fill(Series series) {
    List<String> names = series.names();
    double[][] columns = new double[names.size()][];
    for (int column = 0; column < columns.length; column++) {
      columns[column] = series.column(names.get(column));
      fillColumn(names.get(column), columns[column]);
    }
    return Series.ofColumns(names, columns, series.rows());
  }

  private void fillColumn(String name, double[] values) {
    int row = 0;
    while (row < values.length) {
      if (!Double.isNaN(values[row])) {
        row++;
        continue;
      }
      int end = row + 1;
      while (end < values.length && Double.isNaN(values[end])) {
        end++;
      }
      if (row == 0) {
        throw new IllegalArgumentException(
            "column '" + name + "', row 0 is missing, and " + this + " has no value before it; the first value stands"
                + " in " + (end == values.length ? "no row" : "row " + end));
      }
      if (this == LINEAR && end == values.length) {
        throw new IllegalArgumentException(
            "column '" + name + "', row " + row + " is missing, and LINEAR has no value after it: it is missing to the"
                + " last row, " + (end - 1));
      }
      for (int gap = row; gap < end; gap++) {
        values[gap] = this == LINEAR ? between(values, row - 1, end, gap) : values[row - 1];
      }
      row = end;
    }
  }

  /** A convex combination, so that it can't overflow where a difference of the neighbours would. */
  private static double between(double[] values, int before, int after, int row) {
    double weight = (row - before) / (double) (after - before);
    return (1 - weight) * values[before] + weight * values[after];
  }

  private static Series dropRows(Series series) {
    int width = series.names().size();
    int[] kept = new int[series.rows()];
    int count = 0;
    for (int row = 0; row < series.rows(); row++) {
      boolean complete = true;
      for (int column = 0; column < width; column++) {
        complete &= !Double.isNaN(series.value(row, column));
      }
      if (complete) {
        kept[count++] = row;
      }
    }
    if (count == 0 && series.rows() > 0) {
      throw new IllegalArgumentException(
          "DROP_ROWS leaves nothing: each of the " + series.rows() + " rows misses a value of " + series.names());
    }
    double[][] columns = new double[width][count];
    for (int column = 0; column < width; column++) {
      for (int row = 0; row < count; row++) {
        columns[column][row] = series.value(kept[row], column);
      }
    }
    return Series.ofColumns(series.names(), columns, count);
  }
}
