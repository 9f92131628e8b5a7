package io.github.lstm4j.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.lstm4j.model.SequenceModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The forecast from end to end, with the network itself, on small files. */
class NetworkForecastTest {
  @TempDir Path folder = Path.of("");

  private Program run(Path csv, String out, String... more) {
    List<String> args =
        new ArrayList<>(
            List.of(
                "forecast", "--csv", csv.toString(), "--column", "v", "--epochs", "2", "--hidden", "5",
                "--out", folder.resolve(out).toString()));
    args.addAll(Arrays.asList(more));
    if (!args.contains("--window")) {
      args.addAll(List.of("--window", "16"));
    }
    return Program.run(Engines.standard(), args.toArray(String[]::new));
  }

  @Test
  void everyFileIsThereAndTheModelOpens() throws IOException {
    Path csv = SyntheticCsv.write(folder.resolve("x.csv"));
    Program run = run(csv, "out", "--features", "w", "--test", "30");
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().contains("96 rows to train on, 24 to decide when to stop, the last 30 held out"), run.out());
    for (String name : List.of("LSTM", "persistence", "seasonal naive (7)", "least-squares autoregression (24)")) {
      assertTrue(run.out().contains("  " + name + " "), run.out());
    }
    List<String> lines = Files.readAllLines(folder.resolve("out/forecast.csv"));
    assertEquals("date,actual,predicted,lower,upper", lines.getFirst());
    assertEquals(1 + 30, lines.size());
    assertTrue(lines.getLast().startsWith(SyntheticCsv.date(SyntheticCsv.ROWS - 1) + ","), lines.getLast());
    for (String line : lines.subList(1, lines.size())) {
      double[] fields = Arrays.stream(line.split(",", -1)).skip(1).mapToDouble(Double::parseDouble).toArray();
      assertTrue(fields[2] < fields[1] && fields[1] < fields[3], line);
    }
    try (SequenceModel model = SequenceModel.open(folder.resolve("out/model.safetensors"))) {
      assertEquals(List.of(20, 3), model.parameter("rnn.weight_ih_l0").shape(), "level, change and the feature");
    }
    Program info = Program.run(Engines.standard(), "info", folder.resolve("out/model.safetensors").toString());
    assertEquals(0, info.code(), info.err());
    assertTrue(info.out().contains("rnn: LSTM, input 3, hidden 5, 1 layer, bias"), info.out());
    assertTrue(info.out().contains("lstm4j.forecast.column: v"), info.out());
  }

  @ParameterizedTest
  @EnumSource(value = Choices.Cell.class, names = "LSTM", mode = EnumSource.Mode.EXCLUDE)
  void otherCellsForecastToo(Choices.Cell cell) throws IOException {
    Path csv = SyntheticCsv.write(folder.resolve("x.csv"));
    Program run = run(csv, "out", "--test", "30", "--cell", cell.toString());
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().contains("  " + cell.name() + " "), run.out());
    try (SequenceModel model = SequenceModel.open(folder.resolve("out/model.safetensors"))) {
      int gates = cell == Choices.Cell.GRU ? 3 : 1;
      assertEquals(List.of(5 * gates, 5), model.parameter("rnn.weight_hh_l0").shape());
    }
  }

  @Test
  void oneSeedGivesTheSameBytesWithAnyNumberOfThreads() throws IOException {
    Path csv = SyntheticCsv.write(folder.resolve("x.csv"));
    for (String threads : List.of("1", "2")) {
      Program run = run(csv, "out" + threads, "--threads", threads, "--seed", "3");
      assertEquals(0, run.code(), run.err());
    }
    Program other = run(csv, "out-other", "--seed", "4");
    assertEquals(0, other.code(), other.err());
    for (String file : List.of("forecast.csv", "model.safetensors")) {
      byte[] one = Files.readAllBytes(folder.resolve("out1").resolve(file));
      assertArrayEquals(one, Files.readAllBytes(folder.resolve("out2").resolve(file)), file);
      assertFalse(Arrays.equals(one, Files.readAllBytes(folder.resolve("out-other").resolve(file))), file);
    }
  }

  @Test
  void aConstantSeriesIsForecastAsItself() throws IOException {
    Path csv = SyntheticCsv.column(folder.resolve("x.csv"), row -> "4.5");
    Program run = run(csv, "out", "--test", "30");
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().contains("does NOT beat"), run.out());
    assertFalse(run.out().contains("NaN"), run.out());
  }

  @Test
  void aSeasonalForecastThatIsMissingIsAccountedFor() throws IOException {
    Path csv = SyntheticCsv.write(folder.resolve("x.csv"));
    List<String> lines = Files.readAllLines(csv).stream().map(line -> line.replace("2024-", "day ")).toList();
    Files.write(csv, lines);
    String none = "No season could be read off the dates; give --season N for the seasonal naive forecast.";
    assertTrue(words(run(csv, "out")).contains(none));
    String told = words(run(csv, "out", "--season", "7"));
    assertTrue(told.contains("seasonal naive (7)") && !told.contains(none), told);
    String tooLong = words(run(csv, "out", "--season", "130"));
    assertTrue(tooLong.contains("A season of 130 rows is longer than the 120 rows before the held-out"), tooLong);
  }

  /** What was printed, without its line breaks. */
  private static String words(Program run) {
    assertEquals(0, run.code(), run.err());
    return run.out().replaceAll("\\s+", " ");
  }

  @Test
  void trainingThatDivergesIsNoBug() throws IOException {
    Path csv = SyntheticCsv.write(folder.resolve("x.csv"));
    Program run = run(csv, "out", "--lr", "1e30");
    assertEquals(1, run.code(), run.err());
    String last = run.err().lines().reduce("", (a, b) -> b);
    assertTrue(last.startsWith("lstm: training stopped at update "), run.err());
    assertFalse(Files.exists(folder.resolve("out")), "nothing half-written, no empty folder");
  }

  private static String gaps(int row) {
    return row == 40 || row == 41 || row == 120 ? List.of("NA", "NaN", "").get(row % 3) : Integer.toString(row % 7);
  }

  @ParameterizedTest
  @EnumSource(value = Choices.Missing.class, names = "FAIL", mode = EnumSource.Mode.EXCLUDE)
  void missingValuesAreFilledOrLeftOut(Choices.Missing how) throws IOException {
    Path csv = SyntheticCsv.column(folder.resolve("x.csv"), NetworkForecastTest::gaps);
    Program run = run(csv, "out", "--missing", how.toString(), "--test", "40");
    assertEquals(0, run.code(), run.err());
    int rows = how == Choices.Missing.DROP ? SyntheticCsv.ROWS - 3 : SyntheticCsv.ROWS;
    assertTrue(run.out().contains(" " + rows + " rows from 2024-01-01 to "), run.out());
    String csvText = Files.readString(folder.resolve("out/forecast.csv"));
    String label = SyntheticCsv.date(120) + ",";
    String filled =
        switch (how) {
          case FORWARD -> label + "0.0,"; // 119 % 7
          case LINEAR -> label + "1.0,"; // between 0 and 2
          default -> "";
        };
    assertEquals(!filled.isEmpty(), csvText.contains(label), csvText);
    assertTrue(csvText.contains(filled), csvText);
  }

  static Stream<Arguments> badSeries() {
    return Stream.of(
        arguments("gap", "", "x.csv, row 41 (2024-02-10), column 'v': the value is missing; expected a number, or"
            + " --missing forward, linear or drop"),
        arguments("first", "--missing forward", "x.csv, row 1 (2024-01-01), column 'v': the value is missing; --missing"
            + " forward expects a value in the first row"),
        arguments("first", "--missing linear", "x.csv, row 1 (2024-01-01), column 'v': the value is missing; --missing"
            + " linear expects a value in the first row"),
        arguments("last", "--missing linear", "x.csv, row 150 (2024-05-29), column 'v': the value is missing; --missing"
            + " linear expects a value in the last row"),
        arguments("all", "--missing drop", "x.csv: each row misses a value, --missing drop leaves none; expected some"
            + " complete rows"),
        arguments("negative", "--transform sqrt", "--transform sqrt: row 8 of column 'v' is -1.0; expected 0 or more"),
        arguments("zero", "--transform log", "--transform log: row 8 of column 'v' is 0.0; expected a positive number"),
        arguments("plain", "--window 120", "x.csv has 150 rows: without --test 30 and a validation part of 24 there"
            + " remain 96 to train on; expected at least 122 with --window 120"),
        arguments("plain", "--test 150", "x.csv has 150 rows: without --test 150"),
        arguments("plain", "--interval 0.999", "--interval is 0.999 and the validation part has 24 rows; expected at"
            + " most 0.96 with so few, or a larger --validation"));
  }

  private static String value(String kind, int row) {
    return switch (kind) {
      case "gap" -> gaps(row);
      case "first" -> row == 0 ? "" : "1";
      case "last" -> row == SyntheticCsv.ROWS - 1 ? "" : "1";
      case "all" -> "NA";
      case "negative" -> row == 7 ? "-1" : "3";
      case "zero" -> row == 7 ? "0" : "3";
      default -> Integer.toString(row % 7);
    };
  }

  @ParameterizedTest
  @MethodSource("badSeries")
  void badSeriesAreRefusedBeforeTheWork(String kind, String options, String message) throws IOException {
    Path csv = SyntheticCsv.column(folder.resolve("x.csv"), row -> value(kind, row));
    Program run = run(csv, "out", options.isEmpty() ? new String[0] : options.split(" ", -1));
    assertEquals(2, run.code(), run.err());
    assertEquals("", run.out());
    assertEquals(1, run.err().lines().count(), run.err());
    assertTrue(run.err().replace(folder + "/", "").startsWith("lstm: " + message), run.err());
    assertFalse(Files.exists(folder.resolve("out")), "nothing is written");
  }

  @ParameterizedTest
  @MethodSource("io.github.lstm4j.cli.MainTest#badCommands")
  void badOptionsLeaveTheFolderUntouched(String command, String message) throws IOException {
    Path out = Files.createDirectory(folder.resolve("out"));
    Files.writeString(out.resolve("forecast.csv"), "old");
    List<String> args = new ArrayList<>(List.of(command.split(" ", -1)));
    if (command.startsWith("forecast")) {
      args.addAll(1, List.of("--out", out.toString()));
    }
    Program run = Program.run(Engines.standard(), args.toArray(String[]::new));
    assertEquals(2, run.code(), message);
    assertEquals("", run.out());
    assertEquals("old", Files.readString(out.resolve("forecast.csv")));
    try (Stream<Path> files = Files.list(out)) {
      assertEquals(1, files.count());
    }
  }
}
