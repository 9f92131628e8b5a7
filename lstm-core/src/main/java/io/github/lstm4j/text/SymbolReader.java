package io.github.lstm4j.text;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Cuts code points into the symbols of a level. */
final class SymbolReader {
  /** A longer run of letters is cut: text without white space must not fill the heap. In code points. */
  private static final int LONGEST_WORD = 1_000;

  /** No string is made for the symbols that come most. */
  private static final String[] ASCII = new String[0x80];

  static {
    for (int point = 0; point < ASCII.length; point++) {
      ASCII[point] = Character.toString(point);
    }
  }

  private final TextLevel level;
  private final CodePoints source;
  private final Deque<Integer> pushedBack = new ArrayDeque<>();

  SymbolReader(TextLevel level, CodePoints source) {
    this.level = level;
    this.source = source;
  }

  /** The next symbol; null after the last. */
  @Nullable String next() throws IOException {
    int point = read();
    if (level == TextLevel.CHARACTER) {
      return point == CodePoints.END ? null : symbol(point);
    }
    while (point != '\n' && isSpace(point)) {
      point = read();
    }
    if (point == CodePoints.END) {
      return null;
    }
    if (point == '\n') {
      return Vocabulary.LINE_END;
    }
    return isPartOfWord(point) ? word(point) : point == '<' ? bracket() : symbol(point);
  }

  private static String symbol(int point) {
    return point < ASCII.length ? ASCII[point] : Character.toString(point);
  }

  private int read() throws IOException {
    return pushedBack.isEmpty() ? source.next() : pushedBack.pop();
  }

  private static boolean isSpace(int point) {
    return point != CodePoints.END && (Character.isWhitespace(point) || Character.isSpaceChar(point));
  }

  private static boolean isPartOfWord(int point) {
    if (point == CodePoints.END) {
      return false;
    }
    return switch (Character.getType(point)) {
      case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK -> true;
      default -> point == '_' || Character.isLetterOrDigit(point);
    };
  }

  private static boolean joinsParts(int point) {
    return point == '\'' || point == '-' || point == '\u2019'; // the last is the typographic apostrophe
  }

  private String word(int first) throws IOException {
    StringBuilder word = new StringBuilder();
    int length = 0;
    int point = first;
    while (length < LONGEST_WORD) {
      if (isPartOfWord(point)) {
        word.appendCodePoint(point);
      } else if (joinsParts(point)) {
        int after = read();
        pushedBack.push(after);
        if (!isPartOfWord(after)) {
          break;
        }
        word.appendCodePoint(point);
      } else {
        break;
      }
      length++;
      point = read();
    }
    pushedBack.push(point);
    return word.toString();
  }

  /** What begins with a bracket: corpora that others prepared have {@code <unk>} in place of rare words. */
  private String bracket() throws IOException {
    for (int i = 1; i < Vocabulary.UNKNOWN.length(); i++) {
      int point = read();
      if (point != Vocabulary.UNKNOWN.charAt(i)) {
        pushedBack.push(point);
        for (int j = i - 1; j > 0; j--) {
          pushedBack.push((int) Vocabulary.UNKNOWN.charAt(j));
        }
        return "<";
      }
    }
    return Vocabulary.UNKNOWN;
  }
}
