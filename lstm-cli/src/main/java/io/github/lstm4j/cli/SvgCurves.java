package io.github.lstm4j.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;

/**
 * Joins the pieces of curves: a chart draws a curve as thousands of lines, each from where the last one ended; here
 * they become one polyline, a tenth of the size and with round joints.
 */
final class SvgCurves {
  private static final String POINTS = "points";
  private static final Set<String> ENDS = Set.of("x1", "y1", "x2", "y2");

  private SvgCurves() {}

  /** Joins what continues in an element and in all below it. */
  static void join(Element parent) {
    @Nullable Element curve = null;
    Map<String, String> look = Map.of();
    for (Element element : children(parent)) {
      if (!element.getTagName().equals("line")) {
        curve = null;
        join(element);
      } else if (curve != null && curve.getAttribute(POINTS).endsWith(" " + start(element))
          && look.equals(look(element))) {
        curve.setAttribute(POINTS, curve.getAttribute(POINTS) + " " + end(element));
        parent.removeChild(element);
      } else {
        look = look(element);
        curve = parent.getOwnerDocument().createElementNS(parent.getNamespaceURI(), "polyline");
        look.forEach(curve::setAttribute);
        curve.setAttribute(POINTS, start(element) + " " + end(element));
        parent.replaceChild(curve, element);
      }
    }
  }

  /** All that a line says but where it runs. */
  private static Map<String, String> look(Element line) {
    Map<String, String> look = new TreeMap<>();
    NamedNodeMap attributes = line.getAttributes();
    for (int i = 0; i < attributes.getLength(); i++) {
      look.put(attributes.item(i).getNodeName(), attributes.item(i).getNodeValue());
    }
    look.keySet().removeAll(ENDS);
    return look;
  }

  private static List<Element> children(Element parent) {
    List<Element> elements = new ArrayList<>();
    for (@Nullable Node at = parent.getFirstChild(); at != null; at = at.getNextSibling()) {
      if (at instanceof Element element) {
        elements.add(element);
      }
    }
    return elements;
  }

  private static String start(Element line) {
    return line.getAttribute("x1") + "," + line.getAttribute("y1");
  }

  private static String end(Element line) {
    return line.getAttribute("x2") + "," + line.getAttribute("y2");
  }
}
