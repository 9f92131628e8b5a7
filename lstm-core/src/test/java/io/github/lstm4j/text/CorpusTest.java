package io.github.lstm4j.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.lstm4j.testing.Refusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NumericChars;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CorpusTest {
  @TempDir Path folder = Path.of("");

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("corpus.txt"), text);
  }

  private static String text(Corpus corpus, TokenSequence tokens) {
    return LongStream.range(0, tokens.size())
        .mapToObj(i -> corpus.vocabulary().symbol(tokens.get(i)))
        .collect(Collectors.joining(corpus.vocabulary().level() == TextLevel.WORD ? " " : ""));
  }

  @Test
  void charactersAreCutAndNumberedInTheirOrder() throws IOException {
    try (Corpus corpus = Corpus.read(file("hello, world\nhello!!"), CorpusOptions.CHARACTERS)) {
      assertEquals("hello, world\nhello", text(corpus, corpus.training()), "90 % of 20, rounded down");
      assertEquals(
          List.of("\n", " ", ",", "d", "e", "h", "l", "o", "r", "w", Vocabulary.UNKNOWN),
          corpus.vocabulary().symbols());
      assertEquals("<unk><unk>", text(corpus, corpus.heldOut()), "the training part has no '!'");
    }
  }

  @Test
  void noEntryForUnknownOnesWhereThereAreNone() throws IOException {
    try (Corpus corpus = Corpus.read(file("abababababababababab"), CorpusOptions.CHARACTERS)) {
      assertEquals(List.of("a", "b"), corpus.vocabulary().symbols());
      assertEquals(OptionalInt.empty(), corpus.vocabulary().unknown());
      Refusal.of(IllegalArgumentException.class, () -> corpus.vocabulary().encode("abc"), "the character 'c'",
          "2 symbols");
    }
  }

  @Test
  void rareCharactersAreUnknown() throws IOException {
    String text = "aaaaaabbbbcc" + "d".repeat(3);
    CorpusOptions options = CorpusOptions.CHARACTERS.withHeldOut(0.2);
    try (Corpus corpus = Corpus.read(file(text), options.withMinCount(3))) {
      assertEquals(List.of("a", "b", "<unk>"), corpus.vocabulary().symbols(), "what is held out is not counted");
    }
    try (Corpus corpus = Corpus.read(file(text), options.withLimit(1))) {
      assertEquals(List.of("a", "<unk>"), corpus.vocabulary().symbols());
      assertEquals("aaaaaa<unk><unk><unk><unk><unk><unk>", text(corpus, corpus.training()));
    }
  }

  @Test
  void wordsPunctuationAndLineEnds() throws IOException {
    String text = "However, Cliff's well-fed dog\r\n(aged 3) <unk> barks - <un 'tis\n\nthe end\u2019s \u00e9tude"
        + " e\u0301tude";
    try (Corpus corpus = Corpus.read(file(text), CorpusOptions.WORDS.withMinCount(1).withHeldOut(0.01))) {
      assertEquals(
          "However , Cliff's well-fed dog <eos> ( aged 3 ) <unk> barks - < un ' tis <eos> <eos>"
              + " the end\u2019s \u00e9tude e\u0301tude",
          text(corpus, corpus.training()));
      assertEquals("<eos>", text(corpus, corpus.heldOut()), "the last line ends too");
      assertEquals(List.of("<unk>", "<eos>"), corpus.vocabulary().symbols().subList(0, 2));
    }
  }

  @Test
  void wordsAreThoseOfTheTrainingPartTheMostFrequentFirst() throws IOException {
    String text = "b a a c c c d e e\nnew new new";
    CorpusOptions options = CorpusOptions.WORDS.withHeldOut(0.3).withMinCount(2);
    try (Corpus corpus = Corpus.read(file(text), options)) {
      assertEquals("<unk> a a c c c <unk> e e", text(corpus, corpus.training()), "9 of 14 tokens");
      assertEquals("<eos> <unk> <unk> <unk> <eos>", text(corpus, corpus.heldOut()));
      assertEquals(List.of("<unk>", "<eos>", "c", "a", "e"), corpus.vocabulary().symbols());
    }
    try (Corpus corpus = Corpus.read(file(text), options.withLimit(2))) {
      assertEquals(List.of("<unk>", "<eos>", "c", "a"), corpus.vocabulary().symbols());
    }
  }

  /** Characters of one to four bytes, so that some lie across the ends of the reader's buffer of 64 KiB. */
  @ParameterizedTest
  @CsvSource({"0", "1", "2", "3"})
  void filesLargerThanABuffer(int shift) throws IOException {
    String text = "x".repeat(shift) + "a\u00e9\u20ac\ud83d\ude00".repeat(40_000);
    try (Corpus corpus = Corpus.read(file(text), CorpusOptions.CHARACTERS.withHeldOut(0.5))) {
      assertEquals(160_000 + shift, corpus.training().size() + corpus.heldOut().size());
      assertEquals(text, text(corpus, corpus.training()) + text(corpus, corpus.heldOut()));
    }
  }

  @Test
  void aWordWithoutEndIsCut() throws IOException {
    try (Corpus corpus = Corpus.read(file("a".repeat(2_500) + " b b"), CorpusOptions.WORDS.withMinCount(1))) {
      assertEquals(6, corpus.training().size() + corpus.heldOut().size(), "1000, 1000, 500, b, b and the line end");
    }
  }

  @Test
  void lineEndsAreOneAndTheByteOrderMarkIsNone() throws IOException {
    try (Corpus corpus = Corpus.read(file("\ufeffa\r\nb\rc\n\r\n\ufeff"), CorpusOptions.CHARACTERS.withHeldOut(0.01))) {
      assertEquals("a\nb\nc\n\n", text(corpus, corpus.training()));
    }
  }

  static Stream<Arguments> malformed() {
    return Stream.of(
        arguments("61 62 ff 63", "byte 2 (0xff"),
        arguments("61 80", "byte 1 (0x80"),
        arguments("c0 80", "byte 0 (0xc0"),
        arguments("61 c3", "byte 1 (0xc3"),
        arguments("61 c3 61", "byte 1 (0xc3"),
        arguments("e0 80 80", "byte 0 (0xe0"),
        arguments("61 62 63 ed a0 80", "byte 3 (0xed"),
        arguments("f0 8f bf bf", "byte 0 (0xf0"),
        arguments("f4 90 80 80", "byte 0 (0xf4"),
        arguments("f0 9f 98", "byte 0 (0xf0"),
        arguments("f5 80 80 80", "byte 0 (0xf5"));
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void whatIsNotUtf8IsNamedByItsByte(String bytes, String message) throws IOException {
    Path file = folder.resolve("bytes");
    Files.write(file, HexFormat.ofDelimiter(" ").parseHex(bytes));
    Refusal.of(IOException.class, () -> Corpus.read(file, CorpusOptions.CHARACTERS), file.toString(), message, "UTF-8");
  }

  @Test
  void theByteIsNamedBeyondTheFirstBufferToo() throws IOException {
    byte[] bytes = "abcdefg\n".repeat(20_000).getBytes(StandardCharsets.UTF_8);
    bytes[150_001] = (byte) 0xfe;
    Path file = Files.write(folder.resolve("bytes"), bytes);
    Refusal.of(IOException.class, () -> Corpus.read(file, CorpusOptions.WORDS), "byte 150001 (0xfe");
  }

  @Property(tries = 100)
  void whatTheJdkEncodesIsReadBack(@ForAll @NumericChars String digits, @ForAll String any) throws IOException {
    String text = digits + any.replaceAll("[\\p{Cs}\\r\\ufeff]", "") + "ab";
    Path file = Files.createTempFile("corpus", ".txt");
    try {
      Files.writeString(file, text);
      try (Corpus corpus = Corpus.read(file, CorpusOptions.CHARACTERS.withHeldOut(1e-9))) {
        assertEquals(text, text(corpus, corpus.training()) + text(corpus, corpus.heldOut()).replace("<unk>", "b"));
      }
    } finally {
      Files.delete(file);
    }
  }

  @Test
  void whatIsNoCorpusIsRefused() throws IOException {
    Refusal.of(IllegalArgumentException.class, () -> Corpus.read(folder, CorpusOptions.WORDS), "is a folder");
    assertThrows(
        NoSuchFileException.class, () -> Corpus.read(folder.resolve("nowhere"), CorpusOptions.CHARACTERS).close());
    Path empty = file("");
    Refusal.of(IllegalArgumentException.class, () -> Corpus.read(empty, CorpusOptions.CHARACTERS), "has no characters");
    Path one = file("aaaa");
    Refusal.of(
        IllegalArgumentException.class, () -> Corpus.read(one, CorpusOptions.CHARACTERS), "one character only, 'a'");
    Refusal.of(IllegalArgumentException.class, () -> Corpus.read(one, CorpusOptions.WORDS), "one word only, 'aaaa'");
  }

  @Test
  void nothingIsLeftBehind() throws IOException {
    Path temporary = Files.createDirectory(folder.resolve("temporary"));
    Corpus corpus = Corpus.read(file("some text"), CorpusOptions.CHARACTERS, temporary);
    TokenSequence tokens = corpus.training();
    corpus.close();
    Refusal.of(IllegalStateException.class, () -> tokens.get(0));
    Path bad = Files.write(folder.resolve("bad"), new byte[] {'a', (byte) 0xff});
    Refusal.of(IOException.class, () -> Corpus.read(bad, CorpusOptions.CHARACTERS, temporary));
    try (Stream<Path> files = Files.list(temporary)) {
      assertEquals(List.of(), files.toList());
    }
  }

  @Test
  void optionsAreChecked() {
    for (double share : new double[] {0, 1, -1, Double.NaN}) {
      Refusal.of(IllegalArgumentException.class, () -> CorpusOptions.WORDS.withHeldOut(share),
          "held-out share is " + share);
    }
    Refusal.of(IllegalArgumentException.class, () -> CorpusOptions.WORDS.withLimit(0), "limit of 0");
    Refusal.of(IllegalArgumentException.class, () -> CorpusOptions.WORDS.withMinCount(0), "minimum count of 0");
  }
}
