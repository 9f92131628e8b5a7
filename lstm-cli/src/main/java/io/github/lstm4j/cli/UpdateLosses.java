package io.github.lstm4j.cli;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.github.lstm4j.cli.Heading.Entry;
import io.github.lstm4j.cli.Heading.Kind;
import io.github.lstm4j.cli.Picture.Panel;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The course of a training, update by update: {@code loss.csv}, and {@code loss.png} where there are fonts. */
public final class UpdateLosses {
  private static final int WIDTH = 1000;
  private static final int HEIGHT = 420;
  /** Of the picture's line: more than this are averaged, so that a trend is to be seen. */
  private static final int MOST_POINTS = 300;

  private final String unit;
  private final double[] training;
  private final SortedMap<Long, Double> heldOut;

  /**
   * A course.
   *
   * @param unit of the losses, such as {@code nats per character}
   * @param training the loss of each update, 1 or more
   * @param heldOut the number of updates made → the loss on what was held out
   */
  public UpdateLosses(String unit, double[] training, Map<Long, Double> heldOut) {
    this.unit = unit;
    this.training = training.clone();
    this.heldOut = new TreeMap<>(heldOut);
  }

  /**
   * Writes numbers and picture.
   *
   * @param folder where to
   * @param err is told why where the picture is left out
   * @return the files
   * @throws IOException if one can't be written
   */
  public List<Path> write(OutputFolder folder, PrintStream err) throws IOException {
    List<Path> files = new ArrayList<>();
    files.add(folder.write("loss.csv", this::csv));
    Optional<String> withoutFonts = Fonts.whyMissing();
    if (withoutFonts.isEmpty()) {
      files.add(folder.write("loss.png", picture()::png));
    } else {
      err.println("lstm: the picture is left out: " + withoutFonts.get());
    }
    return files;
  }

  private void csv(OutputStream stream) throws IOException {
    CsvWriter csv = CsvWriter.builder().build(stream, StandardCharsets.UTF_8);
    csv.writeRecord("update", "training", "held_out");
    for (int i = 0; i < training.length; i++) {
      Double measured = heldOut.get(i + 1L);
      csv.writeRecord(
          Integer.toString(i + 1), Double.toString(training[i]), measured == null ? "" : measured.toString());
    }
    csv.flush();
  }

  Picture picture() {
    int points = Math.min(MOST_POINTS, training.length);
    double[] updates = new double[points];
    double[] losses = new double[points];
    for (int point = 0; point < points; point++) {
      int from = (int) ((long) training.length * point / points);
      int to = (int) ((long) training.length * (point + 1) / points);
      updates[point] = to;
      losses[point] = Arrays.stream(training, from, to).average().orElseThrow();
    }
    XYChart chart = PictureStyle.chart(WIDTH, HEIGHT, "update", unit);
    chart.getStyler().setXAxisDecimalPattern("0");
    chart.getStyler().setXAxisMin(0.0);
    chart.getStyler().setChartTitlePadding(PictureStyle.ROOM_FOR_TITLE);
    PictureStyle.line(chart, "training", updates, losses, PictureStyle.FORECAST, 2.2f);
    List<Entry> entries = new ArrayList<>(List.of(new Entry(Kind.LINE, "training", PictureStyle.FORECAST)));
    if (!heldOut.isEmpty()) {
      double[] x = heldOut.keySet().stream().mapToDouble(Long::doubleValue).toArray();
      double[] y = heldOut.values().stream().mapToDouble(Double::doubleValue).toArray();
      PictureStyle.line(chart, "held out", x, y, PictureStyle.VALIDATION, 1.4f)
          .setMarker(SeriesMarkers.CIRCLE)
          .setMarkerColor(PictureStyle.VALIDATION);
      entries.add(new Entry(Kind.POINT, "held out", PictureStyle.VALIDATION));
    }
    Heading heading = new Heading("Loss", entries, PictureStyle.TITLE_BASELINE);
    return new Picture("Loss of each update", List.of(new Panel(chart, heading)));
  }
}
