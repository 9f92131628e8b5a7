package io.github.lstm4j.io;

/** Text from a file, made fit for a message: a hostile name must neither flood a terminal nor steer it. */
final class Printable {
  /** Longer than any path or tensor name of a real model, shorter than a screen, in characters. */
  private static final int LONGEST = 400;

  private Printable() {}

  /** The text in quotation marks. */
  static String quoted(String text) {
    return "'" + of(text) + "'";
  }

  /** The text with control characters, direction marks and lone surrogates escaped, cut at {@link #LONGEST}. */
  static String of(String text) {
    StringBuilder clean = new StringBuilder();
    int i = 0;
    while (i < text.length()) {
      if (clean.length() >= LONGEST) {
        return clean.append("… (").append(text.length()).append(" characters)").toString();
      }
      int point = text.codePointAt(i);
      i += Character.charCount(point);
      if (isSafe(point)) {
        clean.appendCodePoint(point);
      } else {
        clean.append(String.format("\\u%04x", point));
      }
    }
    return clean.toString();
  }

  private static boolean isSafe(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR, Character.UNASSIGNED -> false;
      default -> true;
    };
  }
}
