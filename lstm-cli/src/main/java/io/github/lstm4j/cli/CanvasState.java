package io.github.lstm4j.cli;

import java.awt.AlphaComposite;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Composite;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.Paint;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.Stroke;
import java.awt.geom.AffineTransform;
import java.awt.geom.Area;
import java.awt.geom.NoninvertibleTransformException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The state of a canvas: colour, stroke and font, coordinates, and what is cut off. */
abstract class CanvasState extends Graphics2D {
  private AffineTransform transform = new AffineTransform();
  private Color color = Color.BLACK;
  private Color background = Color.WHITE;
  private Stroke stroke = new BasicStroke();
  private Font font = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
  private Composite composite = AlphaComposite.SrcOver;
  private RenderingHints hints = new RenderingHints(Map.of());
  /** In the picture's coordinates; null where nothing is cut off. */
  private @Nullable Area clip;

  CanvasState() {}

  CanvasState(CanvasState other) {
    transform = new AffineTransform(other.transform);
    color = other.color;
    background = other.background;
    stroke = other.stroke;
    font = other.font;
    composite = other.composite;
    hints = (RenderingHints) other.hints.clone();
    clip = other.clip;
  }

  @Nullable Shape deviceClip() {
    return clip;
  }

  @Override
  public Color getColor() {
    return color;
  }

  @Override
  public void setColor(@Nullable Color newColor) {
    color = newColor == null ? color : newColor;
  }

  @Override
  public Paint getPaint() {
    return color;
  }

  @Override
  public void setPaint(@Nullable Paint paint) {
    if (paint != null && !(paint instanceof Color)) {
      throw new UnsupportedOperationException("paint " + paint + "; expected a colour");
    }
    setColor((Color) paint);
  }

  @Override
  public Color getBackground() {
    return background;
  }

  @Override
  public void setBackground(Color newBackground) {
    background = newBackground;
  }

  @Override
  public Stroke getStroke() {
    return stroke;
  }

  @Override
  public void setStroke(Stroke newStroke) {
    stroke = newStroke;
  }

  @Override
  public Font getFont() {
    return font;
  }

  @Override
  public void setFont(@Nullable Font newFont) {
    font = newFont == null ? font : newFont;
  }

  @Override
  public Composite getComposite() {
    return composite;
  }

  @Override
  public void setComposite(Composite newComposite) {
    composite = newComposite;
  }

  @Override
  public RenderingHints getRenderingHints() {
    return (RenderingHints) hints.clone();
  }

  @Override
  public @Nullable Object getRenderingHint(RenderingHints.Key key) {
    return hints.get(key);
  }

  @Override
  public void setRenderingHint(RenderingHints.Key key, @Nullable Object value) {
    if (value == null) {
      hints.remove(key);
    } else {
      hints.put(key, value);
    }
  }

  @Override
  public void setRenderingHints(Map<?, ?> newHints) {
    hints = new RenderingHints(Map.of());
    addRenderingHints(newHints);
  }

  @Override
  public void addRenderingHints(Map<?, ?> newHints) {
    hints.putAll(newHints);
  }

  // Coordinates

  @Override
  public AffineTransform getTransform() {
    return new AffineTransform(transform);
  }

  @Override
  public void setTransform(AffineTransform newTransform) {
    transform = new AffineTransform(newTransform);
  }

  @Override
  public void transform(AffineTransform by) {
    transform.concatenate(by);
  }

  @Override
  public void translate(int x, int y) {
    transform.translate(x, y);
  }

  @Override
  public void translate(double x, double y) {
    transform.translate(x, y);
  }

  @Override
  public void rotate(double angle) {
    transform.rotate(angle);
  }

  @Override
  public void rotate(double angle, double x, double y) {
    transform.rotate(angle, x, y);
  }

  @Override
  public void scale(double x, double y) {
    transform.scale(x, y);
  }

  @Override
  public void shear(double x, double y) {
    transform.shear(x, y);
  }

  // What is cut off

  @Override
  public @Nullable Shape getClip() {
    return clip == null ? null : clip.createTransformedArea(inverse());
  }

  @Override
  public @Nullable Rectangle getClipBounds() {
    Shape shape = getClip();
    return shape == null ? null : shape.getBounds();
  }

  @Override
  public void setClip(int x, int y, int width, int height) {
    setClip(new Rectangle(x, y, width, height));
  }

  @Override
  public void setClip(@Nullable Shape shape) {
    clip = shape == null ? null : new Area(transform.createTransformedShape(shape));
  }

  @Override
  public void clipRect(int x, int y, int width, int height) {
    clip(new Rectangle(x, y, width, height));
  }

  @Override
  public void clip(@Nullable Shape shape) {
    if (shape == null) {
      clip = null;
      return;
    }
    Area area = new Area(transform.createTransformedShape(shape));
    if (clip != null) {
      area.intersect(clip);
    }
    clip = area;
  }

  private AffineTransform inverse() {
    try {
      return transform.createInverse();
    } catch (NoninvertibleTransformException e) {
      throw new IllegalStateException("transform " + transform + " can't be inverted", e);
    }
  }

  @Override
  public boolean hit(Rectangle area, Shape shape, boolean onStroke) {
    Shape whole = onStroke ? stroke.createStrokedShape(shape) : shape;
    return transform.createTransformedShape(whole).intersects(area);
  }

  @Override
  public void dispose() {
    // nothing is held
  }
}
