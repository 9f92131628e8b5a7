package io.github.lstm4j.text;

/** Puts symbols together to a text as they come: the spaces between words are not among them. */
public final class TextJoiner {
  private static final String NO_SPACE_BEFORE = ".,;:!?)]}%…»”";
  private static final String NO_SPACE_AFTER = "([{«“#$";

  private final TextLevel level;
  private boolean spaced; // whether a word that comes next stands apart

  /**
   * The start of a text.
   *
   * @param level what its symbols are
   */
  public TextJoiner(TextLevel level) {
    this.level = level;
  }

  /**
   * What a symbol adds to the text.
   *
   * @param symbol the next one
   * @return it, with a space before it where one belongs
   */
  public String next(String symbol) {
    if (level == TextLevel.CHARACTER) {
      return symbol;
    }
    if (symbol.equals(Vocabulary.LINE_END)) {
      spaced = false;
      return "\n";
    }
    boolean space = spaced && !NO_SPACE_BEFORE.contains(symbol);
    spaced = !NO_SPACE_AFTER.contains(symbol);
    return space ? " " + symbol : symbol;
  }
}
