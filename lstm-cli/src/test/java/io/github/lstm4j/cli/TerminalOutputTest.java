package io.github.lstm4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TerminalOutputTest {
  @ParameterizedTest
  @ValueSource(ints = {40, 80, 100, 160})
  void theDrawingFitsTheTerminal(int width) throws IOException {
    List<String> lines = TerminalChart.draw(SyntheticForecaster.sunspots(), width);
    int legend = 60; // the last line does not shrink
    lines.forEach(line -> assertTrue(line.length() <= Math.max(width, legend), line));
    assertTrue(lines.stream().anyMatch(line -> line.contains("o")));
  }

  @Test
  void missingValuesAreLeftOut() {
    double[] none = {Double.NaN};
    ForecastResult result = new ForecastResult("v", List.of("a"), none, none, none, none, 0.9);
    assertEquals(List.of("(nothing to draw: no finite value in the last 1 points)"), TerminalChart.draw(result, 80));
  }

  @Test
  void withoutATerminalProgressIsAFewLines() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (Progress progress =
        Progress.on(new PrintStream(bytes, true, StandardCharsets.UTF_8), new Terminal(false, 80))) {
      progress.begin("seed 1", 100);
      for (int epoch = 1; epoch <= 100; epoch++) {
        progress.epoch(epoch, 1, 2);
      }
    }
    List<String> lines = bytes.toString(StandardCharsets.UTF_8).lines().toList();
    assertEquals(11, lines.size());
    assertEquals("seed 1: epoch 1 of 100, training loss 1.0000, validation RMSE 2.000", lines.getFirst());
  }

  @Test
  void onATerminalProgressIsABarWithoutNativeHelp() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    try (Progress progress = Progress.on(stream, new Terminal(true, 80))) {
      progress.begin("seed 1", 3);
      progress.epoch(1, 1, 2);
      progress.begin("seed 2", 3);
      progress.epoch(3, 1, 2);
    }
    String shown = bytes.toString(StandardCharsets.UTF_8);
    assertTrue(shown.contains("seed 1") && shown.contains("seed 2") && shown.contains("100%"), shown);
  }

  @Test
  void everyRunShowsItsFirstTenthAndLastEpoch() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (Progress progress = new Progress.Lines(new PrintStream(bytes, true, StandardCharsets.UTF_8))) {
      for (int run = 1; run <= 2; run++) {
        progress.begin("seed " + run, 400);
        for (int epoch = 1; epoch <= 23; epoch++) { // as if validation had ended it early
          progress.epoch(epoch, 1, Double.NaN);
        }
        progress.end();
      }
    }
    List<String> lines = bytes.toString(StandardCharsets.UTF_8).lines().toList();
    assertEquals(
        List.of("seed 1: epoch 1", "seed 1: epoch 10", "seed 1: epoch 20", "seed 1: epoch 23",
            "seed 2: epoch 1", "seed 2: epoch 10", "seed 2: epoch 20", "seed 2: epoch 23"),
        lines.stream().map(line -> line.substring(0, line.indexOf(" of 400, training loss 1.0000"))).toList());
  }

  @ParameterizedTest
  @CsvSource({
    "0, 125.35, 125.4, 0.0",
    "-1e-14, 125.35, 125.4, 0.0",
    "-3, 3, 3.00, -3.00",
    "1000000, 1000003, 1000003.0, 1000000.0",
    "-123456789, 0, 0, -1.2e+08",
    "1e-9, 2e-9, 2.0e-09, 1.0e-09",
    "-4e12, 7e12, 7.0e+12, -4.0e+12",
    "5, 5, 5.00, 5.00",
    "0, 0, 0, 0"
  })
  void theAxisIsReadable(double low, double high, String top, String bottom) {
    double[] values = {low, high};
    ForecastResult result = new ForecastResult("v", List.of("a", "b"), values, values, values, values, 0.9);
    List<String> labels =
        TerminalChart.draw(result, 80).stream()
            .filter(line -> line.indexOf('|') == 10)
            .map(line -> line.substring(0, 10).strip())
            .filter(label -> !label.isEmpty())
            .toList();
    assertEquals(List.of(top, bottom), List.of(labels.getFirst(), labels.getLast()));
  }

  @Test
  void proseEndsBetweenWords() {
    assertEquals(List.of("one two", "three", "four-and-more"), Paragraph.lines("one two three four-and-more", 8));
  }

  @ParameterizedTest
  @CsvSource({
    "true, 120, true, 120", "false, 20, false, 40", ", , false, 100", "true, 9999, true, 160", "true, abc, true, 80"
  })
  void theLauncherTellsAboutTheTerminal(String told, String columns, boolean terminal, int width) {
    assertEquals(new Terminal(terminal, width), Terminal.detect(told, columns, null));
  }

  @ParameterizedTest
  @CsvSource({
    "2020-01, 2020-02, 2020-03, 12",
    "2020-01-01, 2020-04-01, 2020-07-01, 4",
    "2020-01-01, 2020-01-02, 2020-01-03, 7",
    "2020-01-01 00:00:00, 2020-01-01 01:00:00, 2020-01-01 02:00:00, 24",
    "2020-01-01T00:00, 2020-01-01T00:30, 2020-01-01T01:00, 48",
    "1, 2, 3, 1",
    "2020-02-30, 2020-02-31, 2020-03-01, 1"
  })
  void seasonsAreReadOffDates(String first, String second, String third, int rows) {
    assertEquals(rows, Season.of(List.of(first, second, third)));
  }

  @Test
  void processorsAreReadAsLinuxWritesThem() {
    Processor intel = Processor.parse(List.of("model name\t: Intel X", "flags\t\t: fpu avx2 fma avx512f"), "amd64");
    assertEquals(new Processor("Intel X (amd64)", List.of("avx2", "fma", "avx512f")), intel);
    assertEquals(512, intel.vectorBits());
    Processor arm = Processor.parse(List.of("Features\t: fp asimd crc32"), "aarch64");
    assertEquals(new Processor("aarch64", List.of("neon")), arm);
    assertEquals(128, arm.vectorBits());
    assertEquals(0, Processor.parse(List.of(), "riscv64").vectorBits());
  }

  @Test
  void layersAreReadOffNamesAndShapes() {
    Map<List<Long>, String> kinds =
        Map.of(
            List.of(12L, 3L), "layer: LSTM, input 5, hidden 3, 1 layer, no bias",
            List.of(9L, 3L), "layer: GRU, input 5, hidden 3, 1 layer, no bias",
            List.of(3L, 3L), "layer: RNN (its tanh or relu is not in the file), input 5, hidden 3, 1 layer, no bias");
    kinds.forEach(
        (shape, line) ->
            assertEquals(
                List.of(line),
                RecurrentLayout.describe(
                    List.of(
                        new ModelContents.Entry("weight_ih_l0", "F32", List.of(shape.getFirst(), 5L)),
                        new ModelContents.Entry("weight_hh_l0", "F32", shape)))));
    assertEquals(List.of(), RecurrentLayout.describe(List.of(new ModelContents.Entry("w", "F32", List.of(2L)))));
  }

  @Test
  void projectionsAndDirectionsAreSeen() {
    assertEquals(
        List.of("rnn: LSTM, input 5, hidden 4, 1 layer, bidirectional, projection 2, bias"),
        RecurrentLayout.describe(
            List.of(
                new ModelContents.Entry("rnn.weight_ih_l0", "F32", List.of(16L, 5L)),
                new ModelContents.Entry("rnn.weight_hh_l0", "F32", List.of(16L, 2L)),
                new ModelContents.Entry("rnn.weight_hr_l0", "F32", List.of(2L, 4L)),
                new ModelContents.Entry("rnn.bias_ih_l0", "F32", List.of(16L)),
                new ModelContents.Entry("rnn.weight_ih_l0_reverse", "F32", List.of(16L, 5L)))));
  }
}
