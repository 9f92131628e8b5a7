package io.github.lstm4j.text;

/** What the symbols of a text are. */
public enum TextLevel {
  /** Each Unicode code point is a symbol; a line end of any kind is {@code \n}. */
  CHARACTER("character"),

  /**
   * Words and punctuation marks are symbols, and each line end is {@link Vocabulary#LINE_END}. A word is a run of
   * letters, digits and underscores, with single apostrophes and hyphens inside; anything else that is no white space
   * is a symbol of one code point, but for a literal {@link Vocabulary#UNKNOWN}.
   */
  WORD("word");

  private final String label;

  TextLevel(String label) {
    this.label = label;
  }

  /**
   * What a symbol is called, in messages and files.
   *
   * @return {@code character} or {@code word}
   */
  public String label() {
    return label;
  }

  /** The symbol of a line end. */
  String lineEnd() {
    return this == CHARACTER ? "\n" : Vocabulary.LINE_END;
  }
}
