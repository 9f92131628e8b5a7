package io.github.lstm4j.cli.classify;

import io.github.lstm4j.memory.Tensor;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/** The characters of a training text, by Unicode code point, as numbers from 1; 0 stands for every other one. */
final class SymbolTable {
  static final int UNKNOWN = 0;

  /** A character seen once only is read as unknown: so the network learns what to make of unknown ones. */
  private static final int LEAST_COUNT = 2;

  private final Map<Integer, Integer> numbers = new TreeMap<>();

  private SymbolTable() {}

  /** The characters that occur in texts at least twice, in ascending order. */
  static SymbolTable of(List<String> texts) {
    Map<Integer, Integer> counts = new TreeMap<>();
    texts.forEach(text -> text.codePoints().forEach(symbol -> counts.merge(symbol, 1, Integer::sum)));
    SymbolTable table = new SymbolTable();
    counts.forEach((symbol, count) -> {
      if (count >= LEAST_COUNT) {
        table.numbers.put(symbol, table.numbers.size() + 1);
      }
    });
    return table;
  }

  /** The table that {@link #text()} wrote. */
  static SymbolTable parse(String text) {
    SymbolTable table = new SymbolTable();
    text.codePoints().forEach(symbol -> table.numbers.put(symbol, table.numbers.size() + 1));
    return table;
  }

  /** All characters, in the order of their numbers. */
  String text() {
    StringBuilder text = new StringBuilder();
    numbers.keySet().forEach(text::appendCodePoint);
    return text.toString();
  }

  /** Rows of an embedding: the characters and the unknown one. */
  int size() {
    return numbers.size() + 1;
  }

  /** The first character that is not in the table. */
  OptionalInt unknownIn(String text) {
    return text.codePoints().filter(symbol -> !numbers.containsKey(symbol)).findFirst();
  }

  /** The first {@code most} characters as numbers [length, 1]. */
  Tensor numbers(String text, int most) {
    int[] symbols = text.codePoints().limit(most).toArray();
    Tensor ids = Tensor.zeros(symbols.length, 1);
    for (int i = 0; i < symbols.length; i++) {
      ids.data()[i] = numbers.getOrDefault(symbols[i], UNKNOWN);
    }
    return ids;
  }
}
