package io.github.lstm4j.data;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * A multivariate series: named columns, one row per time step, ascending in time. NaN stands for a missing value;
 * infinities are refused.
 *
 * <p>Immutable: values are copied in and out.
 */
public final class Series {
  private final List<String> names;
  private final double[][] columns; // [columns][rows]
  private final int rows;

  private Series(List<String> names, double[][] columns, int rows) {
    this.names = names;
    this.columns = columns;
    this.rows = rows;
  }

  /**
   * A series of rows.
   *
   * @param names the columns' names, distinct, at least one
   * @param rows the values [rows][columns], NaN where one is missing; may be empty
   * @return the series
   * @throws IllegalArgumentException if a name is blank or occurs twice, a row has another length than {@code names},
   *     or a value is infinite
   */
  public static Series of(List<String> names, double[][] rows) {
    List<String> checked = checkNames(names);
    double[][] columns = new double[checked.size()][rows.length];
    for (int row = 0; row < rows.length; row++) {
      if (rows[row].length != columns.length) {
        throw new IllegalArgumentException(
            "row " + row + " has " + rows[row].length + " values; expected " + columns.length + ", one for each of "
                + checked);
      }
      for (int column = 0; column < columns.length; column++) {
        columns[column][row] = checkValue(checked.get(column), row, rows[row][column]);
      }
    }
    return new Series(checked, columns, rows.length);
  }

  /**
   * A series of one column.
   *
   * @param name the column's name
   * @param values its values, NaN where one is missing; may be empty
   * @return the series
   * @throws IllegalArgumentException if the name is blank or a value is infinite
   */
  public static Series of(String name, double... values) {
    return ofColumns(List.of(name), new double[][] {values.clone()}, values.length);
  }

  /** Takes the columns over: the caller keeps no reference to them. */
  static Series ofColumns(List<String> names, double[][] columns, int rows) {
    List<String> checked = checkNames(names);
    for (int column = 0; column < columns.length; column++) {
      for (int row = 0; row < rows; row++) {
        checkValue(checked.get(column), row, columns[column][row]);
      }
    }
    return new Series(checked, columns, rows);
  }

  private static List<String> checkNames(List<String> names) {
    if (names.isEmpty()) {
      throw new IllegalArgumentException("a series needs at least one column; no name was given");
    }
    Set<String> seen = new HashSet<>();
    for (int column = 0; column < names.size(); column++) {
      String name = names.get(column);
      if (name.isBlank()) {
        throw new IllegalArgumentException("the name of column " + column + " (from 0) is blank in " + names);
      }
      if (!seen.add(name)) {
        throw new IllegalArgumentException("column '" + name + "' occurs twice in " + names);
      }
    }
    return List.copyOf(names);
  }

  private static double checkValue(String name, int row, double value) {
    if (Double.isInfinite(value)) {
      throw new IllegalArgumentException(
          "column '" + name + "', row " + row + ": " + value + "; expected a finite value, or NaN where it is missing");
    }
    return value;
  }

  /**
   * The columns' names.
   *
   * @return names, in order
   */
  public List<String> names() {
    return names;
  }

  /**
   * The number of time steps.
   *
   * @return rows
   */
  public int rows() {
    return rows;
  }

  /**
   * One value.
   *
   * @param row the time step
   * @param column the column's index
   * @return the value, NaN if it is missing
   * @throws IndexOutOfBoundsException if there is no such row or column
   */
  public double value(int row, int column) {
    Objects.checkIndex(row, rows);
    Objects.checkIndex(column, columns.length);
    return columns[column][row];
  }

  /**
   * A column's place.
   *
   * @param name the column's name
   * @return its index in {@link #names()}
   * @throws IllegalArgumentException if there is no such column; the message lists the columns
   */
  public int indexOf(String name) {
    int index = names.indexOf(name);
    if (index < 0) {
      throw new IllegalArgumentException("there is no column '" + name + "'; the columns are " + names);
    }
    return index;
  }

  /**
   * A column's values.
   *
   * @param name the column's name
   * @return a copy [rows], NaN where a value is missing
   * @throws IllegalArgumentException if there is no such column; the message lists the columns
   */
  public double[] column(String name) {
    return columns[indexOf(name)].clone();
  }

  /**
   * A range of time steps. Its rows count from 0 again.
   *
   * @param from first row
   * @param to past the last row
   * @return the rows [from, to)
   * @throws IndexOutOfBoundsException if the range does not lie in the series
   */
  public Series slice(int from, int to) {
    if (from < 0 || from > to || to > rows) {
      throw new IndexOutOfBoundsException("rows [" + from + ", " + to + ") of a series of " + rows + " rows");
    }
    double[][] part = new double[columns.length][];
    for (int column = 0; column < part.length; column++) {
      part[column] = Arrays.copyOfRange(columns[column], from, to);
    }
    return new Series(names, part, to - from);
  }

  /**
   * Some of the columns.
   *
   * @param selection names of columns, distinct, at least one
   * @return a series of these columns in this order
   * @throws IllegalArgumentException if there is no such column (the message lists the columns), or one occurs twice
   */
  public Series select(List<String> selection) {
    List<String> checked = checkNames(selection);
    double[][] part = new double[checked.size()][];
    for (int column = 0; column < part.length; column++) {
      part[column] = columns[indexOf(checked.get(column))];
    }
    return new Series(checked, part, rows);
  }

  /** Fails on the first missing value; {@code purpose} says who can't do with one. */
  void requireComplete(String purpose) {
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns.length; column++) {
        if (Double.isNaN(columns[column][row])) {
          throw new IllegalArgumentException(
              "column '" + names.get(column) + "', row " + row + " is missing; " + purpose
                  + " needs complete values: apply MissingValues first");
        }
      }
    }
  }
}
