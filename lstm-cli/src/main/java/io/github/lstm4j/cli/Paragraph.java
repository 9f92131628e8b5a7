package io.github.lstm4j.cli;

import java.util.ArrayList;
import java.util.List;

/** Prose for a terminal: lines that end between words. */
public final class Paragraph {
  private Paragraph() {}

  /**
   * The lines of a text.
   *
   * @param text words with single spaces between them
   * @param width the most characters of a line; a longer word stays whole
   * @return the lines
   */
  public static List<String> lines(String text, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ", -1)) {
      if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }
}
