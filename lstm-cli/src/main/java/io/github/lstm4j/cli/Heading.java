package io.github.lstm4j.cli;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.List;

/**
 * The line above a chart: its title at the left, and at the right what its colours mean.
 *
 * @param title may be empty
 * @param entries from left to right
 * @param baseline of the text, in pixels below the chart's top
 */
record Heading(String title, List<Entry> entries, int baseline) {
  private static final Font FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 15);
  private static final Font TITLE_FONT = new Font(Font.SANS_SERIF, Font.BOLD, 20);
  private static final int MARGIN = 16;
  private static final int GAP = 26;
  private static final int KEY_WIDTH = 28;
  private static final int KEY_GAP = 8;
  /** Above the baseline, in pixels: half the height of a small letter. */
  private static final int MIDDLE = 5;

  /** How a colour is used in the chart. */
  enum Kind {
    LINE,
    BAND,
    POINT
  }

  /** One colour and its meaning. */
  record Entry(Kind kind, String name, Color color) {}

  Heading {
    entries = List.copyOf(entries);
  }

  /** Draws the line into a chart of a width in pixels. */
  void paint(Graphics2D graphics, int width) {
    graphics.setColor(PictureStyle.TEXT);
    if (!title.isEmpty()) {
      graphics.setFont(TITLE_FONT);
      graphics.drawString(title, MARGIN, baseline);
    }
    graphics.setFont(FONT);
    FontMetrics metrics = graphics.getFontMetrics();
    float x = width - MARGIN;
    for (Entry entry : entries.reversed()) {
      x -= metrics.stringWidth(entry.name());
      graphics.setColor(PictureStyle.TEXT);
      graphics.drawString(entry.name(), x, baseline);
      x -= KEY_GAP + KEY_WIDTH;
      key(graphics, entry, x, baseline - MIDDLE);
      x -= GAP;
    }
  }

  private static void key(Graphics2D graphics, Entry entry, double x, double y) {
    graphics.setColor(entry.color());
    switch (entry.kind()) {
      case LINE -> {
        graphics.setStroke(new BasicStroke(2.6f));
        graphics.draw(new Line2D.Double(x, y, x + KEY_WIDTH, y));
      }
      case BAND -> graphics.fill(new Rectangle2D.Double(x, y - 7, KEY_WIDTH, 14));
      case POINT -> graphics.fill(new Ellipse2D.Double(x + KEY_WIDTH - 10, y - 5, 10, 10));
    }
  }
}
