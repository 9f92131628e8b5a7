package io.github.lstm4j.cli;

import io.github.lstm4j.cli.lesson.Figure;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/**
 * Numbers over time as coloured cells: from white to blue where they start at 0, from orange over white to blue where
 * both signs occur.
 *
 * @param map what to draw
 * @param width in pixels
 */
record HeatMapDrawing(Figure.HeatMap map, int width) implements Picture.Drawing {
  private static final Font FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 15);
  private static final Font SMALL = new Font(Font.SANS_SERIF, Font.PLAIN, 13);
  private static final int LEFT = 120;
  private static final int RIGHT = 116;
  private static final int TOP = 56;
  private static final int BOTTOM = 54;
  private static final int CELL_HEIGHT = 16;
  private static final int GAP = 14;
  private static final int TICK_EVERY = 5;
  private static final Color PAPER = Color.WHITE;

  @Override
  public int height() {
    return TOP + map.bands().stream().mapToInt(band -> band.rows().length * CELL_HEIGHT + GAP).sum() + BOTTOM;
  }

  @Override
  public void paint(Graphics2D graphics) {
    graphics.setColor(PAPER);
    graphics.fill(new Rectangle2D.Double(0, 0, width, height()));
    new Heading(map.title(), List.of(), PictureStyle.TITLE_BASELINE).paint(graphics, width);
    int y = TOP;
    for (Figure.Band band : map.bands()) {
      paint(graphics, band, y);
      y += band.rows().length * CELL_HEIGHT + GAP;
    }
    axis(graphics, y - GAP);
  }

  private int steps() {
    return map.bands().getFirst().rows()[0].length;
  }

  private double cellWidth() {
    return (double) (width - LEFT - RIGHT) / steps();
  }

  private void paint(Graphics2D graphics, Figure.Band band, int top) {
    int bottom = top + band.rows().length * CELL_HEIGHT;
    for (int row = 0; row < band.rows().length; row++) {
      for (int step = 0; step < band.rows()[row].length; step++) {
        graphics.setColor(color(band.rows()[row][step], band));
        double x = LEFT + step * cellWidth();
        graphics.fill(new Rectangle2D.Double(x, top + row * CELL_HEIGHT, cellWidth(), CELL_HEIGHT));
      }
    }
    graphics.setColor(PictureStyle.HISTORY);
    graphics.draw(new Rectangle2D.Double(LEFT, top, width - LEFT - RIGHT, (double) bottom - top));
    graphics.setColor(PictureStyle.TEXT);
    graphics.setFont(FONT);
    float middle = (top + bottom) / 2f + 5;
    graphics.drawString(band.name(), LEFT - 10 - graphics.getFontMetrics().stringWidth(band.name()), middle);
    scale(graphics, band, middle - 5);
  }

  /** What the colours mean, at the right. */
  private void scale(Graphics2D graphics, Figure.Band band, float middle) {
    int shades = 20;
    double left = width - RIGHT + 42.0;
    for (int i = 0; i < shades; i++) {
      graphics.setColor(color(band.low() + (band.high() - band.low()) * (i + 0.5) / shades, band));
      graphics.fill(new Rectangle2D.Double(left + 1.6 * i, middle - 5, 1.6, 10));
    }
    graphics.setColor(PictureStyle.TEXT);
    graphics.setFont(SMALL);
    String low = figure(band.low());
    graphics.drawString(low, (float) left - 5 - graphics.getFontMetrics().stringWidth(low), middle + 5);
    graphics.drawString(figure(band.high()), (float) left + 1.6f * shades + 5, middle + 5);
  }

  private static String figure(double value) {
    String text = BigDecimal.valueOf(value).setScale(1, RoundingMode.HALF_UP).stripTrailingZeros().toPlainString();
    return text.replace('-', '\u2212');
  }

  private void axis(Graphics2D graphics, int bottom) {
    graphics.setColor(PictureStyle.TEXT);
    graphics.setFont(SMALL);
    for (int step = 1; step <= steps(); step++) {
      if (step == 1 || step % TICK_EVERY == 0) {
        String number = Integer.toString(step);
        double x = LEFT + (step - 0.5) * cellWidth() - graphics.getFontMetrics().stringWidth(number) / 2.0;
        graphics.drawString(number, (float) x, bottom + 18);
      }
    }
    graphics.setFont(FONT);
    double x = LEFT + (width - LEFT - RIGHT - graphics.getFontMetrics().stringWidth(map.xTitle())) / 2.0;
    graphics.drawString(map.xTitle(), (float) x, bottom + 40);
  }

  /** Between paper and full colour, by the share of the largest number. */
  static Color color(double value, Figure.Band band) {
    boolean signed = band.low() < 0;
    double share = signed ? value / band.high() : (value - band.low()) / (band.high() - band.low());
    Color full = share < 0 ? PictureStyle.VALIDATION : PictureStyle.FORECAST;
    double weight = Math.clamp(Math.abs(share), 0, 1);
    return new Color(
        mix(PAPER.getRed(), full.getRed(), weight), mix(PAPER.getGreen(), full.getGreen(), weight),
        mix(PAPER.getBlue(), full.getBlue(), weight));
  }

  private static int mix(int from, int to, double weight) {
    return (int) Math.round(from + (to - from) * weight);
  }
}
