package io.github.lstm4j.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The end of a forecast drawn with plain ASCII characters, one column of the terminal for each point. */
final class TerminalChart {
  private static final int MOST_POINTS = 100;
  private static final int LEAST_POINTS = 10;
  private static final int HEIGHT = 14;
  private static final int LABEL_WIDTH = 9;

  private TerminalChart() {}

  /**
   * Draws the last points, about a hundred where the terminal is wide enough.
   *
   * @param result what to draw
   * @param width the terminal's width in characters
   * @return the lines
   */
  static List<String> draw(ForecastResult result, int width) {
    int last = result.predicted().length;
    double[] actual = Arrays.copyOfRange(result.values(), result.testStart(), result.values().length);
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    int margin = 12;
    int points = Math.min(last, Math.min(MOST_POINTS, Math.max(LEAST_POINTS, width - margin)));
    int from = last - points;
    for (int i = from; i < last; i++) {
      for (double value : new double[] {actual[i], result.predicted()[i], result.lower()[i], result.upper()[i]}) {
        low = Double.isFinite(value) ? Math.min(low, value) : low;
        high = Double.isFinite(value) ? Math.max(high, value) : high;
      }
    }
    if (low > high) {
      return List.of("(nothing to draw: no finite value in the last " + points + " points)");
    }
    char[][] cells = new char[HEIGHT][points];
    for (char[] row : cells) {
      Arrays.fill(row, ' ');
    }
    for (int i = 0; i < points; i++) {
      int top = row(result.upper()[from + i], low, high);
      int bottom = row(result.lower()[from + i], low, high);
      for (int r = Math.max(0, top); r <= bottom; r++) {
        cells[r][i] = '.';
      }
      mark(cells, row(result.predicted()[from + i], low, high), i, '-');
      mark(cells, row(actual[from + i], low, high), i, 'o');
    }
    return lines(result, cells, low, high, from);
  }

  /** The row of a value, counted from the top; -1 for a missing one. */
  private static int row(double value, double low, double high) {
    if (!Double.isFinite(value)) {
      return -1;
    }
    double share = high > low ? (value - low) / (high - low) : 0.5;
    return (int) Math.round((1 - share) * (HEIGHT - 1));
  }

  private static void mark(char[][] cells, int row, int column, char mark) {
    if (row >= 0) {
      cells[row][column] = mark == 'o' && cells[row][column] == '-' ? '*' : mark;
    }
  }

  /** A value on the axis, to a tenth of a row's height or a little better, if there is room for it. */
  private static String label(double value, double range) {
    double step = range > 0 ? range / (HEIGHT - 1) : Math.abs(value) / HEIGHT;
    int decimals = step > 0 ? (int) Math.max(0, 1 - Math.floor(Math.log10(step))) : 0;
    int room = LABEL_WIDTH - String.format(Locale.ROOT, "%.0f", value).length() - 1;
    if (decimals > LABEL_WIDTH - 2 || room < -1) {
      return String.format(Locale.ROOT, "%.1e", value);
    }
    String text = String.format(Locale.ROOT, "%." + Math.clamp(room, 0, decimals) + "f", value);
    return text.replaceFirst("^-(?=[0.]*$)", ""); // what rounds to 0 has no sign
  }

  private static List<String> lines(ForecastResult result, char[][] cells, double low, double high, int from) {
    List<String> lines = new ArrayList<>();
    int points = cells[0].length;
    for (int r = 0; r < HEIGHT; r++) {
      boolean labelled = r == 0 || r == HEIGHT - 1 || r == HEIGHT / 2;
      double share = r / (HEIGHT - 1.0);
      double value = (1 - share) * high + share * low; // exact at both ends
      String axis = labelled ? String.format("%9s |", label(value, high - low)) : " ".repeat(10) + "|";
      lines.add((axis + new String(cells[r])).stripTrailing());
    }
    lines.add(" ".repeat(10) + "+" + "-".repeat(points));
    String first = result.labels().get(result.testStart() + from);
    String last = result.labels().getLast();
    int gap = Math.max(2, points - first.length() - last.length());
    lines.add(" ".repeat(11) + first + " ".repeat(gap) + last);
    lines.add(
        " ".repeat(11) + "o actual   - forecast   * both   . " + result.levelPercent() + " % interval");
    return lines;
  }
}
