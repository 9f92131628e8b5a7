package io.github.lstm4j.cli;

import io.github.lstm4j.cli.Heading.Entry;
import io.github.lstm4j.cli.Heading.Kind;
import io.github.lstm4j.cli.Picture.Panel;
import java.util.Arrays;
import java.util.List;
import org.knowm.xchart.XYChart;

/**
 * The picture of a forecast: the whole series above, with its held-out tail in colour, and the end of the tail below,
 * near enough to tell the forecast from what came.
 */
final class ForecastPicture {
  static final int WIDTH = 1400;
  static final int HEIGHT = 700;

  private static final int OVERVIEW_HEIGHT = 230;
  private static final int BASELINE_BELOW = 24;
  private static final int LONGEST_AXIS_TITLE = 18;
  private static final int LONGEST_IN_TITLE = 40;
  private static final String HISTORY = "history, trained on";
  private static final String TAIL = "forecast of the held-out tail";
  /** As many points as can be told apart at this width: about nine pixels each. */
  private static final int MOST_POINTS = 144;

  private ForecastPicture() {}

  /** Lays the picture out. */
  static Picture of(ForecastResult result) {
    TimeAxis axis = TimeAxis.of(result.labels());
    return new Picture(title(result), List.of(overview(result, axis), tail(result, axis)));
  }

  private static String title(ForecastResult result) {
    return "One-step-ahead forecast of " + shortened(result.column(), LONGEST_IN_TITLE);
  }

  /** A column may have any name; one that is too long for its place ends in three dots. */
  private static String shortened(String name, int length) {
    return name.length() <= length ? name : name.substring(0, length - 3) + "...";
  }

  private static Panel overview(ForecastResult result, TimeAxis axis) {
    int start = result.testStart();
    int end = result.values().length;
    XYChart chart =
        PictureStyle.chart(WIDTH, OVERVIEW_HEIGHT, "", shortened(result.column(), LONGEST_AXIS_TITLE));
    if (start > 1) {
      double[] x = Arrays.copyOfRange(axis.positions(), 0, start);
      double[] y = Arrays.copyOfRange(result.values(), 0, start);
      PictureStyle.line(chart, HISTORY, x, y, PictureStyle.HISTORY, 1.1f);
    }
    double[] x = Arrays.copyOfRange(axis.positions(), start, end);
    PictureStyle.line(chart, TAIL, x, result.predicted(), PictureStyle.FORECAST, 1.1f);
    axis.label(chart, end);
    fitX(chart, axis, 0);
    chart.getStyler().setYAxisTickMarkSpacingHint(40);
    chart.getStyler().setChartTitlePadding(PictureStyle.ROOM_FOR_TITLE);
    chart.getStyler().setXAxisTitleVisible(false);
    List<Entry> entries =
        List.of(
            new Entry(Kind.LINE, HISTORY, PictureStyle.HISTORY), new Entry(Kind.LINE, TAIL, PictureStyle.FORECAST));
    return new Panel(chart, new Heading(title(result), entries, PictureStyle.TITLE_BASELINE));
  }

  private static Panel tail(ForecastResult result, TimeAxis axis) {
    int end = result.values().length;
    int points = Math.min(end, Math.min(MOST_POINTS, result.predicted().length * 3 / 2));
    int from = end - points;
    int predictedFrom = Math.max(from, result.testStart());
    int first = predictedFrom - result.testStart();
    int last = result.predicted().length;
    String what =
        from > result.testStart()
            ? "the last " + points + " of " + last + " held-out points"
            : "the " + last + " held-out points and what came before";
    XYChart chart =
        PictureStyle.chart(WIDTH, HEIGHT - OVERVIEW_HEIGHT, what, shortened(result.column(), 2 * LONGEST_AXIS_TITLE));
    double[] x = Arrays.copyOfRange(axis.positions(), predictedFrom, end);
    double[] lower = Arrays.copyOfRange(result.lower(), first, last);
    double[] upper = Arrays.copyOfRange(result.upper(), first, last);
    double[] predicted = Arrays.copyOfRange(result.predicted(), first, last);
    double[] actual = Arrays.copyOfRange(result.values(), from, end);
    String interval = result.levelPercent() + " % prediction interval";
    PictureStyle.band(chart, interval, x, lower, upper, PictureStyle.BAND);
    PictureStyle.line(
        chart, "actual", Arrays.copyOfRange(axis.positions(), from, end), actual, PictureStyle.ACTUAL, 1.6f);
    PictureStyle.line(chart, "forecast", x, predicted, PictureStyle.FORECAST, 2.4f);
    axis.label(chart, points);
    fitX(chart, axis, from);
    List<Entry> entries =
        List.of(
            new Entry(Kind.BAND, interval, PictureStyle.BAND),
            new Entry(Kind.LINE, "actual", PictureStyle.ACTUAL),
            new Entry(Kind.LINE, "forecast", PictureStyle.FORECAST));
    return new Panel(chart, new Heading("", entries, BASELINE_BELOW));
  }

  private static void fitX(XYChart chart, TimeAxis axis, int from) {
    double[] positions = axis.positions();
    chart.getStyler().setXAxisMin(positions[from]);
    chart.getStyler().setXAxisMax(positions[positions.length - 1]);
  }
}
