package io.github.lstm4j.bench.contest;

import java.awt.Dimension;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.apache.batik.svggen.SVGGraphics2D;
import org.knowm.xchart.internal.chartpart.Chart;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** Charts below each other, as pixels and as shapes. */
final class PictureFile {
  private static final String SVG = "http://www.w3.org/2000/svg";

  private final List<? extends Chart<?, ?>> charts;

  PictureFile(List<? extends Chart<?, ?>> charts) {
    this.charts = charts;
  }

  /** Writes NAME.png and NAME.svg. */
  void write(Path folder, String name) throws IOException {
    BufferedImage image = new BufferedImage(width(), height(), BufferedImage.TYPE_INT_RGB);
    Graphics2D pixels = image.createGraphics();
    paint(pixels);
    pixels.dispose();
    ImageIO.write(image, "png", folder.resolve(name + ".png").toFile());
    try {
      Document document =
          DocumentBuilderFactory.newInstance().newDocumentBuilder().getDOMImplementation()
              .createDocument(SVG, "svg", null);
      SVGGraphics2D shapes = new SVGGraphics2D(document);
      shapes.setSVGCanvasSize(new Dimension(width(), height()));
      paint(shapes);
      Element root = shapes.getRoot();
      root.setAttribute("viewBox", "0 0 " + width() + " " + height());
      // The JDK's writer: Batik's own adds a document type that readers would fetch from the web.
      TransformerFactory.newInstance()
          .newTransformer()
          .transform(new DOMSource(root), new StreamResult(folder.resolve(name + ".svg").toFile()));
    } catch (ParserConfigurationException | TransformerException e) {
      throw new IOException("writing " + name + ".svg: " + e.getMessage(), e);
    }
  }

  private void paint(Graphics2D graphics) {
    int y = 0;
    for (Chart<?, ?> chart : charts) {
      Graphics2D part = (Graphics2D) graphics.create(0, y, chart.getWidth(), chart.getHeight());
      chart.paint(part, chart.getWidth(), chart.getHeight());
      part.dispose();
      y += chart.getHeight();
    }
  }

  private int width() {
    return charts.getFirst().getWidth();
  }

  private int height() {
    return charts.stream().mapToInt(Chart::getHeight).sum();
  }
}
