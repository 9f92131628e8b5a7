package io.github.lstm4j.cli;

import java.util.Arrays;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.Styler.LegendPosition;

/**
 * The picture of a forecast: the whole series above, with its held-out tail in colour, and the end of the tail below, near enough
 * to tell the forecast from what came.
 */
final class ForecastPicture {
  static final int WIDTH = 1400;
  static final int HEIGHT = 700;

  private static final int OVERVIEW_HEIGHT = 240;
  /** As many points as can be told apart at this width: about nine pixels each. */
  private static final int MOST_POINTS = 144;

  private ForecastPicture() {}

  /** Lays the picture out. */
  static Picture of(ForecastResult result) {
    TimeAxis axis = TimeAxis.of(result.labels());
    return new Picture(
        "One-step-ahead forecast of " + result.column(), List.of(overview(result, axis), tail(result, axis)));
  }

  private static XYChart overview(ForecastResult result, TimeAxis axis) {
    int start = result.testStart();
    int end = result.values().length;
    XYChart chart =
        PictureStyle.chart(
            "One-step-ahead forecast of " + result.column(), WIDTH, OVERVIEW_HEIGHT, "", result.column());
    if (start > 1) {
      double[] x = Arrays.copyOfRange(axis.positions(), 0, start);
      double[] y = Arrays.copyOfRange(result.values(), 0, start);
      PictureStyle.line(chart, "history, trained on", x, y, PictureStyle.HISTORY, 1.1f);
    }
    double[] x = Arrays.copyOfRange(axis.positions(), start, end);
    PictureStyle.line(chart, "forecast of the held-out tail", x, result.predicted(), PictureStyle.FORECAST, 1.1f);
    axis.label(chart, end);
    fitX(chart, axis, 0);
    chart.getStyler().setYAxisTickMarkSpacingHint(40);
    chart.getStyler().setXAxisTitleVisible(false);
    return legendAbove(chart, result.values(), result.predicted());
  }

  private static XYChart tail(ForecastResult result, TimeAxis axis) {
    int end = result.values().length;
    int points = Math.min(end, Math.min(MOST_POINTS, result.predicted().length * 3 / 2));
    int from = end - points;
    int predictedFrom = Math.max(from, result.testStart());
    int first = predictedFrom - result.testStart();
    int last = result.predicted().length;
    String what =
        from > result.testStart() ? "the last " + points + " points" : "the " + last + " held-out points";
    XYChart chart =
        PictureStyle.chart("", WIDTH, HEIGHT - OVERVIEW_HEIGHT, what, result.column());
    chart.getStyler().setChartTitleVisible(false);
    double[] x = Arrays.copyOfRange(axis.positions(), predictedFrom, end);
    double[] lower = Arrays.copyOfRange(result.lower(), first, last);
    double[] upper = Arrays.copyOfRange(result.upper(), first, last);
    double[] predicted = Arrays.copyOfRange(result.predicted(), first, last);
    double[] actual = Arrays.copyOfRange(result.values(), from, end);
    String interval = Math.round(100 * result.level()) + " % prediction interval";
    PictureStyle.band(chart, interval, x, lower, upper, PictureStyle.BAND);
    PictureStyle.line(
        chart, "actual", Arrays.copyOfRange(axis.positions(), from, end), actual, PictureStyle.ACTUAL, 1.6f);
    PictureStyle.line(chart, "forecast", x, predicted, PictureStyle.FORECAST, 2.4f);
    axis.label(chart, points);
    fitX(chart, axis, from);
    return legendAbove(chart, lower, upper, actual, predicted);
  }

  private static void fitX(XYChart chart, TimeAxis axis, int from) {
    double[] positions = axis.positions();
    chart.getStyler().setXAxisMin(positions[from]);
    chart.getStyler().setXAxisMax(positions[positions.length - 1]);
  }

  /** Puts the legend into a strip of its own, free of data, at the top of the plot. */
  private static XYChart legendAbove(XYChart chart, double[]... drawn) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (double[] values : drawn) {
      for (double value : values) {
        low = Double.isFinite(value) ? Math.min(low, value) : low;
        high = Double.isFinite(value) ? Math.max(high, value) : high;
      }
    }
    if (low < high) {
      int strip = 40; // pixels: the legend's text, its padding and a little air
      double share = strip / (double) (chart.getHeight() - 110);
      chart.getStyler().setYAxisMin(low);
      chart.getStyler().setYAxisMax(high + (high - low) * share);
    }
    chart.getStyler().setLegendPosition(LegendPosition.InsideNE);
    return chart;
  }
}
