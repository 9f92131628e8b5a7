package io.github.lstm4j.text;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.stream.IntStream;

/**
 * A text as tokens, cut in two: what is trained on, and the held-out end. The vocabulary is that of the training part.
 *
 * <p>The text is read once, as it comes; its tokens lie in a temporary file that is mapped, so a corpus may be larger
 * than memory. What has to fit is the list of its different symbols.
 */
public final class Corpus implements AutoCloseable {
  private final TokenFile file;
  private final Vocabulary vocabulary;
  private final TokenSequence training;
  private final TokenSequence heldOut;

  private Corpus(TokenFile file, Vocabulary vocabulary, TokenSequence all, long cut) {
    this.file = file;
    this.vocabulary = vocabulary;
    training = all.slice(0, cut);
    heldOut = all.slice(cut, all.size());
  }

  /**
   * Reads a corpus.
   *
   * @param text a file in UTF-8
   * @param options how
   * @return the corpus; close it
   * @throws IOException if the file can't be read, is not UTF-8 (the byte is named), or there is no room for its tokens
   *     in the folder of temporary files
   * @throws IllegalArgumentException if it is a folder, empty, has fewer than two different symbols, or none that comes
   *     often enough to get an entry of the vocabulary
   */
  public static Corpus read(Path text, CorpusOptions options) throws IOException {
    return read(text, options, Path.of(System.getProperty("java.io.tmpdir")));
  }

  static Corpus read(Path text, CorpusOptions options, Path folder) throws IOException {
    if (Files.isDirectory(text)) {
      throw new IllegalArgumentException(text + " is a folder; expected a text file");
    }
    try (Utf8Reader reader = new Utf8Reader(text)) {
      TokenFile file = new TokenFile(folder);
      try {
        return new Reading(text, options, file).read(reader);
      } catch (IOException | RuntimeException | Error e) {
        file.close();
        throw e;
      }
    }
  }

  /**
   * The symbols of the training part.
   *
   * @return its vocabulary
   */
  public Vocabulary vocabulary() {
    return vocabulary;
  }

  /**
   * What to train on.
   *
   * @return tokens, valid until the corpus is closed
   */
  public TokenSequence training() {
    return training;
  }

  /**
   * What was held out: the end of the text.
   *
   * @return tokens, valid until the corpus is closed
   */
  public TokenSequence heldOut() {
    return heldOut;
  }

  /** Deletes the temporary file; the parts can't be read any more. */
  @Override
  public void close() throws IOException {
    file.close();
  }

  /** One call of read. Symbols are numbered as they come; what their tokens are is known at the end. */
  private record Reading(Path text, CorpusOptions options, TokenFile file) {
    Corpus read(Utf8Reader reader) throws IOException {
      List<String> seen = append(reader);
      requireTwo(seen);
      MemorySegment tokens = file.map();
      long size = tokens.byteSize() / Integer.BYTES;
      long cut = (long) (size * (1 - options.heldOut()));
      Vocabulary vocabulary = vocabulary(seen, counts(tokens, cut, seen.size()), cut);
      int[] token = new int[seen.size()];
      for (int number = 0; number < token.length; number++) {
        token[number] = vocabulary.tokenOrUnknown(seen.get(number));
      }
      for (long i = 0; i < size; i++) {
        tokens.setAtIndex(ValueLayout.JAVA_INT, i, token[tokens.getAtIndex(ValueLayout.JAVA_INT, i)]);
      }
      return new Corpus(file, vocabulary, new TokenSequence(tokens.asReadOnly()), cut);
    }

    private void requireTwo(List<String> seen) {
      boolean words = options.level() == TextLevel.WORD;
      List<String> own = seen.stream().filter(symbol -> !words || !symbol.equals(Vocabulary.LINE_END)).toList();
      if (own.isEmpty()) {
        throw new IllegalArgumentException(
            text + " has no " + options.level().label() + "s; expected a text to learn from");
      }
      if (own.size() == 1) {
        throw new IllegalArgumentException(
            text + " has one " + options.level().label() + " only, " + Vocabulary.shown(own.getFirst())
                + ", again and again; expected two different ones or more");
      }
    }

    /** Writes the symbols' numbers; the result has the different ones in the order in which they came. */
    private List<String> append(Utf8Reader reader) throws IOException {
      SymbolReader symbols = new SymbolReader(options.level(), reader);
      Map<String, Integer> numbers = new HashMap<>();
      List<String> seen = new ArrayList<>();
      String last = "";
      for (String symbol = symbols.next(); symbol != null; symbol = symbols.next()) {
        append(symbol, numbers, seen);
        last = symbol;
      }
      // The last line ends as well, also where the file does not say so.
      if (options.level() == TextLevel.WORD && !last.isEmpty() && !last.equals(Vocabulary.LINE_END)) {
        append(Vocabulary.LINE_END, numbers, seen);
      }
      return seen;
    }

    private void append(String symbol, Map<String, Integer> numbers, List<String> seen) throws IOException {
      Integer number = numbers.putIfAbsent(symbol, seen.size());
      file.append(number == null ? seen.size() : number);
      if (number == null) {
        seen.add(symbol);
      }
    }

    private static long[] counts(MemorySegment tokens, long cut, int symbols) {
      long[] counts = new long[symbols];
      for (long i = 0; i < cut; i++) {
        counts[tokens.getAtIndex(ValueLayout.JAVA_INT, i)]++;
      }
      return counts;
    }

    private Vocabulary vocabulary(List<String> seen, long[] counts, long cut) {
      boolean words = options.level() == TextLevel.WORD;
      List<String> frequent =
          IntStream.range(0, counts.length)
              .boxed()
              .filter(number -> counts[number] >= options.minCount())
              .filter(number -> !words || !isReserved(seen.get(number)))
              .sorted(Comparator.comparingLong((Integer number) -> -counts[number]).thenComparing(seen::get))
              .limit(options.limit())
              .map(seen::get)
              .toList();
      if (frequent.isEmpty()) {
        throw new IllegalArgumentException(
            text + " has no " + options.level().label() + " that comes " + options.minCount() + " times or more among"
                + " the " + cut + " to train on; expected one, or a lower minimum count");
      }
      SequencedSet<String> entries = new LinkedHashSet<>();
      if (words) {
        entries.add(Vocabulary.UNKNOWN);
        entries.add(Vocabulary.LINE_END);
        entries.addAll(frequent);
      } else {
        frequent.stream().sorted(Comparator.comparingInt(symbol -> symbol.codePointAt(0))).forEach(entries::add);
        if (entries.size() < seen.size()) {
          entries.add(Vocabulary.UNKNOWN);
        }
      }
      return new Vocabulary(options.level(), List.copyOf(entries));
    }

    private static boolean isReserved(String symbol) {
      return symbol.equals(Vocabulary.UNKNOWN) || symbol.equals(Vocabulary.LINE_END);
    }
  }
}
