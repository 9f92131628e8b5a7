package io.github.lstm4j.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.lstm4j.oracle.GoldenFile;
import io.github.lstm4j.oracle.ReferenceCases;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Losses against PyTorch in float64 on logits up to ±1e4; src/test/python/reference_formulas.py made the file. */
class ReferenceLossesTest {
  private static final GoldenFile FILE = ReferenceCases.own("formulas.safetensors");
  private static final int CLASSES = 5;
  private static final double[] WEIGHTS = FILE.tensor("in.weights");

  static List<Arguments> losses() {
    return List.of(
        Arguments.of("ce", new CrossEntropy(), "classes"),
        Arguments.of("ce-weighted", new CrossEntropy(CrossEntropy.IGNORED, 0, WEIGHTS), "classes"),
        Arguments.of("ce-smoothed", new CrossEntropy(CrossEntropy.IGNORED, 0.1, null), "classes"),
        Arguments.of("ce-both", new CrossEntropy(CrossEntropy.IGNORED, 0.3, WEIGHTS), "classes"),
        Arguments.of("ce-ignore-one", new CrossEntropy(0, 0.2, null), "clamped"),
        Arguments.of("bce", new BinaryCrossEntropy(), "binary"),
        Arguments.of("l1", new MeanAbsoluteError(), "near"),
        Arguments.of("huber", new HuberLoss(0.7), "near"));
  }

  private static double[][] rows(double[] flat, int columns) {
    double[][] rows = new double[flat.length / columns][];
    Arrays.setAll(rows, r -> Arrays.copyOfRange(flat, r * columns, (r + 1) * columns));
    return rows;
  }

  private static double[][] targets(String name) {
    int[] classes = Arrays.stream(FILE.integers("in.classes")).mapToInt(Math::toIntExact).toArray();
    return switch (name) {
      case "classes" -> LossRun.column(classes);
      case "clamped" -> LossRun.column(Arrays.stream(classes).map(label -> Math.max(label, 0)).toArray());
      default -> rows(FILE.tensor("in." + name), CLASSES);
    };
  }

  /**
   * The largest weight over the mean one of the rows that count, 3/1.3, bounds how much a row's error counts; half an
   * ulp of the stored number on top.
   */
  @ParameterizedTest
  @MethodSource("losses")
  void isPyTorchs(String name, Loss loss, String targets) {
    LossRun run = LossRun.of(loss, rows(FILE.tensor("in.logits"), CLASSES), targets(targets), 1);
    double expected = FILE.tensor(name + ".loss")[0];
    double tolerance = 2.4 * TorchLosses.logSumError(CLASSES) + TorchLosses.U * Math.abs(expected);
    assertEquals(expected, run.sum().mean(), tolerance, name);
    double[] gradient = FILE.tensor(name + ".grad");
    for (int i = 0; i < gradient.length; i++) {
      double allowed = 2.4 * TorchLosses.probabilityError(CLASSES) + TorchLosses.U * Math.abs(gradient[i]);
      assertEquals(gradient[i], run.gradient()[i], allowed, name + " gradient " + i);
    }
  }

  /** A row at 1e4: its loss is as exact as at 0, which a log-sum in float32 could not hold. */
  @ParameterizedTest
  @MethodSource("largeLogits")
  void aLargeLogitCostsNoAccuracy(double shift) {
    double[][] logits = {{shift, shift, shift}, {shift, shift + 2, shift - 1}};
    TorchLosses.Mean torch = TorchLosses.crossEntropy(new int[] {0, 1}, -100, 0, null);
    LossRun run = LossRun.of(new CrossEntropy(), logits, LossRun.column(0, 1), 1);
    assertEquals(torch.of(logits), run.sum().mean(), TorchLosses.logSumError(3));
  }

  static List<Double> largeLogits() {
    return List.of(0.0, 1e3, -1e4, 1e4, -1e6, 1e6);
  }
}
