package io.github.lstm4j.cli;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A multivariate series: the column to forecast first, then the other inputs.
 *
 * @param source what messages call the file
 * @param names the columns, the one to forecast first
 * @param rows the values [rows][columns]; NaN where one is missing
 * @param labels what each row is called: its date, or its number from 1 where the file has no date column
 */
@SuppressWarnings("ArrayRecordComponent") // a holder on the way to io.github.lstm4j.data, never compared
record CsvSeries(String source, List<String> names, double[][] rows, List<String> labels) {
  // Double.parseDouble takes more than a CSV file should hold: "1d", "0x1p3", "Infinity".
  private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d+)?");
  private static final Set<String> MISSING = Set.of("", "na", "n/a", "nan", "null");
  private static final Set<String> DATE_NAMES =
      Set.of("date", "datetime", "time", "timestamp", "day", "month", "year", "ds", "period", "");

  /**
   * Selects columns of a table.
   *
   * @param table the text
   * @param target the column to forecast, or null where only one can be meant
   * @param features more input columns
   * @param dateColumn the column of labels, or null to look for one
   */
  static CsvSeries of(CsvTable table, @Nullable String target, List<String> features, @Nullable String dateColumn) {
    int dates = dateColumn == null ? dateColumn(table, target, features) : table.column("--date-column", dateColumn);
    int first = target == null ? onlyColumn(table, features, dates) : table.column("--column", target);
    Set<Integer> columns = new LinkedHashSet<>(List.of(first));
    for (String feature : features) {
      if (!columns.add(table.column("--features", feature))) {
        throw new IllegalArgumentException(
            "--features '" + feature + "': the column is named already; expected each column once");
      }
    }
    if (columns.contains(dates)) {
      throw new IllegalArgumentException(
          "--date-column '" + table.header().get(dates) + "' is also an input; expected a column of its own");
    }
    List<Integer> order = List.copyOf(columns);
    double[][] rows = new double[table.rows().size()][order.size()];
    List<String> labels = new ArrayList<>();
    for (int r = 0; r < rows.length; r++) {
      for (int c = 0; c < order.size(); c++) {
        rows[r][c] = number(table, r, order.get(c));
      }
      labels.add(dates < 0 ? Integer.toString(r + 1) : table.rows().get(r).get(dates));
    }
    return new CsvSeries(table.source(), order.stream().map(table.header()::get).toList(), rows, List.copyOf(labels));
  }

  /** Whether a field is a finite number in the notation that is accepted. */
  static boolean isNumber(String field) {
    return NUMBER.matcher(field).matches() && Double.isFinite(Double.parseDouble(field));
  }

  /** The values of the column to forecast; NaN where one is missing. */
  double[] target() {
    double[] values = new double[rows.length];
    for (int r = 0; r < rows.length; r++) {
      values[r] = rows[r][0];
    }
    return values;
  }

  private static double number(CsvTable table, int row, int column) {
    String field = table.rows().get(row).get(column);
    if (isMissing(field)) {
      return Double.NaN;
    }
    if (!isNumber(field)) {
      throw new IllegalArgumentException(
          table.source() + ", line " + table.lines().get(row) + ", column '" + table.header().get(column) + "': '"
              + field + "' is not a number; expected one such as 12.5, or empty, NA or NaN for a missing value");
    }
    return Double.parseDouble(field);
  }

  private static boolean isMissing(String field) {
    return MISSING.contains(field.toLowerCase(Locale.ROOT));
  }

  /** A column with a name that dates have, or the first one if it holds text; -1 where there is none. */
  private static int dateColumn(CsvTable table, @Nullable String target, List<String> features) {
    for (int c = 0; c < table.header().size(); c++) {
      String name = table.header().get(c);
      boolean input = name.equals(target) || features.contains(name);
      boolean dated = DATE_NAMES.contains(name.toLowerCase(Locale.ROOT));
      if (!input && (dated || (c == 0 && table.header().size() > 1 && !holdsNumbers(table, c)))) {
        return c;
      }
    }
    return -1;
  }

  private static int onlyColumn(CsvTable table, List<String> features, int dates) {
    List<Integer> candidates = new ArrayList<>();
    for (int c = 0; c < table.header().size(); c++) {
      if (c != dates && !features.contains(table.header().get(c))) {
        candidates.add(c);
      }
    }
    if (candidates.size() == 1) {
      return candidates.getFirst();
    }
    String names = String.join(", ", candidates.stream().map(table.header()::get).toList());
    throw new IllegalArgumentException(
        candidates.isEmpty()
            ? table.source() + " has no column left to forecast; its columns are " + String.join(", ", table.header())
            : "--column is missing: " + table.source() + " has several columns; expected one of " + names);
  }

  private static boolean holdsNumbers(CsvTable table, int column) {
    return table.rows().stream().map(row -> row.get(column)).allMatch(f -> isMissing(f) || isNumber(f));
  }
}
