package io.github.lstm4j.cli;

import io.github.lstm4j.cli.Choices.Missing;
import io.github.lstm4j.cli.Choices.Scaling;
import io.github.lstm4j.cli.Choices.Transform;
import io.github.lstm4j.forecast.PredictionInterval;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which numbers are forecast: the options that {@code forecast} shows under "Data". */
final class DataOptions {
  private static final double TEST_SHARE = 0.2;

  @Option(
      names = "--csv",
      paramLabel = "FILE",
      description = "The series: a header line, then a row for each point of time, oldest first."
          + " Without it, 3,177 monthly sunspot numbers that are built in.")
  @Nullable Path csv;

  @Option(
      names = "--column",
      paramLabel = "NAME",
      description = "The column to forecast; needed where the file has more than one.")
  @Nullable String column;

  @Option(
      names = "--features",
      paramLabel = "NAME",
      split = ",",
      description = "More input columns, separated by commas; their past values help to forecast --column.")
  List<String> features = new ArrayList<>();

  @Option(
      names = "--date-column",
      paramLabel = "NAME",
      description = "The column of dates or other labels. Default: one called date, time, month, ..., or a first"
          + " column of text.")
  @Nullable String dateColumn;

  @Option(
      names = "--test",
      paramLabel = "ROWS",
      description = "How many of the last rows are held out and read once, at the end. Default: a fifth of the rows.")
  @Nullable Integer test;

  @Option(
      names = "--validation",
      paramLabel = "SHARE",
      description = "The share of the training rows, at their end, that decides when to stop. Default:"
          + " ${DEFAULT-VALUE}.")
  double validation = 0.2;

  @Option(
      names = "--missing",
      paramLabel = "HOW",
      description = "What becomes of missing values: ${COMPLETION-CANDIDATES}. forward repeats the value before, linear"
          + " draws a line to the value after (which may be held out), drop leaves the row out."
          + " Default: ${DEFAULT-VALUE}.")
  Missing missing = Missing.FAIL;

  @Option(
      names = "--transform",
      paramLabel = "HOW",
      description = "What is done to --column before scaling: ${COMPLETION-CANDIDATES} (sqrt for counts, log for what"
          + " grows by a factor). Default: none; sqrt for the built-in sunspots.")
  @Nullable Transform transform;

  @Option(
      names = "--scaling",
      paramLabel = "HOW",
      description = "How columns are scaled, fitted on the training rows only: ${COMPLETION-CANDIDATES}."
          + " Default: ${DEFAULT-VALUE}.")
  Scaling scaling = Scaling.STANDARD;

  @Option(
      names = "--season",
      paramLabel = "ROWS",
      description = "The rows of a season, for the seasonal naive forecast. Default: read off the dates (12 for months,"
          + " 7 for days, 24 for hours, ...), else 1.")
  @Nullable Integer season;

  /** Checks what can be checked without the data. */
  void validate() {
    Check.between("--validation", validation, 0, 1);
    if (test != null) {
      Check.atLeast("--test", test, 1);
    }
    if (season != null) {
      Check.atLeast("--season", season, 1);
    }
    if (csv == null) {
      refuseWithoutCsv("--column", column);
      refuseWithoutCsv("--features", features.isEmpty() ? null : String.join(",", features));
      refuseWithoutCsv("--date-column", dateColumn);
    }
  }

  private static void refuseWithoutCsv(String option, @Nullable String value) {
    if (value != null) {
      throw new IllegalArgumentException(option + " '" + value
          + "' names a column of no file; expected --csv FILE with it");
    }
  }

  /** Reads the series and completes it. */
  CsvSeries read() throws IOException {
    return csv == null
        ? EmbeddedSeries.sunspots()
        : Completion.complete(CsvSeries.of(CsvTable.read(csv), column, features, dateColumn), missing);
  }

  /** What is done to the column to forecast: as told, else the square root for the sunspots, which are counts. */
  Transform transform() {
    return transform != null ? transform : csv == null ? Transform.SQRT : Transform.NONE;
  }

  /** How many rows are held out of a series of {@code rows}. */
  int testRows(int rows) {
    return test == null ? Math.max(1, (int) (rows * TEST_SHARE)) : test;
  }

  /** How many training rows, at their end, decide when to stop. */
  int validationRows(int rows) {
    return Math.max(1, (int) Math.round((rows - testRows(rows)) * validation));
  }

  /** The season to compare with: as told, else as the dates say. */
  int seasonRows(List<String> labels) {
    return season == null ? Season.of(labels) : season;
  }

  /**
   * Checks that a series is long enough and can be transformed.
   *
   * @param series complete
   * @param window the rows of a training window
   * @param level the share of points that the prediction interval is meant to hold
   */
  void validateFor(CsvSeries series, int window, double level) {
    validateLength(series, window);
    SeriesTransform.of(transform()).forward(series.names().getFirst(), series.target());
    int kept = validationRows(series.rows().length);
    try {
      PredictionInterval.fromResiduals(new double[kept], level); // as many as there will be; refuses too few
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "--interval is " + level + " and the validation part has " + kept + " rows; expected at most "
              + BigDecimal.valueOf(kept / (kept + 1.0)).setScale(4, RoundingMode.FLOOR).stripTrailingZeros()
                  .toPlainString()
              + " with so few, or a larger --validation",
          e);
    }
  }

  private void validateLength(CsvSeries series, int window) {
    int rows = series.rows().length;
    int held = testRows(rows);
    int kept = validationRows(rows);
    int least = window + 2; // one window, its target, and one more so that there is something to learn from
    if (rows - held - kept < least) {
      throw new IllegalArgumentException(
          series.source() + " has " + rows + " rows: without --test " + held + " and a validation part of " + kept
              + " there remain " + Math.max(0, rows - held - kept) + " to train on; expected at least " + least
              + " with --window " + window);
    }
  }
}
