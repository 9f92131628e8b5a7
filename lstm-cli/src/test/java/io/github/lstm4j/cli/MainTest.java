package io.github.lstm4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.lstm4j.cli.classify.ClassifyCommand;
import io.github.lstm4j.cli.text.TextCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

class MainTest {
  @TempDir Path folder = Path.of("");

  static Stream<Arguments> badCommands() {
    return Stream.of(
        arguments("", "no command given; expected forecast, text, classify, apply, info, lesson; see 'lstm --help'"),
        arguments("forcast", "unexpected argument 'forcast', did you mean 'forecast'?; see 'lstm --help'"),
        arguments(
            "forecast --colum x", "unknown option '--colum', did you mean '--column'?; see 'lstm forecast --help'"),
        arguments("forecast --xyzzy", "unknown option '--xyzzy'; see 'lstm forecast --help'"),
        arguments("forecast extra", "unexpected argument 'extra'; see 'lstm forecast --help'"),
        arguments("forecast --epochs ten", "Invalid value for option '--epochs': 'ten' is not an int"),
        arguments("forecast --epochs", "Missing required parameter for option '--epochs' (N)"),
        arguments("forecast --missing guess", "Invalid value for option '--missing': expected one of"),
        arguments("forecast --epochs 0", "--epochs is 0; expected a whole number of 1 or more"),
        arguments("forecast --window -3", "--window is -3; expected a whole number of 1 or more"),
        arguments("forecast --hidden 0", "--hidden is 0; expected"),
        arguments("forecast --hidden 2000000000", "--hidden is 2000000000; expected a whole number from 1 to 16383"),
        arguments("forecast --hidden 16384", "--hidden is 16384; expected a whole number from 1 to 16383"),
        arguments("forecast --layers 101", "--layers is 101; expected a whole number from 1 to 100"),
        arguments("forecast --threads 100000", "--threads is 100000; expected a whole number from 1 to 1024"),
        arguments("forecast --layers 0", "--layers is 0; expected"),
        arguments("forecast --batch 0", "--batch is 0; expected"),
        arguments("forecast --patience 0", "--patience is 0; expected"),
        arguments("forecast --seeds 0", "--seeds is 0; expected"),
        arguments("forecast --threads 0", "--threads is 0; expected"),
        arguments("forecast --test 0", "--test is 0; expected"),
        arguments("forecast --season 0", "--season is 0; expected"),
        arguments("forecast --lr NaN", "--lr is NaN; expected a number above 0"),
        arguments("forecast --clip -1", "--clip is -1.0; expected a number above 0"),
        arguments("forecast --dropout 1", "--dropout is 1.0; expected a number from 0 up to, not including, 1"),
        arguments(
            "forecast --dropout 0.5", "--dropout is 0.5 with --layers 1; it acts between layers, expected --layers 2"),
        arguments("forecast --validation 1", "--validation is 1.0; expected a number above 0.0 and below 1.0"),
        arguments("forecast --interval 90", "--interval is 90.0; expected a number above 0.0 and below 1.0"),
        arguments("forecast --column v", "--column 'v' names a column of no file; expected --csv FILE with it"),
        arguments("forecast --test 3170", "the embedded sunspot series has 3177 rows: without --test 3170"),
        arguments("forecast --csv nowhere.csv", "nowhere.csv: no such file or folder"),
        arguments("forecast --epochs 1 --epochs 2", "option '--epochs' (N) should be specified only once; see"),
        arguments("text", "no command given; expected train, generate, complete; see 'lstm text --help'"),
        arguments("text trian", "unexpected argument 'trian', did you mean 'train'?; see 'lstm text --help'"),
        arguments("text train", "Missing required option: '--corpus=FILE'; see 'lstm text train --help'"),
        arguments("text train --corpus nowhere.txt", "nowhere.txt: no such file or folder"),
        arguments("text train --corpus x --level line", "Invalid value for option '--level': expected one of"),
        arguments("text train --corpus x --hidden 0", "--hidden is 0; expected a whole number from 1 to 16383"),
        arguments("text train --corpus x --embedding 0", "--embedding is 0; expected"),
        arguments("text train --corpus x --layers 0", "--layers is 0; expected"),
        arguments("text train --corpus x --batch 0", "--batch is 0; expected"),
        arguments("text train --corpus x --steps 0", "--steps is 0; expected"),
        arguments("text train --corpus x --updates 0", "--updates is 0; expected"),
        arguments("text train --corpus x --evaluate -1", "--evaluate is -1; expected a whole number of 0 or more"),
        arguments("text train --corpus x --lr 0", "--lr is 0.0; expected a number above 0"),
        arguments("text train --corpus x --clip NaN", "--clip is NaN; expected a number above 0"),
        arguments("text train --corpus x --threads 0", "--threads is 0; expected"),
        arguments("text train --corpus x --dropout 1",
            "--dropout is 1.0; expected a number from 0 up to, not including, 1"),
        arguments("text train --corpus x --layers 1 --dropout 0.5",
            "--dropout is 0.5 with --layers 1; it acts between"),
        arguments("text train --corpus x --tied",
            "--tied with --embedding 64 and --hidden 256; expected both of one size"),
        arguments("text train --corpus x --held-out 1", "--held-out is 1.0; expected a number above 0.0 and below 1.0"),
        arguments("text train --corpus x --min-count 0", "--min-count is 0; expected a whole number of 1 or more"),
        arguments("text train --corpus x --vocabulary 0", "--vocabulary is 0; expected a whole number of 1 or more"),
        arguments(
            "text train --corpus x --updates 1 --updates 2",
            "option '--updates' (N) should be specified only once; see"),
        arguments("text generate", "Missing required option: '--model=FILE'; see 'lstm text generate --help'"),
        arguments("text generate --model nowhere", "nowhere: no such file or folder"),
        arguments("text generate --model x --length -1", "--length is -1; expected a whole number of 0 or more"),
        arguments("text generate --model x --temperature -1", "--temperature is -1.0; expected a number of 0 or more"),
        arguments("text generate --model x --temperature NaN", "--temperature is NaN; expected a number of 0 or more"),
        arguments("text generate --model x --top-k -1", "--top-k is -1; expected a whole number of 0 or more"),
        arguments("text generate --model x --top-p 0", "--top-p is 0.0; expected a number above 0, up to 1"),
        arguments("text generate --model x --top-p 1.5", "--top-p is 1.5; expected a number above 0, up to 1"),
        arguments("text complete --model x --count 0", "--count is 0; expected a whole number of 1 or more"),
        arguments(
            "classify train --data x --hidden 1 --hidden 2",
            "option '--hidden' (UNITS) should be specified only once; see 'lstm classify train --help'"),
        arguments("classify train --data x --lr 0", "--lr is 0.0; expected a number above 0"),
        arguments("classify train --data x --pool all", "Invalid value for option '--pool': expected one of"),
        arguments("classify train --data x --test-fraction 1", "--test-fraction is 1.0; expected a number above 0.0"),
        arguments("classify train --corpus a.txt", "--corpus is 'a.txt'; expected LABEL=FILE, such as mine=a.txt"),
        arguments("classify train --corpus =a.txt", "--corpus is '=a.txt'; expected LABEL=FILE, such as mine=a.txt"),
        arguments("classify train --corpus a= --corpus b=x", "--corpus is 'a='; expected LABEL=FILE, such as mine"),
        arguments("classify train --corpus a=x", "--corpus names one class; expected two or more"),
        arguments(
            "classify train --corpus a=x --corpus b=y --corpus a=z",
            "--corpus names the class 'a' twice; expected each class once, with one file"),
        arguments("classify predict", "Missing required option: '--model=FILE'; see 'lstm classify predict --help'"),
        arguments("classify predict --model x", "no cases given; expected --data FILE or --text TEXT"),
        arguments("classify predict --model nowhere --text a", "nowhere: no such file or folder"),
        arguments("apply", "Missing required options: '--model=FILE', '--input=FILE', '--output=FILE'"),
        arguments("apply --model a --input b --output c", "a: no such file or folder"),
        arguments("info a b", "unexpected argument 'b'; see 'lstm info --help'"));
  }

  @ParameterizedTest
  @MethodSource("badCommands")
  void badInputGetsOneLineAndTwo(String command, String message) {
    Program run = Program.run(command.isEmpty() ? new String[0] : command.split(" ", -1));
    assertEquals("", run.out());
    assertEquals(1, run.err().lines().count(), run.err());
    assertTrue(run.err().startsWith("lstm: " + message), run.err());
    assertEquals(2, run.code());
  }

  @Test
  void theStackTraceIsThereForThoseWhoAsk() {
    Program run = Program.run("forecast", "--stacktrace", "--epochs", "0");
    assertEquals(2, run.code());
    assertTrue(run.err().contains("at io.github.lstm4j.cli."), run.err());
  }

  @Test
  void aBugIsCalledOne() {
    Engines broken =
        new Engines(
            (request, progress) -> {
              throw new ArithmeticException("ouch");
            },
            Engines.standard().layerRunner(),
            Engines.standard().modelFiles());
    Program run = Program.run(broken, "forecast", "--out", folder.toString());
    assertEquals(1, run.code());
    assertEquals(
        "lstm: a bug, please report it with the lines that --stacktrace adds: java.lang.ArithmeticException: ouch",
        run.err().strip());
  }

  @Test
  void aHeapThatIsTooSmallIsOneLine() {
    Engines greedy =
        new Engines(
            (request, progress) -> {
              throw new OutOfMemoryError("Java heap space");
            },
            Engines.standard().layerRunner(),
            Engines.standard().modelFiles());
    Program run = Program.run(greedy, "forecast", "--out", folder.toString());
    assertEquals(1, run.code());
    assertEquals(
        "lstm: out of memory (Java heap space); expected a larger heap (java's -Xmx), or smaller sizes",
        run.err().strip());
  }

  @Test
  void aForecastLeavesItsFilesAndNothingElse() throws IOException {
    Path out = folder.resolve("made/for it");
    Program run = Program.run("forecast", "--out", out.toString());
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().contains("The network beats every baseline"), run.out());
    assertTrue(run.out().contains("The 90 % prediction interval holds"), run.out());
    Set<String> files = new TreeSet<>();
    try (Stream<Path> listed = Files.list(out)) {
      listed.forEach(file -> files.add(String.valueOf(file.getFileName())));
    }
    Set<String> pictures = Set.of("forecast.png", "forecast.svg", "loss.png");
    Set<String> expected = new TreeSet<>(Set.of("forecast.csv", "model.safetensors"));
    expected.addAll(Fonts.whyMissing().isEmpty() ? pictures : Set.of());
    assertEquals(expected, files);
    List<String> csv = Files.readAllLines(out.resolve("forecast.csv"));
    assertEquals(1 + 635, csv.size());
    assertEquals("date,actual,predicted,lower,upper", csv.getFirst());
    assertTrue(csv.getLast().startsWith("2013-09,37.0,"), csv.getLast());
  }

  @Test
  void anOutputFolderThatIsAFileIsRefusedBeforeTheWork() throws IOException {
    Path file = Files.createFile(folder.resolve("taken"));
    Program run = Program.run("forecast", "--out", file.toString());
    assertEquals(2, run.code());
    assertEquals(
        "lstm: --out " + file + " is a file; expected a folder, or a path where one can be made", run.err().strip());
    assertEquals("", run.out());
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "forecast --help", "apply --help", "info --help", "text --help",
      "text train --help", "text generate --help", "text complete --help", "classify --help", "classify train --help",
      "classify predict --help", "lesson --help", "--version"})
  void helpAndVersionAreNoFailure(String command) {
    Program run = Program.run(command.split(" ", -1));
    assertEquals(0, run.code());
    assertEquals("", run.err());
    assertFalse(run.out().isBlank());
  }

  @ParameterizedTest
  @CsvSource({
    "forecast, 'Data:,Network and training:,Output:,Other:', --csv --window --interval --stacktrace",
    "text train, 'Text:,Network and training:,Other:', --level --steps --out",
    "classify train, 'Data:,Network and training:,Other:', --corpus --pool --out"
  })
  void optionsStandBelowHeadingsEachOnce(String command, String headings, String options) {
    List<String> help = Program.run((command + " --help").split(" ", -1)).out().lines().toList();
    List<Integer> at = Stream.of(headings.split(",", -1)).map(help::indexOf).toList();
    assertFalse(at.contains(-1), String.join("\n", help));
    assertEquals(at.stream().sorted().toList(), at);
    int heading = 0;
    for (String option : options.split(" ", -1)) {
      List<Integer> lines =
          IntStream.range(at.getFirst(), help.size())
              .filter(line -> help.get(line).matches(" +(-., )?" + option + "([ =].*)?"))
              .boxed()
              .toList();
      assertEquals(1, lines.size(), option);
      while (heading + 1 < at.size() && at.get(heading + 1) < lines.getFirst()) {
        heading++;
      }
      assertTrue(at.get(heading) < lines.getFirst(), option);
    }
    assertTrue(heading >= 1, "not all below the first");
  }

  @Test
  void everyOptionIsDocumented() {
    Terminal terminal = new Terminal(false, 100);
    CommandLine forecast = new CommandLine(new ForecastCommand(new SyntheticForecaster(), System.err, terminal));
    CommandLine apply = new CommandLine(new ApplyCommand(Engines.standard().layerRunner()));
    CommandLine info = new CommandLine(new InfoCommand(Engines.standard().modelFiles()));
    CommandLine lesson = new CommandLine(new LessonCommand(System.err, terminal));
    List<OptionSpec> options = new ArrayList<>();
    CommandLine text = TextCommand.line(System.err, terminal);
    CommandLine classify = ClassifyCommand.create(System.err, terminal);
    List<CommandLine> lines = new ArrayList<>(List.of(forecast, apply, info, lesson, text, classify));
    lines.addAll(text.getSubcommands().values());
    lines.addAll(classify.getSubcommands().values());
    for (CommandLine line : lines) {
      options.addAll(line.getCommandSpec().options());
    }
    assertTrue(options.size() > 50, "options: " + options.size());
    options.forEach(option -> assertFalse(String.join("", option.description()).isBlank(), option.longestName()));
  }

  @Test
  void infoNamesTheKernels() {
    Program run = Program.run("info");
    assertEquals(0, run.code(), run.err());
    for (String word : List.of("JVM", "processor", "vectors", "off-heap", "kernels", "scalar")) {
      assertTrue(run.out().contains(word), word + " in " + run.out());
    }
  }

  @Test
  void infoOfAFileTellsTheLayer() {
    ModelContents contents =
        new ModelContents(
            Path.of("m.safetensors"), 1234,
            List.of(
                new ModelContents.Entry("rnn.weight_ih_l0", "F32", List.of(128L, 1L)),
                new ModelContents.Entry("rnn.weight_hh_l0", "F32", List.of(128L, 32L)),
                new ModelContents.Entry("rnn.bias_ih_l0", "F32", List.of(128L)),
                new ModelContents.Entry("odd\u001b[31m", "F64", List.of())),
            Map.of("format", "pt"));
    Engines engines = new Engines(new SyntheticForecaster(), Engines.standard().layerRunner(), file -> contents);
    Program run = Program.run(engines, "info", "m.safetensors");
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().contains("4 tensors, 4,353 parameters, 1,234 bytes"), run.out());
    assertTrue(run.out().contains("rnn: LSTM, input 1, hidden 32, 1 layer, bias"), run.out());
    assertTrue(run.out().contains("format: pt"), run.out());
    assertTrue(run.out().contains("odd?[31m"), "control characters stay out of the terminal: " + run.out());
  }
}
