package io.github.lstm4j.cli.classify;

import io.github.lstm4j.memory.Tensor;
import io.github.lstm4j.text.TextLevel;
import io.github.lstm4j.text.Vocabulary;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The characters of a training text as numbers from 1; 0 stands for every other one. */
final class SymbolTable {
  /** A character seen once only is read as unknown: so the network learns what to make of unknown ones. */
  private static final int LEAST_COUNT = 2;

  private final Vocabulary vocabulary;

  private SymbolTable(List<String> characters) {
    List<String> symbols = new ArrayList<>(List.of(Vocabulary.UNKNOWN));
    symbols.addAll(characters);
    vocabulary = new Vocabulary(TextLevel.CHARACTER, symbols);
  }

  /** The characters that occur in texts at least twice, by Unicode code point. */
  static SymbolTable of(List<String> texts) {
    Map<Integer, Integer> counts = new TreeMap<>();
    texts.forEach(text -> text.codePoints().forEach(symbol -> counts.merge(symbol, 1, Integer::sum)));
    return new SymbolTable(
        counts.entrySet().stream()
            .filter(entry -> entry.getValue() >= LEAST_COUNT)
            .map(entry -> Character.toString(entry.getKey()))
            .toList());
  }

  /**
   * The table that {@link #text()} wrote.
   *
   * @throws IllegalArgumentException if a character comes twice
   */
  static SymbolTable parse(String text) {
    return new SymbolTable(text.codePoints().mapToObj(Character::toString).toList());
  }

  /** All characters, in the order of their numbers. */
  String text() {
    return String.join("", vocabulary.symbols().subList(1, vocabulary.size()));
  }

  /** Rows of an embedding: the characters and the unknown one. */
  int size() {
    return vocabulary.size();
  }

  /** The first character that is not in the table. */
  Optional<String> unknownIn(String text) {
    return vocabulary.unknownIn(text).stream().findFirst();
  }

  /** The first {@code most} characters as numbers [length, 1]. */
  Tensor numbers(String text, int most) {
    int[] tokens = vocabulary.encode(text);
    Tensor ids = Tensor.zeros(Math.min(most, tokens.length), 1);
    for (int i = 0; i < ids.size(0); i++) {
      ids.data()[i] = tokens[i];
    }
    return ids;
  }
}
