package io.github.lstm4j.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.lstm4j.model.SequenceModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code classify} from end to end, on small files. */
class ClassifyTest {
  private static final String HEADER = "@dimensions 2\n@equalLength false\n@classLabel true up down\n@data\n";
  private static final Pattern RIGHT = Pattern.compile("seed 1: (\\d+\\.\\d+) % of the test cases told right");

  @TempDir Path folder = Path.of("");

  private static Program run(String... args) {
    return Program.run(Engines.standard(), args);
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  /**
   * Sequences of 5 to 12 steps of noise in [-0.5, 0.5], the first channel with a drift of 0.4 a step, up or down: its
   * last step less its first is at least 4·0.4 − 1 = 0.6, or at most −0.6, so no case need be told wrong.
   */
  private static String drifts(int cases, long seed) {
    Random random = new Random(seed);
    StringBuilder text = new StringBuilder(HEADER);
    for (int i = 0; i < cases; i++) {
      int steps = 5 + random.nextInt(8);
      List<String> first = new ArrayList<>();
      List<String> second = new ArrayList<>();
      for (int t = 0; t < steps; t++) {
        double drift = (i % 2 == 0 ? 0.4 : -0.4) * t;
        first.add(String.format(Locale.ROOT, "%.4f", drift + random.nextDouble() - 0.5));
        second.add(String.format(Locale.ROOT, "%.4f", random.nextDouble() - 0.5));
      }
      text.append(String.join(",", first)).append(':').append(String.join(",", second));
      text.append(i % 2 == 0 ? ":up\n" : ":down\n");
    }
    return text.toString();
  }

  private static double right(Program run) {
    assertEquals(0, run.code(), run.err());
    Matcher matcher = RIGHT.matcher(run.out());
    assertTrue(matcher.find(), run.out());
    return Double.parseDouble(matcher.group(1));
  }

  @Test
  void separableSequencesOfAnyLengthAreToldApart() throws IOException {
    String train = file("train.ts", drifts(100, 1)).toString();
    String test = file("test.ts", drifts(100, 2)).toString();
    Path out = folder.resolve("out");
    String[] command = {
      "classify", "train", "--data", train, "--test", test, "--hidden", "8", "--epochs", "40", "--lr", "0.01",
      "--out", out.toString(), "--threads", "1"
    };
    Program run = run(command);
    // Each case is a coin's toss to a network that has learnt nothing: 95 of 100 right have a chance of 6e-23.
    assertTrue(right(run) >= 95, run.out());
    assertTrue(run.out().contains("Always telling the most frequent class would come to 50.00 %."), run.out());
    List<String> csv = Files.readAllLines(out.resolve("confusion.csv"));
    assertEquals("actual,up,down", csv.getFirst());
    assertEquals(3, csv.size());
    try (SequenceModel model = SequenceModel.open(out.resolve("model.safetensors"))) {
      assertEquals(List.of(32, 2), model.parameter("rnn.weight_ih_l0_reverse").shape());
    }
    byte[] weights = Files.readAllBytes(out.resolve("model.safetensors"));
    command[command.length - 1] = "2";
    assertEquals(0, run(command).code());
    assertArrayEquals(weights, Files.readAllBytes(out.resolve("model.safetensors")), "the same bits with two threads");

    String model = out.resolve("model.safetensors").toString();
    Program labelled = run("classify", "predict", "--model", model, "--data", test);
    assertEquals(0, labelled.code(), labelled.err());
    assertTrue(
        labelled.out().contains(String.format(Locale.ROOT, "of 100 told right: %.2f %%", right(run))), labelled.out());
    Path bare = file("bare.ts", "@classLabel false\n@data\n0,1,2,3,4:0,0,0,0,0\n");
    Program unlabelled = run("classify", "predict", "--model", model, "--data", bare.toString());
    assertTrue(unlabelled.out().matches("(?s) +1  up +[01]\\.\\d{4}\\R"), unlabelled.out());
  }

  private Path names() throws IOException {
    Path names = Files.createDirectories(folder.resolve("names"));
    Random random = new Random(3);
    for (Map.Entry<String, String> letters : Map.of("vowels", "aeiouäö", "others", "bcdfgkl").entrySet()) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < 60; i++) {
        random.ints(2 + random.nextInt(6), 0, 7).forEach(at -> text.append(letters.getValue().charAt(at)));
        text.append(i % 10 == 0 ? "\n\n" : "\n");
      }
      Files.writeString(names.resolve(letters.getKey() + ".txt"), text);
    }
    return names;
  }

  @Test
  void textsOfAFolderAreToldApart() throws IOException {
    Path out = folder.resolve("out");
    Program run =
        run("classify", "train", "--data", names().toString(), "--hidden", "8", "--epochs", "30", "--lr", "0.01",
            "--out", out.toString());
    assertTrue(right(run) >= 95, run.out()); // 23 of 24: a coin's chance is 25/2^24 = 1.5e-6
    assertTrue(run.out().contains("14 different ones"), run.out());
    String model = out.resolve("model.safetensors").toString();
    Program one = run("classify", "predict", "--model", model, "--text", "aoua");
    assertTrue(one.out().matches("(?s) +1  vowels +[01]\\.\\d{4}  aoua\\R"), one.out() + one.err());
    Program unknown = run("classify", "predict", "--model", model, "--text", "aoxa");
    assertEquals(2, unknown.code());
    assertEquals(
        "lstm: --text, case 1: 'x' (U+0078) is not among the 14 characters that were trained on; expected those only,"
            + " or --accept-unknown",
        unknown.err().strip());
    assertEquals(0, run("classify", "predict", "--model", model, "--text", "aoxa", "--accept-unknown").code());
    assertEquals(
        run("classify", "predict", "--model", model, "--text", "aoua").out(),
        run("classify", "predict", "--model", model, "--text", " aoua\n").out(), "read as a line of a file");
    Program series = run("classify", "predict", "--model", model, "--data", file("x.ts", HEADER).toString());
    refused(series, "--model out/model.safetensors was trained on texts; expected --data with a file of text");
    Program empty = run("classify", "predict", "--model", model, "--data", file("empty.txt", "\n\n").toString());
    assertEquals(2, empty.code());
    assertTrue(empty.err().contains("empty.txt is empty; expected some text"), empty.err());
  }

  @Test
  void paragraphsOfTwoFilesAndRowsOfATableAreRead() throws IOException {
    StringBuilder a = new StringBuilder();
    StringBuilder b = new StringBuilder();
    StringBuilder table = new StringBuilder("text,label\n");
    for (int i = 0; i < 20; i++) {
      a.append("one two\nthree\n\n");
      b.append("eins zwei\n\n");
      table.append("\"one, two\",en\neins zwei,de\n");
    }
    String out = folder.resolve("out").toString();
    List<String> quick = List.of("--epochs", "1", "--hidden", "4", "--seeds", "2", "--out", out);
    List<String> corpora =
        List.of("classify", "train", "--corpus", "en=" + file("a.txt", a.toString()), "--corpus",
            "de=" + file("b.txt", b.toString()));
    List<String> csv = List.of("classify", "train", "--data", file("t.csv", table.toString()).toString());
    for (List<String> command : List.of(corpora, csv)) {
      Program run = run(Stream.concat(command.stream(), quick.stream()).toArray(String[]::new));
      assertEquals(0, run.code(), run.err());
      assertTrue(run.out().contains("2 classes, 32 training cases of "), run.out());
      assertTrue(run.out().contains("Mean of 2 seeds: "), run.out());
    }
  }

  @Test
  void aByteOrderMarkIsNoCharacterAndOtherEncodingsAreRefused() throws IOException {
    String mark = "\uFEFF";
    Path folder = Files.createDirectories(this.folder.resolve("texts"));
    Files.writeString(folder.resolve("a.txt"), mark + "anna\nanna\n".repeat(4));
    Path other = Files.writeString(folder.resolve("b.txt"), mark + "bob\r\nbob\r\n".repeat(4));
    String[] command = {
      "classify", "train", "--data", folder.toString(), "--epochs", "1", "--hidden", "4", "--out",
      this.folder.resolve("out").toString()
    };
    Program run = run(command);
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().contains("12 training cases of 3 to 4 characters, 4 different ones"), run.out());
    Files.write(other, "bob\nJ\u00f6rg\n".getBytes(StandardCharsets.ISO_8859_1));
    refused(run(command), "texts/b.txt: byte 5 (0xf6, counted from 0) begins no character of UTF-8; expected text in"
        + " UTF-8");
  }

  static Stream<Arguments> bad() {
    String good = HEADER + "1:2:up\n2:3:up\n1:1:down\n0:0:down\n";
    return Stream.of(
        arguments(HEADER + "1,2:3:up\n", "x.ts, line 5: dimension 2 has 1 values; expected 2 as dimension 1"),
        arguments(HEADER + "1:2:left\n", "x.ts, line 5: the class is 'left'; expected one that @classLabel names"),
        arguments(HEADER, "x.ts has no case below @data; expected one on each line"),
        arguments("", "x.ts has no line @data"),
        arguments(HEADER + "1:2:up\n2:3:up\n", "the training cases of x.ts are all of one class; expected two or more"),
        arguments(HEADER + "1:2:up\n2:3:down\n", "the 2 cases of x.ts are each the only one of its class; expected a"),
        arguments(
            HEADER + "1:2:up\n1:3:up\n2:3:down\n",
            "the 2 training cases of x.ts are each the only one of its class; expected a class with two or more"),
        arguments(HEADER + "1:?:up\n2:3:down\n", "x.ts: sequence 0: column 'channel 1', row 0 is missing"),
        arguments(
            good + "--test y.ts", "y.ts, line 3: the class is 'left'; expected one that was trained on: up, down"),
        arguments(good + "--test nowhere.ts", "nowhere.ts: no such file or folder"),
        arguments(good + "--dropout 1", "--dropout is 1.0; expected"),
        arguments(good + "--lr 0", "--lr is 0.0; expected a number above 0"),
        arguments(good + "--corpus a=x.ts", "both --data and --corpus are given; expected one of them"));
  }

  @ParameterizedTest
  @MethodSource("bad")
  void badInputGetsOneLineAndTwo(String text, String message) throws IOException {
    file("y.ts", "@classLabel true left right\n@data\n1:2:left\n");
    int options = text.indexOf("--");
    Path data = file("x.ts", options < 0 ? text : text.substring(0, options));
    List<String> args = new ArrayList<>(List.of("classify", "train", "--data", data.toString()));
    if (options >= 0) {
      args.addAll(List.of(text.substring(options).replaceAll("(\\w+\\.ts)", folder + "/$1").split(" ", -1)));
    }
    args.addAll(List.of("--out", folder.resolve("out").toString()));
    refused(run(args.toArray(String[]::new)), message);
    assertFalse(Files.exists(folder.resolve("out")), "nothing is written");
  }

  @Test
  void otherBadInputGetsOneLineToo() throws IOException {
    refused(run("classify"), "no command given; expected train, predict; see 'lstm classify --help'");
    refused(run("classify", "train"), "no data given; expected --data FILE, or --corpus LABEL=FILE for each class");
    refused(run("classify", "train", "--data", "nowhere.ts"), "nowhere.ts: no such file or folder");
    Path empty = Files.createDirectory(folder.resolve("empty"));
    refused(run("classify", "train", "--data", empty.toString()), "empty has 0 files that end in .txt; expected 2");
    refused(
        run("classify", "train", "--corpus", "a=" + file("a.txt", ""), "--corpus", "b=" + file("b.txt", "b")),
        "a.txt is empty; expected the paragraphs of class 'a'");
    Path csv = SyntheticCsv.write(folder.resolve("x.csv"));
    Program forecast =
        run("forecast", "--csv", csv.toString(), "--column", "v", "--epochs", "1", "--window", "16", "--hidden", "3",
            "--out", folder.resolve("forecast").toString());
    assertEquals(0, forecast.code(), forecast.err());
    Path other = folder.resolve("forecast/model.safetensors");
    refused(
        run("classify", "predict", "--model", other.toString(), "--data", csv.toString()),
        "--model forecast/model.safetensors is a forecasting model (it has no metadata 'lstm4j.classify.classes')");
  }

  private void refused(Program run, String message) {
    assertEquals(2, run.code(), run.err());
    assertEquals("", run.out());
    assertEquals(1, run.err().lines().count(), run.err());
    assertTrue(run.err().replace(folder + "/", "").startsWith("lstm: " + message), run.err());
  }
}
