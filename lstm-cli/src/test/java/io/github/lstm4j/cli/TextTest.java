package io.github.lstm4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.lstm4j.model.SequenceModel;
import io.github.lstm4j.text.TextModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Text from a file to a model, and from a model to text, with small networks. */
class TextTest {
  private static final String SENTENCE = "the dog named Cliff barks at the cat.\n";
  private static final Pattern LOSS = Pattern.compile("Held-out loss (\\d+\\.\\d+) nats per (character|word): ");

  @TempDir Path folder = Path.of("");

  private Path corpus() throws IOException {
    return Files.writeString(folder.resolve("corpus.txt"), SENTENCE.repeat(120));
  }

  private Program train(Path corpus, String... more) {
    List<String> args = new ArrayList<>(List.of("text", "train", "--corpus", corpus.toString()));
    args.addAll(Arrays.asList(more));
    Map<String, String> small =
        Map.of(
            "--hidden", "16", "--embedding", "8", "--layers", "1", "--batch", "4", "--steps", "20", "--updates", "60",
            "--lr", "0.02", "--out", out().toString());
    small.forEach(
        (option, value) -> {
          if (!args.contains(option)) {
            args.addAll(List.of(option, value));
          }
        });
    return Program.run(args.toArray(String[]::new));
  }

  private Path out() {
    return folder.resolve("out");
  }

  private Program with(String command, String... more) {
    List<String> args =
        new ArrayList<>(List.of("text", command, "--model", out().resolve("model.safetensors").toString()));
    args.addAll(Arrays.asList(more));
    return Program.run(args.toArray(String[]::new));
  }

  private static double loss(Program run) {
    Matcher loss = LOSS.matcher(run.out());
    assertTrue(loss.find(), run.out());
    return Double.parseDouble(loss.group(1));
  }

  /** The characters of the sentence know each other well: no frequencies alone come below their entropy. */
  private static double unigramEntropy() {
    double entropy = 0;
    for (int point : SENTENCE.chars().distinct().toArray()) {
      double p = SENTENCE.chars().filter(c -> c == point).count() / (double) SENTENCE.length();
      entropy -= p * Math.log(p);
    }
    return entropy;
  }

  @Test
  void charactersAreLearnedWrittenAndCompleted() throws IOException {
    Program run = train(corpus());
    assertEquals(0, run.code(), run.err());
    assertTrue(
        run.out().contains("corpus.txt: 4,104 characters to train on, 21 different ones known, the last 456 held out"),
        run.out());
    assertTrue(loss(run) < unigramEntropy() / 2, "the sentence again and again: " + run.out());
    assertTrue(run.out().contains(" bits, perplexity "), run.out());
    assertEquals(20, run.err().lines().count(), run.err());
    assertTrue(run.err().contains("update 60 of 60: loss "), run.err());
    List<String> csv = Files.readAllLines(out().resolve("loss.csv"));
    assertEquals(61, csv.size());
    assertEquals("update,training,held_out", csv.getFirst());
    assertTrue(csv.getLast().matches("60,\\d.*,\\d.*"), csv.getLast());
    assertTrue(csv.get(1).endsWith(","), csv.get(1));
    assertEquals(Fonts.whyMissing().isEmpty(), Files.exists(out().resolve("loss.png")));

    Program text = with("generate", "--prime", "the dog", "--length", "50", "--temperature", "1", "--seed", "3");
    assertEquals(0, text.code(), text.err());
    assertTrue(text.out().startsWith("the dog"), text.out());
    assertEquals("the dog".length() + 50 + System.lineSeparator().length(), text.out().length());
    assertEquals(text, with("generate", "--prime", "the dog", "--length", "50", "--temperature", "1", "--seed", "3"));
    assertNotEquals(
        text.out(), with("generate", "--prime", "the dog", "--length", "50", "--temperature", "1", "--seed", "4")
            .out());
    assertEquals(
        with("generate", "--temperature", "0", "--length", "30").out(),
        with("generate", "--top-k", "1", "--length", "30").out());

    Program next = with("complete", "--prime", "the do");
    assertEquals(0, next.code(), next.err());
    assertEquals(5, next.out().lines().count(), next.out());
    assertTrue(next.out().startsWith("  'g' "), next.out());

    Program info = Program.run(Engines.standard(), "info", out().resolve("model.safetensors").toString());
    assertTrue(info.out().contains("lstm4j.text.vocabulary: {\"level\":\"character\""), info.out());
  }

  @Test
  void wordsAreLearnedWrittenAndCompleted() throws IOException {
    Program run = train(corpus(), "--level", "word", "--cell", "gru");
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().contains("words to train on, 10 different ones known"), run.out());
    assertTrue(run.out().contains("0.00 % of those to train on and 0.00 % of those held out are read as <unk>"),
        run.out());
    Program text = with("generate", "--prime", "the dog named", "--length", "8", "--temperature", "0");
    assertEquals("the dog named Cliff barks at the cat.\nthe".strip(), text.out().strip());
    Program next = with("complete", "--prime", "the dog named", "--count", "3");
    assertTrue(next.out().startsWith("  'Cliff'"), next.out());
    assertEquals(3, next.out().lines().count());
    String spaced = with("generate", "--prime", "the dog ", "--length", "2", "--temperature", "0").out();
    assertEquals("the dog named Cliff", spaced.strip(), "one space where the prime ends with one");
    Program unknown = with("complete", "--prime", "the wolf named");
    assertEquals(0, unknown.code());
    assertEquals("lstm: --prime: not among the words that the model knows, read as <unk>: 'wolf'",
        unknown.err().strip());
  }

  @ParameterizedTest
  @CsvSource({"lstm,1", "rnn,2"})
  void oneSeedGivesTheSameModelWithAnyNumberOfThreads(String cell, int layers) throws IOException {
    Path corpus = corpus();
    List<byte[]> models = new ArrayList<>();
    for (String threads : List.of("1", "2")) {
      Program run =
          train(
              corpus, "--threads", threads, "--cell", cell, "--layers", Integer.toString(layers), "--updates", "10",
              "--evaluate", "4");
      assertEquals(0, run.code(), run.err());
      assertTrue(run.out().contains("the lowest of 3 measurements"), run.out());
      assertTrue(run.err().contains("update 8: held-out loss "), run.err());
      models.add(Files.readAllBytes(out().resolve("model.safetensors")));
    }
    assertTrue(Arrays.equals(models.getFirst(), models.getLast()));
  }

  @Test
  void tiedWeightsTravelToo() throws IOException {
    Program run = train(corpus(), "--tied", "--embedding", "16", "--updates", "4");
    assertEquals(0, run.code(), run.err());
    try (TextModel model = TextModel.open(out().resolve("model.safetensors"), 1)) {
      assertEquals(
          List.of("embedding.weight", "head.bias"),
          model.network().parameters().stream().map(p -> p.name()).filter(name -> !name.startsWith("rnn.")).toList());
    }
  }

  static Stream<Arguments> badCorpora() {
    return Stream.of(
        arguments("", "", "corpus.txt has no characters; expected a text to learn from"),
        arguments("", "--level word", "corpus.txt has no words; expected a text to learn from"),
        arguments(" \t ", "--level word", "corpus.txt has no words; expected a text to learn from"),
        arguments(
            "a", "", "corpus.txt has one character only, 'a', again and again; expected two different ones or more"),
        arguments("aaaaaaaa", "", "corpus.txt has one character only, 'a', again and again; expected two"),
        arguments("ha\nha\nha", "--level word", "corpus.txt has one word only, 'ha', again and again; expected two"),
        arguments("\nha\nha", "--level word", "corpus.txt has one word only, 'ha', again and again; expected two"),
        arguments("\n\n\n", "--level word", "corpus.txt has no words; expected a text to learn from"),
        arguments("ab".repeat(90), "--min-count 90", "corpus.txt has no character that comes 90 times or more among the"
            + " 162 to train on; expected one, or a lower minimum count"),
        arguments(
            "ab".repeat(40), "", "corpus.txt has 72 characters to train on; expected at least 81 with --batch 4 and"
            + " --steps 20"),
        arguments("ab".repeat(90), "--held-out 0.001", "corpus.txt has 1 characters held out with --held-out 0.001;"
            + " expected 2 or more"));
  }

  @ParameterizedTest
  @MethodSource("badCorpora")
  void badCorporaAreRefusedBeforeTheWork(String content, String options, String message) throws IOException {
    Path corpus = Files.writeString(folder.resolve("corpus.txt"), content);
    refused(train(corpus, options.isEmpty() ? new String[0] : options.split(" ", -1)), message);
    assertFalse(Files.exists(out()), "nothing is written");
  }

  private void refused(Program run, String message) {
    assertEquals(2, run.code(), run.err());
    assertEquals("", run.out());
    assertEquals(1, run.err().lines().count(), run.err());
    assertTrue(run.err().replace(folder + "/", "").startsWith("lstm: " + message), run.err());
  }

  @Test
  void whatIsNoTextIsRefused() throws IOException {
    Path bytes = Files.write(folder.resolve("bytes"), "caf\u00e9 ".repeat(9).getBytes(StandardCharsets.ISO_8859_1));
    refused(train(bytes), "bytes: byte 3 (0xe9, counted from 0) begins no character of UTF-8; expected text in UTF-8");
    Files.createDirectory(folder.resolve("a folder"));
    refused(train(folder.resolve("a folder")), "a folder is a folder; expected a text file");
    Path taken = Files.createFile(folder.resolve("taken"));
    refused(train(corpus(), "--out", taken.toString()), "--out taken is a file; expected a folder");
  }

  @Test
  void unknownCharactersInAPrimeAreNamed() throws IOException {
    assertEquals(0, train(corpus(), "--updates", "1").code());
    for (String command : List.of("generate", "complete")) {
      refused(
          with(command, "--prime", "Zo\u00e9"),
          "--prime holds 'Z', '\u00e9', not among the 21 characters that the model knows; expected only such");
    }
  }

  @Test
  void withoutALineEndAPrimeIsNeeded() throws IOException {
    assertEquals(0, train(Files.writeString(folder.resolve("c"), "abc".repeat(300)), "--updates", "1").code());
    refused(with("generate"), "--prime is empty, and the model knows no line end to start from; expected a text");
    assertEquals("a" + System.lineSeparator(), with("generate", "--prime", "a", "--length", "0").out());
  }

  @Test
  void modelsOfAnotherKindAreRefused() throws IOException {
    Path model = Files.createDirectory(out()).resolve("model.safetensors");
    try (SequenceModel forecast = SequenceModel.builder(1).lstm("rnn", 4).linear("head", 1).build()) {
      forecast.save(model, Map.of("lstm4j.forecast.column", "v"));
    }
    for (String command : List.of("generate", "complete")) {
      Program run = with(command);
      refused(run, "out/model.safetensors: it holds no vocabulary (metadata entry lstm4j.text.vocabulary), so it is no"
          + " model");
    }
    try (SequenceModel classifier = SequenceModel.builder(1).lstm("rnn", 4).linear("head", 2).build()) {
      classifier.save(model, Map.of("lstm4j.classify.classes", "2"));
    }
    refused(with("generate"), "out/model.safetensors: it holds no vocabulary (metadata entry lstm4j.text.vocabulary)");
    Files.writeString(model, "no safetensors at all");
    assertEquals(2, with("generate").code());
    refused(
        Program.run("text", "generate", "--model", out().toString()),
        "--model out is a folder; expected the model file");
  }
}
