package io.github.lstm4j.cli;

import java.awt.Dimension;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.knowm.xchart.XYChart;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * Charts and other drawings below each other in one picture, which can be written as pixels or as shapes.
 *
 * @param title what the picture shows, for readers that can't see it
 * @param panels the drawings, from the top, all of one width
 */
record Picture(String title, List<? extends Drawing> panels) {
  private static final String SVG = "http://www.w3.org/2000/svg";

  /** Something of a size in pixels that can paint itself. */
  interface Drawing {
    int width();

    int height();

    void paint(Graphics2D graphics);
  }

  /** A chart and the line above it. */
  record Panel(XYChart chart, Heading heading) implements Drawing {
    @Override
    public int width() {
      return chart.getWidth();
    }

    @Override
    public int height() {
      return chart.getHeight();
    }

    @Override
    public void paint(Graphics2D graphics) {
      chart.paint(graphics, width(), height());
      heading.paint(graphics, width());
    }
  }

  /** Writes a PNG. */
  void png(OutputStream stream) throws IOException {
    BufferedImage image = new BufferedImage(width(), height(), BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
    paint(graphics);
    graphics.dispose();
    MemoryCacheImageOutputStream images = new MemoryCacheImageOutputStream(stream);
    if (!ImageIO.write(image, "png", images)) {
      throw new IOException("this JVM has no PNG writer; expected one in java.desktop");
    }
    images.close();
  }

  /** Writes an SVG. Headings are text; the charts draw the labels of their axes as shapes. */
  void svg(OutputStream stream) throws IOException {
    Document document = emptyDocument();
    SVGGeneratorContext context = SVGGeneratorContext.createDefault(document);
    context.setPrecision(2); // a hundredth of a pixel
    SVGGraphics2D graphics = new SVGGraphics2D(context, false);
    graphics.setSVGCanvasSize(new Dimension(width(), height()));
    paint(graphics);
    Element root = graphics.getRoot();
    root.setAttribute("viewBox", "0 0 " + width() + " " + height());
    root.setAttribute("role", "img");
    Element name = document.createElementNS(SVG, "title");
    name.setTextContent(title);
    root.insertBefore(name, root.getFirstChild());
    SvgCurves.join(root);
    write(root, stream);
  }

  /** By the JDK's writer: Batik's own adds a document type that readers would fetch from the web. */
  private static void write(Element root, OutputStream stream) throws IOException {
    try {
      TransformerFactory.newInstance().newTransformer().transform(new DOMSource(root), new StreamResult(stream));
    } catch (TransformerException e) {
      throw new IOException("writing SVG: " + e.getMessage(), e);
    }
  }

  private static Document emptyDocument() {
    try {
      return DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .getDOMImplementation()
          .createDocument(SVG, "svg", null);
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException("this JVM can't make an empty XML document; expected one that can", e);
    }
  }

  private void paint(Graphics2D graphics) {
    int y = 0;
    for (Drawing panel : panels) {
      Graphics2D part = (Graphics2D) graphics.create(0, y, panel.width(), panel.height());
      panel.paint(part);
      part.dispose();
      y += panel.height();
    }
  }

  private int width() {
    return panels.getFirst().width();
  }

  private int height() {
    return panels.stream().mapToInt(Drawing::height).sum();
  }
}
