package io.github.lstm4j.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lstm4j.testing.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Targets that no class has, numbers that are none, and batches without a row that counts. */
class BadLossInputTest {
  private static final Class<IllegalArgumentException> TYPE = IllegalArgumentException.class;

  @ParameterizedTest
  @ValueSource(doubles = {-1, 3, -99, 1.5, Double.NaN, Double.POSITIVE_INFINITY, 3e9, -3e9})
  void aClassThatIsNoneIsNamedWithItsRow(double target) {
    double[][] targets = {{0}, {-100}, {target}};
    Refusal.of(
        TYPE, () -> LossRun.of(new CrossEntropy(), new double[3][3], targets, 1),
        "target of row 2 is " + (float) target, "0 to 2", "-100");
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.25, 1.25, Double.NaN, Double.POSITIVE_INFINITY})
  void aProbabilityThatIsNoneIsNamedWithItsPlace(double target) {
    double[][] targets = {{0, 1}, {0.5, target}};
    Refusal.of(
        TYPE, () -> LossRun.of(new BinaryCrossEntropy(), new double[2][2], targets, 1), "target [1, 1] is " + target,
        "0 to 1");
  }

  @Test
  void rowsThatAreAllIgnoredHaveNoWeightAndNoGradient() {
    double[] weights = {1, 2, 3};
    for (CrossEntropy loss : new CrossEntropy[] {new CrossEntropy(), new CrossEntropy(-100, 0.3, weights)}) {
      LossRun run = LossRun.of(loss, new double[][] {{1, 2, 3}, {4, 5, Double.NaN}}, LossRun.column(-100, -100), 1);
      assertEquals(LossSum.ZERO, run.sum());
      assertTrue(Double.isNaN(run.sum().mean()));
      assertArrayEquals(new float[6], run.gradient());
    }
  }

  /** What an ignored row holds does not matter. */
  @Test
  void anIgnoredRowIsNotRead() {
    LossRun some = LossRun.of(new CrossEntropy(), new double[][] {{1, 2}, {Double.NaN, 3}}, LossRun.column(1, -100), 1);
    LossRun one = LossRun.of(new CrossEntropy(), new double[][] {{1, 2}}, LossRun.column(1), 1);
    assertEquals(one.sum(), some.sum());
    assertArrayEquals(new float[] {one.gradient()[0], one.gradient()[1], 0, 0}, some.gradient());
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY})
  void anOutputThatIsNoNumberMakesTheLossNone(double output) {
    double[][] outputs = {{0, 1}, {output, 0}};
    assertTrue(Double.isNaN(LossRun.of(new CrossEntropy(), outputs, LossRun.column(0, 1), 1).sum().mean()));
    for (Loss loss : new Loss[] {new MeanAbsoluteError(), new HuberLoss(1), new BinaryCrossEntropy()}) {
      double mean = LossRun.of(loss, outputs, new double[][] {{0, 1}, {1, 0}}, 1).sum().mean();
      assertTrue(!Double.isFinite(mean), loss + ": " + mean);
    }
  }

  @Test
  void settingsAndShapesAreChecked() {
    Refusal.of(TYPE, () -> new CrossEntropy(-100, -0.1, null), "label smoothing is -0.1");
    Refusal.of(TYPE, () -> new CrossEntropy(-100, 1.1, null), "label smoothing is 1.1");
    Refusal.of(TYPE, () -> new CrossEntropy(-100, Double.NaN, null), "label smoothing is NaN");
    Refusal.of(TYPE, () -> new CrossEntropy(-100, 0, new double[] {1, -2}), "weight of class 1 is -2.0");
    Refusal.of(TYPE, () -> new CrossEntropy(-100, 0, new double[] {Double.NaN}), "weight of class 0 is NaN");
    Refusal.of(TYPE, () -> new HuberLoss(0), "delta is 0.0");
    Refusal.of(TYPE, () -> new HuberLoss(Double.POSITIVE_INFINITY), "delta is Infinity");
    CrossEntropy two = new CrossEntropy(-100, 0, new double[] {1, 2});
    Refusal.of(TYPE, () -> LossRun.of(two, new double[1][3], LossRun.column(0), 1), "2 class weights", "3 classes");
    Refusal.of(
        TYPE, () -> LossRun.of(new CrossEntropy(), new double[2][3], new double[2][3], 1), "logits [2, 3]",
        "targets [2, 3]", "expected targets [2, 1]");
    Refusal.of(TYPE, () -> LossRun.of(new HuberLoss(1), new double[2][3], new double[2][1], 1), "[2, 3]", "[2, 1]");
  }
}
