package io.github.lstm4j.cli;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Shape;
import java.awt.Stroke;
import java.awt.geom.AffineTransform;
import java.awt.geom.Line2D;
import java.awt.geom.PathIterator;
import java.awt.geom.Point2D;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A canvas that writes SVG: every shape becomes a path in the picture's own coordinates. Lines that continue each
 * other in one colour become one path, as a chart draws a curve by its pieces.
 */
final class SvgGraphics extends ShapeGraphics {
  private final Sheet sheet;

  /** What all copies of a canvas write to. */
  private static final class Sheet {
    final StringBuilder text = new StringBuilder();
    final int width;
    final int height;
    int clips;
    boolean open;
    String openStyle = "";
    Point2D.Double end = new Point2D.Double();

    Sheet(int width, int height) {
      this.width = width;
      this.height = height;
    }

    void closePath() {
      if (open) {
        text.append("\"").append(openStyle).append("/>\n");
        open = false;
      }
    }
  }

  /**
   * An empty picture.
   *
   * @param title what it shows, for readers that can't see it
   * @param width in pixels
   * @param height in pixels
   */
  SvgGraphics(String title, int width, int height) {
    this.sheet = new Sheet(width, height);
    sheet.text
        .append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
        .append("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + width + "\" height=\"" + height + "\" ")
        .append("viewBox=\"0 0 " + width + " " + height + "\" role=\"img\">\n")
        .append("<title>" + escaped(title) + "</title>\n")
        .append("<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n");
  }

  private SvgGraphics(SvgGraphics other) {
    super(other);
    this.sheet = other.sheet;
  }

  /** The whole picture; the canvas can't be used any more. */
  String document() {
    sheet.closePath();
    return sheet.text.append("</svg>\n").toString();
  }

  @Override
  public SvgGraphics create() {
    return new SvgGraphics(this);
  }

  @Override
  public void draw(Shape shape) {
    String style = strokeStyle(getStroke());
    if (!(shape instanceof Line2D line)) {
      path(shape, style);
      return;
    }
    Point2D.Double from = new Point2D.Double();
    Point2D.Double to = new Point2D.Double();
    AffineTransform transform = getTransform();
    transform.transform(line.getP1(), from);
    transform.transform(line.getP2(), to);
    if (!sheet.open || !sheet.openStyle.equals(style) || from.distanceSq(sheet.end) > 1e-9) {
      sheet.closePath();
      sheet.text.append("<path d=\"M").append(point(from.x, from.y));
      sheet.open = true;
      sheet.openStyle = style;
    }
    sheet.text.append("L").append(point(to.x, to.y));
    sheet.end = to;
  }

  @Override
  public void fill(Shape shape) {
    path(shape, " fill=\"" + hex(getColor()) + "\"" + opacity("fill") + clipAttribute());
  }

  private void path(Shape shape, String style) {
    sheet.closePath();
    String data = data(shape, getTransform());
    if (!data.isEmpty()) {
      sheet.text.append("<path d=\"").append(data).append("\"").append(style).append("/>\n");
    }
  }

  private String strokeStyle(Stroke stroke) {
    StringBuilder style = new StringBuilder(" fill=\"none\" stroke=\"" + hex(getColor()) + "\"" + opacity("stroke"));
    if (stroke instanceof BasicStroke basic) {
      style.append(" stroke-width=\"" + number(basic.getLineWidth()) + "\"");
      style.append(basic.getEndCap() == BasicStroke.CAP_ROUND ? " stroke-linecap=\"round\"" : "");
      style.append(basic.getLineJoin() == BasicStroke.JOIN_ROUND ? " stroke-linejoin=\"round\"" : "");
      if (basic.getDashArray() != null) {
        StringBuilder dashes = new StringBuilder();
        for (float dash : basic.getDashArray()) {
          dashes.append(dashes.isEmpty() ? "" : " ").append(number(dash));
        }
        style.append(" stroke-dasharray=\"" + dashes + "\"");
      }
    }
    return style + clipAttribute();
  }

  private @Nullable Shape clipWritten;
  private String clipName = "";

  /** Refers to the clip in force, which is written first where it is new. */
  private String clipAttribute() {
    Shape clip = deviceClip();
    if (clip == null || clip.contains(0, 0, sheet.width, sheet.height)) {
      return "";
    }
    if (!clip.equals(clipWritten)) {
      sheet.closePath();
      clipName = "clip" + sheet.clips++;
      clipWritten = clip;
      String data = data(clip, new AffineTransform());
      sheet.text.append("<clipPath id=\"" + clipName + "\"><path d=\"" + data + "\"/></clipPath>\n");
    }
    return " clip-path=\"url(#" + clipName + ")\"";
  }

  private static String data(Shape shape, AffineTransform transform) {
    StringBuilder data = new StringBuilder();
    double[] c = new double[6];
    for (PathIterator at = shape.getPathIterator(transform); !at.isDone(); at.next()) {
      switch (at.currentSegment(c)) {
        case PathIterator.SEG_MOVETO -> data.append("M").append(point(c[0], c[1]));
        case PathIterator.SEG_LINETO -> data.append("L").append(point(c[0], c[1]));
        case PathIterator.SEG_QUADTO ->
            data.append("Q").append(point(c[0], c[1])).append(" ").append(point(c[2], c[3]));
        case PathIterator.SEG_CUBICTO ->
            data.append("C").append(point(c[0], c[1])).append(" ").append(point(c[2], c[3])).append(" ")
                .append(point(c[4], c[5]));
        default -> data.append("Z");
      }
    }
    return data.toString();
  }

  private static String point(double x, double y) {
    return number(x) + " " + number(y);
  }

  /** Two decimals: a hundredth of a pixel. */
  private static String number(double value) {
    String text = String.format(Locale.ROOT, "%.2f", value);
    return text.endsWith(".00") ? text.substring(0, text.length() - 3) : text;
  }

  private static String hex(Color color) {
    return String.format(Locale.ROOT, "#%06x", color.getRGB() & 0xffffff);
  }

  private String opacity(String what) {
    int alpha = getColor().getAlpha();
    return alpha == 255 ? "" : " " + what + "-opacity=\"" + number(alpha / 255.0) + "\"";
  }

  private static String escaped(String text) {
    StringBuilder safe = new StringBuilder();
    text.codePoints().forEach(c -> {
      switch (c) {
        case '&' -> safe.append("&amp;");
        case '<' -> safe.append("&lt;");
        case '>' -> safe.append("&gt;");
        default -> safe.appendCodePoint(c < ' ' || c == 0xfffe || c == 0xffff ? '?' : c);
      }
    });
    return safe.toString();
  }
}
