package io.github.lstm4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

class PictureTest {
  @BeforeAll
  static void withoutAScreen() {
    System.setProperty("java.awt.headless", "true");
    assumeTrue(Fonts.whyMissing().isEmpty(), () -> Fonts.whyMissing().orElse(""));
  }

  private static BufferedImage png(Picture picture) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    picture.png(bytes);
    return ImageIO.read(new ByteArrayInputStream(bytes.toByteArray()));
  }

  private static Document svg(Picture picture) throws IOException, ParserConfigurationException, SAXException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    picture.svg(bytes);
    ByteArrayInputStream read = new ByteArrayInputStream(bytes.toByteArray());
    return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(read);
  }

  private static int count(BufferedImage image, Color color) {
    int found = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        found += (image.getRGB(x, y) & 0xffffff) == (color.getRGB() & 0xffffff) ? 1 : 0;
      }
    }
    return found;
  }

  @Test
  void theForecastHasItsSizeItsBandAndItsLines() throws IOException {
    BufferedImage image = png(ForecastPicture.of(SyntheticForecaster.sunspots()));
    assertEquals(1400, image.getWidth());
    assertEquals(700, image.getHeight());
    for (Color color : List.of(PictureStyle.BAND, PictureStyle.FORECAST, PictureStyle.ACTUAL, PictureStyle.HISTORY)) {
      assertTrue(count(image, color) > 100, color + " is drawn");
    }
    assertTrue(count(image, Color.WHITE) > image.getWidth() * image.getHeight() / 2, "most of it is paper");
  }

  @Test
  void theSvgIsXmlWithTheSameSize() throws IOException, ParserConfigurationException, SAXException {
    Document document = svg(ForecastPicture.of(SyntheticForecaster.sunspots()));
    assertEquals("svg", document.getDocumentElement().getTagName());
    assertEquals("1400", document.getDocumentElement().getAttribute("width"));
    assertTrue(document.getElementsByTagName("path").getLength() > 50);
    assertNull(document.getDoctype(), "nothing to fetch");
    assertEquals("One-step-ahead forecast of sunspots", document.getElementsByTagName("text").item(0).getTextContent());
    // the history, the tail's forecast and, below, what came and its forecast: a point for each row, in one piece
    NodeList curves = document.getElementsByTagName("polyline");
    Map<Integer, String> points = new TreeMap<>();
    for (int i = 0; i < curves.getLength(); i++) {
      Element curve = (Element) curves.item(i);
      String color = curve.getAttribute("stroke").isEmpty()
          ? ((Element) curve.getParentNode()).getAttribute("stroke")
          : curve.getAttribute("stroke");
      points.put(curve.getAttribute("points").split(" ", -1).length, color);
    }
    assertEquals("rgb(140,140,140)", points.get(3177 - 635), "history");
    assertEquals("rgb(0,114,178)", points.get(635), "forecast");
    assertTrue(points.containsKey(144), "the end, point by point: " + points);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 300})
  void anyTailCanBeDrawn(int tail) throws IOException, ParserConfigurationException, SAXException {
    int rows = Math.max(3, tail);
    double[] values = new double[rows];
    values[0] = Double.NaN; // a missing value is a gap
    double[] predicted = new double[tail];
    List<String> labels = IntStream.range(0, rows).mapToObj(i -> "row " + i).toList();
    String column = "<&\"" + "x".repeat(300);
    ForecastResult result = new ForecastResult(column, labels, values, predicted, predicted, predicted, 0.9);
    Picture picture = ForecastPicture.of(result);
    assertNotNull(png(picture));
    assertNotNull(svg(picture));
  }

  @Test
  void lossesAreDrawnEvenWhenTheyAreZero() throws IOException {
    Picture picture = LossPicture.of(new LossCurve(new double[] {1, 0.1, 0}, new double[] {2, 1, 1}));
    assertTrue(count(png(picture), PictureStyle.VALIDATION) > 50);
    assertNotNull(png(LossPicture.of(new LossCurve(new double[] {1}, new double[] {1}))));
  }
}
