package io.github.lstm4j.cli;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** How all charts look. The colours are told apart by colour-blind readers: Okabe and Ito's palette. */
final class PictureStyle {
  static final Color ACTUAL = new Color(0x33, 0x33, 0x33);
  static final Color HISTORY = new Color(0x8c, 0x8c, 0x8c);
  static final Color FORECAST = new Color(0x00, 0x72, 0xb2);
  static final Color BAND = new Color(0xc4, 0xe3, 0xf6);
  static final Color VALIDATION = new Color(0xd5, 0x5e, 0x00);
  /** Of curves beside each other. */
  static final List<Color> CURVES =
      List.of(VALIDATION, FORECAST, new Color(0x00, 0x9e, 0x73), new Color(0xcc, 0x79, 0xa7));

  /** The padding, in pixels, with which a heading with a title fits above the plot. */
  static final int ROOM_FOR_TITLE = 17;
  /** Of a heading with a title, in pixels below the chart's top. */
  static final int TITLE_BASELINE = 32;

  private static final Color GRID = new Color(0xe6, 0xe6, 0xe6);
  static final Color TEXT = new Color(0x33, 0x33, 0x33);

  private PictureStyle() {}

  /** An empty chart, sizes in pixels; there is room for a {@link Heading} above it. */
  static XYChart chart(int width, int height, String xTitle, String yTitle) {
    XYChart chart =
        new XYChartBuilder().width(width).height(height).title(" ").xAxisTitle(xTitle).yAxisTitle(yTitle).build();
    XYStyler style = chart.getStyler();
    style.setLocale(Locale.ROOT);
    style.setChartBackgroundColor(Color.WHITE);
    style.setPlotBackgroundColor(Color.WHITE);
    style.setPlotBorderVisible(false);
    style.setPlotGridLinesColor(GRID);
    style.setPlotGridLinesStroke(new BasicStroke(1));
    style.setPlotTicksMarksVisible(false);
    style.setAxisTicksLineVisible(false);
    style.setAxisTicksMarksVisible(false);
    style.setAxisTickLabelsColor(TEXT);
    style.setChartFontColor(TEXT);
    style.setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 20));
    style.setChartTitleBoxVisible(false);
    style.setChartTitlePadding(8);
    style.setAxisTitleFont(new Font(Font.SANS_SERIF, Font.PLAIN, 15));
    style.setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 14));
    style.setLegendVisible(false); // Heading draws one that is spaced and aligned as it should be
    style.setChartPadding(14);
    style.setXAxisTickMarkSpacingHint(90);
    style.setYAxisTickMarkSpacingHint(50);
    style.setPlotContentSize(0.97);
    style.setAntiAlias(true);
    return chart;
  }

  /** A line without markers. */
  static XYSeries line(XYChart chart, String name, double[] x, double[] y, Color color, float width) {
    XYSeries series = chart.addSeries(name, offGrid(x), y);
    series.setMarker(SeriesMarkers.NONE);
    series.setLineColor(color);
    series.setLineStyle(new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    return series;
  }

  /**
   * The same numbers, the second one moved by a thousandth of a step, which nobody sees. Of evenly spaced numbers the
   * charts mark every second, third, … one, until the labels just fit; of others, round ones as far apart as told.
   */
  private static double[] offGrid(double[] x) {
    double[] moved = x.clone();
    if (x.length > 2) {
      moved[1] += 1e-3 * (x[2] - x[1]);
    }
    return moved;
  }

  /** The area between two lines; it has to be added before what lies over it. */
  static void band(XYChart chart, String name, double[] x, double[] lower, double[] upper, Color color) {
    int n = x.length;
    double[] aroundX = new double[2 * n];
    double[] aroundY = new double[2 * n];
    for (int i = 0; i < n; i++) {
      aroundX[i] = x[i];
      aroundY[i] = upper[i];
      aroundX[2 * n - 1 - i] = x[i];
      aroundY[2 * n - 1 - i] = lower[i];
    }
    XYSeries series = chart.addSeries(name, aroundX, aroundY);
    series.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.PolygonArea);
    series.setMarker(SeriesMarkers.NONE);
    series.setFillColor(color);
    series.setLineColor(color);
    series.setLineStyle(SeriesLines.NONE);
  }
}
