package io.github.lstm4j.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lstm4j.cli.NetworkForecaster.Parts;
import io.github.lstm4j.data.Series;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The held-out tail is read once, at the end: whatever stands in it, training and validation come to the same. */
class HeldOutTailTest {
  private static final int ROWS = 120;
  private static final int TEST = 20;

  private final ByteArrayOutputStream told = new ByteArrayOutputStream();
  private final DataOptions data = new DataOptions();
  private final TrainingOptions training = new TrainingOptions();

  HeldOutTailTest() {
    data.test = TEST;
    training.epochs = 3;
    training.window = 16;
    training.hidden = 4;
    training.threads = 1;
  }

  private SeedRun run(double tail) {
    double[][] rows = new double[ROWS][1];
    List<String> labels = new ArrayList<>();
    for (int row = 0; row < ROWS; row++) {
      rows[row][0] = row < ROWS - TEST ? 20 + 5 * Math.sin(row) : tail;
      labels.add("row " + row);
    }
    List<String> names = List.of("v");
    CsvSeries csv = new CsvSeries("test", names, rows, labels);
    Parts parts = new Parts(Series.of(names, rows), new ForecastEngine.Request(csv, data, training, 0.9));
    try (Progress progress = new Progress.Lines(new PrintStream(told, true, StandardCharsets.UTF_8))) {
      return SeedRun.of(parts, 1, "seed 1", progress);
    }
  }

  @Test
  void hugeNumbersInTheTailChangeNothingThatIsTrained() {
    SeedRun plain = run(20);
    SeedRun poisoned = run(1e30);
    assertArrayEquals(plain.losses().training(), poisoned.losses().training());
    assertArrayEquals(plain.losses().validation(), poisoned.losses().validation());
    assertEquals(plain.epochs(), poisoned.epochs());
    assertArrayEquals(plain.validationResiduals(), poisoned.validationResiduals());
    assertEquals(plain.input().scaler().toMetadata(), poisoned.input().scaler().toMetadata());
    assertEquals(plain.weights().keySet(), poisoned.weights().keySet());
    plain.weights().forEach((name, weight) -> {
      float[] other = Objects.requireNonNull(poisoned.weights().get(name)).data();
      assertArrayEquals(weight.data(), other, name);
    });
  }

  /** A tail without a logarithm stops whoever reads it: not before both trainings have ended. */
  @Test
  void theTailIsReadAfterTheLastTraining() {
    data.transform = Choices.Transform.LOG;
    String message = assertThrows(IllegalArgumentException.class, () -> run(-1)).toString();
    assertTrue(message.contains("--transform log: row " + (ROWS - TEST + 1) + " of column 'v' is -1.0"), message);
    String lines = told.toString(StandardCharsets.UTF_8);
    assertTrue(lines.contains("seed 1, refit"), lines);
  }
}
