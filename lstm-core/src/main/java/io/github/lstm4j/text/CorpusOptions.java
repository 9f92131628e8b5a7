package io.github.lstm4j.text;

/**
 * How a corpus is read.
 *
 * @param level what its symbols are
 * @param heldOut the share at its end that is not trained on, above 0 and below 1
 * @param minCount how often a symbol must come in the training part to get an entry of the vocabulary, 1 or more
 * @param limit the most symbols that get one, the most frequent first; {@link Vocabulary#UNKNOWN} and
 *     {@link Vocabulary#LINE_END} come besides
 */
public record CorpusOptions(TextLevel level, double heldOut, int minCount, int limit) {
  /** No limit. */
  public static final int NO_LIMIT = Integer.MAX_VALUE;

  /** Characters: the last tenth held out, every character that the training part has. */
  public static final CorpusOptions CHARACTERS = new CorpusOptions(TextLevel.CHARACTER, 0.1, 1, NO_LIMIT);

  /** Words: the last tenth held out, at most 10,000 words that come twice or more. */
  public static final CorpusOptions WORDS = new CorpusOptions(TextLevel.WORD, 0.1, 2, 10_000);

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public CorpusOptions {
    if (!(heldOut > 0 && heldOut < 1)) {
      throw new IllegalArgumentException(
          "the held-out share is " + heldOut + "; expected a number above 0 and below 1");
    }
    if (minCount < 1 || limit < 1) {
      throw new IllegalArgumentException(
          "a minimum count of " + minCount + " and a limit of " + limit + " symbols; expected 1 or more of each");
    }
  }

  /**
   * The same with another share held out.
   *
   * @param value above 0 and below 1
   * @return new options
   */
  public CorpusOptions withHeldOut(double value) {
    return new CorpusOptions(level, value, minCount, limit);
  }

  /**
   * The same with another minimum count.
   *
   * @param value 1 or more
   * @return new options
   */
  public CorpusOptions withMinCount(int value) {
    return new CorpusOptions(level, heldOut, value, limit);
  }

  /**
   * The same with another limit of the vocabulary.
   *
   * @param value 1 or more, or {@link #NO_LIMIT}
   * @return new options
   */
  public CorpusOptions withLimit(int value) {
    return new CorpusOptions(level, heldOut, minCount, value);
  }
}
