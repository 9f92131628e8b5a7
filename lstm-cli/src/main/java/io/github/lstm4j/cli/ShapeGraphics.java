package io.github.lstm4j.cli;

import java.awt.AlphaComposite;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.GraphicsConfiguration;
import java.awt.Image;
import java.awt.Rectangle;
import java.awt.font.FontRenderContext;
import java.awt.font.GlyphVector;
import java.awt.font.TextLayout;
import java.awt.geom.AffineTransform;
import java.awt.geom.Arc2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.awt.image.BufferedImageOp;
import java.awt.image.ImageObserver;
import java.awt.image.RenderedImage;
import java.awt.image.renderable.RenderableImage;
import java.text.AttributedCharacterIterator;
import org.jspecify.annotations.Nullable;

/**
 * A canvas whose drawing calls all come down to two, {@link #draw} and {@link #fill} of a shape. Pixels (images, XOR,
 * copied areas) have no shape and are refused.
 */
abstract class ShapeGraphics extends CanvasState {
  private static final FontRenderContext OUTLINES = new FontRenderContext(null, true, true);

  ShapeGraphics() {}

  ShapeGraphics(ShapeGraphics other) {
    super(other);
  }

  // Drawing

  @Override
  public void drawLine(int x1, int y1, int x2, int y2) {
    draw(new Line2D.Double(x1, y1, x2, y2));
  }

  @Override
  public void fillRect(int x, int y, int width, int height) {
    fill(new Rectangle(x, y, width, height));
  }

  @Override
  public void clearRect(int x, int y, int width, int height) {
    Color before = getColor();
    setColor(getBackground());
    fillRect(x, y, width, height);
    setColor(before);
  }

  @Override
  public void drawRoundRect(int x, int y, int width, int height, int arcWidth, int arcHeight) {
    draw(new RoundRectangle2D.Double(x, y, width, height, arcWidth, arcHeight));
  }

  @Override
  public void fillRoundRect(int x, int y, int width, int height, int arcWidth, int arcHeight) {
    fill(new RoundRectangle2D.Double(x, y, width, height, arcWidth, arcHeight));
  }

  @Override
  public void drawOval(int x, int y, int width, int height) {
    draw(new Ellipse2D.Double(x, y, width, height));
  }

  @Override
  public void fillOval(int x, int y, int width, int height) {
    fill(new Ellipse2D.Double(x, y, width, height));
  }

  @Override
  public void drawArc(int x, int y, int width, int height, int startAngle, int arcAngle) {
    draw(new Arc2D.Double(x, y, width, height, startAngle, arcAngle, Arc2D.OPEN));
  }

  @Override
  public void fillArc(int x, int y, int width, int height, int startAngle, int arcAngle) {
    fill(new Arc2D.Double(x, y, width, height, startAngle, arcAngle, Arc2D.PIE));
  }

  @Override
  public void drawPolyline(int[] x, int[] y, int points) {
    draw(polygon(x, y, points, false));
  }

  @Override
  public void drawPolygon(int[] x, int[] y, int points) {
    draw(polygon(x, y, points, true));
  }

  @Override
  public void fillPolygon(int[] x, int[] y, int points) {
    fill(polygon(x, y, points, true));
  }

  private static Path2D polygon(int[] x, int[] y, int points, boolean closed) {
    Path2D.Double path = new Path2D.Double();
    for (int i = 0; i < points; i++) {
      if (i == 0) {
        path.moveTo(x[0], y[0]);
      } else {
        path.lineTo(x[i], y[i]);
      }
    }
    if (closed && points > 0) {
      path.closePath();
    }
    return path;
  }

  // Text is drawn by its outlines

  @Override
  public void drawString(String text, int x, int y) {
    drawString(text, (float) x, (float) y);
  }

  @Override
  public void drawString(String text, float x, float y) {
    if (!text.isEmpty()) {
      fill(new TextLayout(text, getFont(), OUTLINES).getOutline(AffineTransform.getTranslateInstance(x, y)));
    }
  }

  @Override
  public void drawString(AttributedCharacterIterator text, int x, int y) {
    drawString(text, (float) x, (float) y);
  }

  @Override
  public void drawString(AttributedCharacterIterator text, float x, float y) {
    fill(new TextLayout(text, OUTLINES).getOutline(AffineTransform.getTranslateInstance(x, y)));
  }

  @Override
  public void drawGlyphVector(GlyphVector glyphs, float x, float y) {
    fill(glyphs.getOutline(x, y));
  }

  @Override
  public FontMetrics getFontMetrics(Font of) {
    BufferedImage one = new BufferedImage(1, 1, BufferedImage.TYPE_INT_ARGB);
    Graphics2D graphics = one.createGraphics();
    FontMetrics metrics = graphics.getFontMetrics(of);
    graphics.dispose();
    return metrics;
  }

  @Override
  public FontRenderContext getFontRenderContext() {
    return OUTLINES;
  }

  // Pixels

  private static UnsupportedOperationException pixels() {
    return new UnsupportedOperationException("pixels can't be drawn on this canvas; expected shapes and text");
  }

  @Override
  public void setPaintMode() {
    setComposite(AlphaComposite.SrcOver);
  }

  @Override
  public void setXORMode(Color other) {
    throw pixels();
  }

  @Override
  public void copyArea(int x, int y, int width, int height, int dx, int dy) {
    throw pixels();
  }

  @Override
  public @Nullable GraphicsConfiguration getDeviceConfiguration() {
    return null;
  }

  @Override
  public boolean drawImage(Image image, AffineTransform by, @Nullable ImageObserver observer) {
    throw pixels();
  }

  @Override
  public void drawImage(BufferedImage image, BufferedImageOp op, int x, int y) {
    throw pixels();
  }

  @Override
  public void drawRenderedImage(RenderedImage image, AffineTransform by) {
    throw pixels();
  }

  @Override
  public void drawRenderableImage(RenderableImage image, AffineTransform by) {
    throw pixels();
  }

  @Override
  public boolean drawImage(Image image, int x, int y, @Nullable ImageObserver observer) {
    throw pixels();
  }

  @Override
  public boolean drawImage(Image image, int x, int y, int width, int height, @Nullable ImageObserver observer) {
    throw pixels();
  }

  @Override
  public boolean drawImage(Image image, int x, int y, Color behind, @Nullable ImageObserver observer) {
    throw pixels();
  }

  @Override
  public boolean drawImage(
      Image image, int x, int y, int width, int height, Color behind, @Nullable ImageObserver observer) {
    throw pixels();
  }

  @Override
  public boolean drawImage(
      Image image, int dx1, int dy1, int dx2, int dy2, int sx1, int sy1, int sx2, int sy2,
      @Nullable ImageObserver observer) {
    throw pixels();
  }

  @Override
  public boolean drawImage(
      Image image, int dx1, int dy1, int dx2, int dy2, int sx1, int sy1, int sx2, int sy2, Color behind,
      @Nullable ImageObserver observer) {
    throw pixels();
  }
}
