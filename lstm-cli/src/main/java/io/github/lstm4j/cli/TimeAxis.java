package io.github.lstm4j.cli;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.knowm.xchart.XYChart;

/**
 * Where rows stand on the horizontal axis: at their year and its fraction if their labels are dates over some years,
 * else at their row number, which the axis then shows as the row's label.
 */
@SuppressWarnings("ArrayRecordComponent") // positions are read only here and by the charts
record TimeAxis(List<String> labels, double[] positions, boolean years) {
  private static final Pattern DATE = Pattern.compile("(\\d{4})(?:-(\\d{2})(?:-(\\d{2})(?:[ T].*)?)?)?");
  private static final Pattern WHOLE_MINUTE = Pattern.compile(".*\\d{2}:\\d{2}:00");
  private static final int FEWEST_YEARS = 4;

  /** Reads the labels of a whole series. */
  static TimeAxis of(List<String> labels) {
    double[] years = new double[labels.size()];
    boolean ascending = true;
    for (int i = 0; i < years.length && ascending; i++) {
      years[i] = year(labels.get(i)).orElse(Double.NaN);
      ascending = i == 0 ? !Double.isNaN(years[0]) : years[i] > years[i - 1];
    }
    if (ascending && years[years.length - 1] - years[0] >= FEWEST_YEARS) {
      return new TimeAxis(labels, years, true);
    }
    double[] rows = new double[labels.size()];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = i;
    }
    return new TimeAxis(labels, rows, false);
  }

  /** Sets what the chart writes at its ticks; {@code points} is how many rows it shows. */
  void label(XYChart chart, int points) {
    if (years && positions[positions.length - 1] - positions[Math.max(0, positions.length - points)] >= FEWEST_YEARS) {
      chart.getStyler().setXAxisDecimalPattern("0");
      return;
    }
    chart
        .getStyler()
        .setXAxisTickLabelsFormattingFunction(at -> withoutSeconds(labels.get(years ? nearest(at) : row(at))));
  }

  private static String withoutSeconds(String label) {
    return WHOLE_MINUTE.matcher(label).matches() ? label.substring(0, label.length() - 3) : label;
  }

  private int row(double at) {
    return Math.clamp(Math.round(at), 0, labels.size() - 1);
  }

  private int nearest(double at) {
    int best = 0;
    for (int i = 1; i < positions.length; i++) {
      best = Math.abs(positions[i] - at) < Math.abs(positions[best] - at) ? i : best;
    }
    return best;
  }

  private static Optional<Double> year(String label) {
    Matcher matcher = DATE.matcher(label);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    int month = matcher.group(2) == null ? 1 : Integer.parseInt(matcher.group(2));
    int day = matcher.group(3) == null ? 1 : Integer.parseInt(matcher.group(3));
    try {
      LocalDate date = LocalDate.parse(String.format("%s-%02d-%02d", matcher.group(1), month, day));
      return Optional.of(date.getYear() + (date.getDayOfYear() - 1.0) / date.lengthOfYear());
    } catch (DateTimeParseException e) {
      return Optional.empty(); // such as the 31st of February: a label, not a date
    }
  }
}
