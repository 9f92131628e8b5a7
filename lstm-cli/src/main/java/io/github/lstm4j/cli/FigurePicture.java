package io.github.lstm4j.cli;

import io.github.lstm4j.cli.Heading.Entry;
import io.github.lstm4j.cli.Heading.Kind;
import io.github.lstm4j.cli.Picture.Panel;
import io.github.lstm4j.cli.lesson.Figure;
import java.awt.Color;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;

/** The picture of what a lesson has to draw. */
final class FigurePicture {
  static final int WIDTH = 1000;
  static final int HEIGHT = 420;

  private static final int TICKS = 10;
  private static final int PLOT_HEIGHT = 300;
  private static final int LEAST_SPACING = 50;

  private FigurePicture() {}

  /** Lays the picture out. */
  static Picture of(Figure figure) {
    return new Picture(
        figure.title(),
        switch (figure) {
          case Figure.Curves curves -> List.of(panel(curves));
          case Figure.HeatMap map -> List.of(new HeatMapDrawing(map, WIDTH));
        });
  }

  private static Panel panel(Figure.Curves curves) {
    XYChart chart = PictureStyle.chart(WIDTH, HEIGHT, curves.xTitle(), curves.yTitle());
    if (curves.logarithmic()) { // of the charts' own logarithmic axis the grid is grey over twenty powers of ten
      chart.getStyler().setYAxisTickLabelsFormattingFunction(FigurePicture::power);
      chart.getStyler().setYAxisTickMarkSpacingHint(spacing(curves));
    }
    chart.getStyler().setXAxisDecimalPattern("0");
    chart.getStyler().setXAxisMin(0.0);
    chart.getStyler().setXAxisTickMarkSpacingHint(WIDTH / TICKS);
    chart.getStyler().setXAxisMaxLabelCount(TICKS);
    chart.getStyler().setChartTitlePadding(PictureStyle.ROOM_FOR_TITLE);
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < curves.curves().size(); i++) {
      Figure.Curve curve = curves.curves().get(i);
      Color color = PictureStyle.CURVES.get(i);
      int[] kept =
          IntStream.range(0, curve.y().length).filter(k -> !curves.logarithmic() || curve.y()[k] > 0).toArray();
      double[] x = IntStream.of(kept).mapToDouble(k -> curve.x()[k]).toArray();
      double[] y =
          IntStream.of(kept)
              .mapToDouble(k -> curves.logarithmic() ? Math.log10(curve.y()[k]) : curve.y()[k])
              .toArray();
      if (kept.length > 0) {
        PictureStyle.line(chart, curve.name(), x, y, color, 2.2f);
      }
      entries.add(new Entry(Kind.LINE, curve.name(), color));
    }
    return new Panel(chart, new Heading(curves.title(), entries, PictureStyle.TITLE_BASELINE));
  }

  /** Of ticks, in pixels: so that, where the plot is as high as a few powers of ten, whole ones are marked. */
  private static int spacing(Figure.Curves curves) {
    DoubleSummaryStatistics powers =
        curves.curves().stream()
            .flatMapToDouble(curve -> Arrays.stream(curve.y()))
            .filter(y -> y > 0)
            .map(Math::log10)
            .summaryStatistics();
    double span = powers.getMax() - powers.getMin();
    return span >= 2 ? (int) Math.max(LEAST_SPACING, PLOT_HEIGHT / span) : LEAST_SPACING;
  }

  /** The number whose logarithm to the base of ten stands at a tick. */
  static String power(double logarithm) {
    double value = Math.pow(10, logarithm);
    boolean readable = value > 0.00099 && value < 9999.5;
    return readable
        ? BigDecimal.valueOf(value).round(new MathContext(2)).stripTrailingZeros().toPlainString()
        : String.format(Locale.ROOT, "%.0e", value);
  }
}
