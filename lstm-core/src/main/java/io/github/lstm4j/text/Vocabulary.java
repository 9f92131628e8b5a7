package io.github.lstm4j.text;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;

/**
 * The symbols that a network knows, each with its token: its index in the order of the vocabulary. Immutable.
 *
 * <p>Characters are in the order of their code points, words by how often they come. {@link #UNKNOWN} stands for every
 * symbol that is not in a vocabulary; one of words always has it, one of characters where the corpus needs it.
 */
public final class Vocabulary {
  /** The entry for all symbols that have none of their own. */
  public static final String UNKNOWN = "<unk>";

  /** The word that stands for the end of a line. */
  public static final String LINE_END = "<eos>";

  private final TextLevel level;
  private final List<String> symbols;
  private final Map<String, Integer> tokens;

  /**
   * A vocabulary.
   *
   * @param level what its symbols are
   * @param symbols each once, in the order of their tokens
   * @throws IllegalArgumentException if there is none, one comes twice, or an entry is no symbol of the level
   */
  public Vocabulary(TextLevel level, List<String> symbols) {
    this.level = level;
    this.symbols = List.copyOf(symbols);
    Map<String, Integer> made = HashMap.newHashMap(symbols.size());
    for (String symbol : this.symbols) {
      if (made.put(symbol, made.size()) != null) {
        throw new IllegalArgumentException("the vocabulary has " + shown(symbol) + " twice; expected each symbol once");
      }
      boolean one = symbol.codePointCount(0, symbol.length()) == 1;
      if (symbol.isEmpty() || (level == TextLevel.CHARACTER && !one && !symbol.equals(UNKNOWN))) {
        throw new IllegalArgumentException(
            "the vocabulary's entry " + made.size() + " is " + shown(symbol) + "; expected one " + level.label());
      }
    }
    if (symbols.isEmpty()) {
      throw new IllegalArgumentException("the vocabulary is empty; expected a symbol or more");
    }
    tokens = Collections.unmodifiableMap(made);
  }

  /**
   * What the symbols are.
   *
   * @return characters or words
   */
  public TextLevel level() {
    return level;
  }

  /**
   * The number of symbols.
   *
   * @return symbols, {@link #UNKNOWN} included where it is there
   */
  public int size() {
    return symbols.size();
  }

  /**
   * The symbols.
   *
   * @return in the order of their tokens, unmodifiable
   */
  public List<String> symbols() {
    return symbols;
  }

  /**
   * A symbol.
   *
   * @param token 0 to size − 1
   * @return its symbol
   */
  public String symbol(int token) {
    return symbols.get(token);
  }

  /**
   * A symbol's token.
   *
   * @param symbol any text
   * @return its token, empty where the vocabulary does not have it
   */
  public OptionalInt token(String symbol) {
    Integer token = tokens.get(symbol);
    return token == null ? OptionalInt.empty() : OptionalInt.of(token);
  }

  /**
   * The token of unknown symbols.
   *
   * @return empty where there is none
   */
  public OptionalInt unknown() {
    return token(UNKNOWN);
  }

  /**
   * The token of a line end.
   *
   * @return empty where the corpus had no line ends
   */
  public OptionalInt lineEnd() {
    return token(level.lineEnd());
  }

  /**
   * The symbols of a text, known or not.
   *
   * @param text any text
   * @return its symbols in order
   */
  public List<String> split(String text) {
    SymbolReader reader = new SymbolReader(level, CodePoints.of(text));
    List<String> split = new ArrayList<>();
    try {
      for (String symbol = reader.next(); symbol != null; symbol = reader.next()) {
        split.add(symbol);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a string never fails
    }
    return split;
  }

  /**
   * The symbols of a text that are not in this vocabulary.
   *
   * @param text any text
   * @return each once, in the order in which they come
   */
  public List<String> unknownIn(String text) {
    return split(text).stream().filter(symbol -> !tokens.containsKey(symbol)).distinct().toList();
  }

  /**
   * A text as tokens.
   *
   * @param text any text
   * @return one token for each symbol, {@link #unknown()} for those that are not in the vocabulary
   * @throws IllegalArgumentException if a symbol is not in the vocabulary, and neither is {@link #UNKNOWN}
   */
  public int[] encode(String text) {
    return split(text).stream().mapToInt(this::tokenOrUnknown).toArray();
  }

  int tokenOrUnknown(String symbol) {
    return token(symbol)
        .orElseGet(
            () -> unknown()
                .orElseThrow(
                    () -> new IllegalArgumentException(
                        "the " + level.label() + " " + shown(symbol) + " is not in the vocabulary of " + size()
                            + " symbols, which has no entry for unknown ones")));
  }

  /**
   * A symbol for a person: in quotes, what can't be seen by its name or number.
   *
   * @param symbol any text
   * @return such as {@code 'a'}, {@code ' '}, {@code '\n'} or {@code U+0007}
   */
  public static String shown(String symbol) {
    if (symbol.equals("\n") || symbol.equals(LINE_END)) {
      return symbol.equals("\n") ? "'\\n'" : LINE_END;
    }
    if (symbol.codePointCount(0, symbol.length()) == 1 && !isVisible(symbol.codePointAt(0))) {
      return String.format(Locale.ROOT, "U+%04X", symbol.codePointAt(0));
    }
    StringBuilder text = new StringBuilder("'");
    symbol.codePoints().forEach(point -> text.appendCodePoint(isVisible(point) ? point : '?'));
    return text.append('\'').toString();
  }

  private static boolean isVisible(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.UNASSIGNED, Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR -> false;
      default -> point == ' ' || !Character.isSpaceChar(point);
    };
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Vocabulary that && that.level == level && that.symbols.equals(symbols);
  }

  @Override
  public int hashCode() {
    return symbols.hashCode();
  }

  @Override
  public String toString() {
    return "Vocabulary(" + level.label() + "s, " + size() + ")";
  }
}
