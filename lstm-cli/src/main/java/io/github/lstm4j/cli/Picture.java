package io.github.lstm4j.cli;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.knowm.xchart.XYChart;

/**
 * Charts below each other in one picture, which can be written as pixels or as shapes.
 *
 * @param title what the picture shows, for readers that can't see it
 * @param panels the charts, from the top, all of one width
 */
record Picture(String title, List<Panel> panels) {
  /** A chart and the line above it. */
  record Panel(XYChart chart, Heading heading) {}

  /** Writes a PNG. */
  void png(OutputStream stream) throws IOException {
    BufferedImage image = new BufferedImage(width(), height(), BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    paint(graphics);
    graphics.dispose();
    MemoryCacheImageOutputStream images = new MemoryCacheImageOutputStream(stream);
    if (!ImageIO.write(image, "png", images)) {
      throw new IOException("this JVM has no PNG writer; expected one in java.desktop");
    }
    images.close();
  }

  /** Writes an SVG whose text is drawn as shapes, so that it looks the same everywhere. */
  void svg(OutputStream stream) throws IOException {
    SvgGraphics graphics = new SvgGraphics(title, width(), height());
    paint(graphics);
    stream.write(graphics.document().getBytes(StandardCharsets.UTF_8));
  }

  private void paint(Graphics2D graphics) {
    int y = 0;
    for (Panel panel : panels) {
      XYChart chart = panel.chart();
      Graphics2D part = (Graphics2D) graphics.create(0, y, chart.getWidth(), chart.getHeight());
      chart.paint(part, chart.getWidth(), chart.getHeight());
      panel.heading().paint(part, chart.getWidth());
      part.dispose();
      y += chart.getHeight();
    }
  }

  private int width() {
    return panels.getFirst().chart().getWidth();
  }

  private int height() {
    return panels.stream().mapToInt(panel -> panel.chart().getHeight()).sum();
  }
}
