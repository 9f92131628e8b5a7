package io.github.lstm4j.cli;

import io.github.lstm4j.cli.Heading.Entry;
import io.github.lstm4j.cli.Heading.Kind;
import io.github.lstm4j.cli.Picture.Panel;
import java.awt.Color;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * The picture of a training run, epoch by epoch: the loss that training makes smaller, and below it the error on the
 * validation part, whose lowest decides which epoch's weights are kept.
 */
public final class LossPicture {
  static final int WIDTH = 1000;
  static final int HEIGHT = 640;

  private static final int TICKS = 12;

  private LossPicture() {}

  /** Lays the picture of a forecast's training out. */
  static Picture of(LossCurve losses) {
    return of(losses, new Names("mean squared error of scaled changes", "RMSE", "error"));
  }

  /**
   * What a picture calls its curves.
   *
   * @param loss what training makes smaller
   * @param axis the unit of the validation curve
   * @param validation what is measured on the validation part: loss or error
   */
  public record Names(String loss, String axis, String validation) {}

  /**
   * Writes a picture as PNG. Needs {@link Fonts}.
   *
   * @param losses the training run
   * @param names of its curves
   * @param stream where to
   * @throws IOException if it can't be written
   */
  public static void png(LossCurve losses, Names names, OutputStream stream) throws IOException {
    of(losses, names).png(stream);
  }

  private static Picture of(LossCurve losses, Names names) {
    int best = losses.bestEpoch();
    XYChart training = chart("", "loss", "training", losses.training(), PictureStyle.FORECAST);
    XYChart validation = chart("epoch", names.axis(), "validation", losses.validation(), PictureStyle.VALIDATION);
    double[] x = {best};
    double[] y = {losses.validation()[best - 1]};
    validation
        .addSeries("lowest", x, y)
        .setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter)
        .setMarker(SeriesMarkers.CIRCLE)
        .setMarkerColor(PictureStyle.VALIDATION);
    Entry loss = new Entry(Kind.LINE, names.loss(), PictureStyle.FORECAST);
    Entry lowest = new Entry(Kind.POINT, "lowest, epoch " + best, PictureStyle.VALIDATION);
    return new Picture(
        "Training loss and validation " + names.validation() + " of each epoch",
        List.of(
            new Panel(training, new Heading("Training loss", List.of(loss), PictureStyle.TITLE_BASELINE)),
            new Panel(
                validation,
                new Heading("Validation " + names.validation(), List.of(lowest), PictureStyle.TITLE_BASELINE))));
  }

  private static XYChart chart(String xTitle, String yTitle, String name, double[] values, Color color) {
    double[] epochs = new double[values.length];
    boolean positive = true;
    double least = Double.POSITIVE_INFINITY;
    double most = 0;
    for (int i = 0; i < epochs.length; i++) {
      epochs[i] = i + 1;
      positive &= values[i] > 0;
      least = Math.min(least, values[i]);
      most = Math.max(most, values[i]);
    }
    XYChart chart = PictureStyle.chart(WIDTH, HEIGHT / 2, xTitle, yTitle);
    // Over more than a power of ten a plain axis would show the last nine tenths of a run as one flat line.
    chart.getStyler().setYAxisLogarithmic(positive && most > 10 * least);
    chart.getStyler().setYAxisLogarithmicDecadeOnly(false);
    chart.getStyler().setXAxisDecimalPattern("0");
    chart.getStyler().setXAxisMin(0.0);
    chart.getStyler().setXAxisTickMarkSpacingHint(WIDTH / TICKS);
    chart.getStyler().setXAxisMaxLabelCount(TICKS);
    chart.getStyler().setXAxisTitleVisible(!xTitle.isEmpty());
    chart.getStyler().setChartTitlePadding(PictureStyle.ROOM_FOR_TITLE);
    PictureStyle.line(chart, name, withThird(epochs), withThird(values), color, 2.2f);
    return chart;
  }

  /** Two values with one on the line between them: two are evenly spaced, and the axis would mark them, unrounded. */
  private static double[] withThird(double[] values) {
    return values.length == 2
        ? new double[] {values[0], values[0] + 0.4 * (values[1] - values[0]), values[1]}
        : values;
  }
}
