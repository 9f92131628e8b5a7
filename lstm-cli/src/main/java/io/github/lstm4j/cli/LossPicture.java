package io.github.lstm4j.cli;

import io.github.lstm4j.cli.Heading.Entry;
import io.github.lstm4j.cli.Heading.Kind;
import io.github.lstm4j.cli.Picture.Panel;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The picture of a training run: the losses of each epoch, and the epoch whose weights were kept. */
final class LossPicture {
  static final int WIDTH = 1000;
  static final int HEIGHT = 560;

  private LossPicture() {}

  /** Lays the picture out. */
  static Picture of(LossCurve losses) {
    double[] epochs = new double[losses.training().length];
    boolean positive = true;
    for (int i = 0; i < epochs.length; i++) {
      epochs[i] = i + 1;
      positive &= losses.training()[i] > 0 && losses.validation()[i] > 0;
    }
    XYChart chart =
        PictureStyle.chart(WIDTH, HEIGHT, "epoch", "mean squared error, scaled units");
    // Losses fall by powers of ten: on a plain axis the last nine tenths of a run would be one flat line.
    chart.getStyler().setYAxisLogarithmic(positive);
    chart.getStyler().setXAxisDecimalPattern("0");
    chart.getStyler().setYAxisLogarithmicDecadeOnly(false);
    chart.getStyler().setXAxisMin(0.0);
    chart.getStyler().setChartTitlePadding(PictureStyle.ROOM_FOR_TITLE);
    PictureStyle.line(chart, "training", epochs, losses.training(), PictureStyle.FORECAST, 2.2f);
    PictureStyle.line(chart, "validation", epochs, losses.validation(), PictureStyle.VALIDATION, 2.2f);
    int best = losses.bestEpoch();
    double[] x = {best};
    double[] y = {losses.validation()[best - 1]};
    chart
        .addSeries("lowest", x, y)
        .setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter)
        .setMarker(SeriesMarkers.CIRCLE)
        .setMarkerColor(PictureStyle.VALIDATION);
    List<Entry> entries =
        List.of(
            new Entry(Kind.LINE, "training", PictureStyle.FORECAST),
            new Entry(Kind.LINE, "validation", PictureStyle.VALIDATION),
            new Entry(Kind.POINT, "lowest, epoch " + best, PictureStyle.VALIDATION));
    Panel panel = new Panel(chart, new Heading("Loss of each epoch", entries, PictureStyle.TITLE_BASELINE));
    return new Picture("Training and validation loss of each epoch", List.of(panel));
  }
}
