package io.github.lstm4j.cli;

import java.util.List;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.Styler.LegendPosition;
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
        PictureStyle.chart("Loss, epoch by epoch", WIDTH, HEIGHT, "epoch", "mean squared error, scaled units");
    // Losses fall by powers of ten: on a plain axis the last nine tenths of a run would be one flat line.
    chart.getStyler().setYAxisLogarithmic(positive);
    chart.getStyler().setXAxisDecimalPattern("0");
    chart.getStyler().setLegendPosition(LegendPosition.InsideNE);
    PictureStyle.line(chart, "training", epochs, losses.training(), PictureStyle.FORECAST, 2.2f);
    PictureStyle.line(chart, "validation", epochs, losses.validation(), PictureStyle.VALIDATION, 2.2f);
    int best = losses.bestEpoch();
    double[] x = {best};
    double[] y = {losses.validation()[best - 1]};
    chart
        .addSeries("lowest validation loss (epoch " + best + ")", x, y)
        .setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter)
        .setMarker(SeriesMarkers.CIRCLE)
        .setMarkerColor(PictureStyle.VALIDATION);
    return new Picture("Training and validation loss of each epoch", List.of(chart));
  }
}
