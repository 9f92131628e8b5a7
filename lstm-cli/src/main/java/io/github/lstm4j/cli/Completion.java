package io.github.lstm4j.cli;

import io.github.lstm4j.cli.Choices.Missing;
import io.github.lstm4j.data.MissingValues;
import io.github.lstm4j.data.Series;
import java.util.ArrayList;
import java.util.List;

/** Fills or leaves out missing values, as {@code --missing} says. */
final class Completion {
  private Completion() {}

  /** The series without its missing values; labels go with their rows. */
  static CsvSeries complete(CsvSeries series, Missing how) {
    refuse(series, how);
    List<String> labels = new ArrayList<>();
    for (int row = 0; row < series.rows().length; row++) {
      if (how != Missing.DROP || complete(series.rows()[row])) {
        labels.add(series.labels().get(row));
      }
    }
    if (labels.isEmpty()) {
      throw new IllegalArgumentException(
          series.source() + ": each row misses a value, --missing drop leaves none; expected some complete rows");
    }
    Series filled = values(how).applyTo(Series.of(series.names(), series.rows()));
    double[][] rows = new double[filled.rows()][series.names().size()];
    for (int row = 0; row < rows.length; row++) {
      for (int column = 0; column < rows[row].length; column++) {
        rows[row][column] = filled.value(row, column);
      }
    }
    return new CsvSeries(series.source(), series.names(), rows, labels);
  }

  /** Names the first value that can't be filled. */
  private static void refuse(CsvSeries series, Missing how) {
    int last = series.rows().length - 1;
    for (int row = 0; row <= last; row++) {
      for (int column = 0; column < series.names().size(); column++) {
        if (Double.isNaN(series.rows()[row][column])) {
          if (how == Missing.FAIL) {
            throw missing(series, row, column, "expected a number, or --missing forward, linear or drop");
          }
          if (row == 0 && how != Missing.DROP) {
            throw missing(series, row, column, "--missing " + how + " expects a value in the first row");
          }
          if (row == last && how == Missing.LINEAR) {
            throw missing(series, row, column, "--missing linear expects a value in the last row");
          }
        }
      }
    }
  }

  private static IllegalArgumentException missing(CsvSeries series, int row, int column, String expected) {
    String number = Integer.toString(row + 1);
    String label = series.labels().get(row);
    return new IllegalArgumentException(
        series.source() + ", row " + number + (label.equals(number) ? "" : " (" + label + ")") + ", column '"
            + series.names().get(column) + "': the value is missing; " + expected);
  }

  private static boolean complete(double[] row) {
    for (double value : row) {
      if (Double.isNaN(value)) {
        return false;
      }
    }
    return true;
  }

  private static MissingValues values(Missing choice) {
    return switch (choice) {
      case FAIL -> MissingValues.FAIL;
      case FORWARD -> MissingValues.FORWARD_FILL;
      case LINEAR -> MissingValues.LINEAR;
      case DROP -> MissingValues.DROP_ROWS;
    };
  }
}
