package io.github.lstm4j.layer;

import static io.github.lstm4j.layer.CaseRun.assertSameBits;
import static io.github.lstm4j.layer.CaseRun.tensor;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lstm4j.kernels.KernelSelection;
import io.github.lstm4j.memory.Matrix;
import io.github.lstm4j.memory.Memory;
import io.github.lstm4j.oracle.Cell;
import io.github.lstm4j.oracle.OracleCase;
import io.github.lstm4j.oracle.RecurrentConfig;
import io.github.lstm4j.random.CounterRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Masks: how many survive, what they depend on, and that they stand where they belong. Threads: {@link LayerBitsTest}.
 */
class DropoutTest {
  private static final RecurrentConfig CONFIG =
      new RecurrentConfig(Cell.LSTM, 3, 6, 2, true, true, 0, 4, 5, List.of(2, 5, 1, 4));

  private static float[] masked(StepPlan plan, float rate, long key, int units, float source) {
    try (Memory memory = Memory.unlimited("test")) {
      Matrix rows = memory.matrix(plan.rows(), units);
      rows.fill(source);
      new DropoutMask(plan, rate).apply(rows, rows, key);
      return rows.toArray();
    }
  }

  @ParameterizedTest
  @ValueSource(floats = {0.1f, 0.3f, 0.5f, 0.9f})
  void theRateIsTheShareOfZerosAndTheScaleKeepsTheMean(float rate) {
    float[] masked = masked(StepPlan.of(20, 50), rate, 77, 100, 1);
    int zeros = 0;
    for (float value : masked) {
      assertTrue(value == 0 || value == 1 / (1 - rate), () -> "neither dropped nor scaled: " + value);
      zeros += value == 0 ? 1 : 0;
    }
    // Binomial; six standard deviations are passed once in 10⁹, and the key is fixed.
    double deviation = Math.sqrt(masked.length * (double) rate * (1 - rate));
    assertEquals(masked.length * (double) rate, zeros, 6 * deviation);
  }

  /**
   * Against the definition, at widths around what is made at a time; of a mask that threads share and one that none do.
   */
  @ParameterizedTest
  @ValueSource(ints = {1, 7, 255, 256, 257, 600})
  void anElementsNumberDecides(int units) {
    StepPlan plan = StepPlan.of(3, new int[] {2, 3, 1});
    float rate = 0.3f;
    float[] values = {1.5f, -0f, Float.NaN, Float.POSITIVE_INFINITY, -Float.MIN_VALUE};
    try (Memory memory = Memory.unlimited("test"); Workers workers = new Workers(2)) {
      Matrix source = memory.matrix(plan.rows(), units);
      for (int i = 0; i < plan.rows() * units; i++) {
        source.set(i / units, i % units, values[i % values.length]);
      }
      Matrix alone = memory.matrix(plan.rows(), units);
      Matrix shared = memory.matrix(plan.rows(), units);
      new DropoutMask(plan, rate).apply(alone, source, 5);
      new DropoutMask(plan, rate, workers).apply(shared, source, 5);
      for (int t = 0; t < plan.longest(); t++) {
        for (int p = 0; p < plan.active(t); p++) {
          int row = plan.offset(t) + p;
          long stream = (long) t * plan.batch() + plan.sequence(p);
          for (int u = 0; u < units; u++) {
            boolean survives = CounterRandom.uniform(5, stream, u) >= rate;
            float expected = survives ? source.get(row, u) * (1 / (1 - rate)) : 0f;
            String place = "row " + row + ", unit " + u;
            assertEquals(Float.floatToIntBits(expected), Float.floatToIntBits(alone.get(row, u)), place);
            assertEquals(Float.floatToIntBits(expected), Float.floatToIntBits(shared.get(row, u)), place);
          }
        }
      }
    }
  }

  @Test
  void atRateZeroEverythingSurvivesUnchangedAndAtOneNothingDoes() {
    StepPlan plan = StepPlan.of(7, 9);
    float[] ones = new float[7 * 9 * 11];
    Arrays.fill(ones, 0.1f);
    assertSameBits("rate 0", ones, masked(plan, 0, 1, 11, 0.1f), plan);
    assertSameBits("rate 1", new float[ones.length], masked(plan, 1, 1, 11, Float.POSITIVE_INFINITY), plan);
  }

  @Test
  void aMaskDependsOnItsKeyTheStepTheSequenceAndTheUnitAlone() {
    StepPlan full = StepPlan.of(4, 5);
    float[] mask = masked(full, 0.5f, 1, 8, 1);
    assertArrayEquals(mask, masked(full, 0.5f, 1, 8, 1));
    assertFalse(Arrays.equals(mask, masked(full, 0.5f, 2, 8, 1)), "another key gave the same mask");
    StepPlan packed = StepPlan.of(5, new int[] {2, 5, 1, 4});
    float[] part = masked(packed, 0.5f, 1, 8, 1);
    for (int t = 0; t < packed.longest(); t++) {
      for (int p = 0; p < packed.active(t); p++) {
        int row = (packed.offset(t) + p) * 8;
        int same = (full.offset(t) + packed.sequence(p)) * 8;
        assertArrayEquals(Arrays.copyOfRange(mask, same, same + 8), Arrays.copyOfRange(part, row, row + 8));
      }
    }
  }

  @Test
  void theSameNoiseGivesTheSameBitsAndAnotherUpdateOrSeedGivesOthers() {
    OracleCase values = OracleCase.random(CONFIG, 3, 1);
    try (Recurrent layer = layer(values, 0.5f)) {
      float[] y = y(layer, values, new Noise(1, 2));
      assertSameBits("y", y, y(layer, values, new Noise(1, 2)), values);
      assertFalse(Arrays.equals(y, y(layer, values, new Noise(1, 3))), "another update, the same masks");
      assertFalse(Arrays.equals(y, y(layer, values, new Noise(2, 2))), "another seed, the same masks");
    }
  }

  private static Recurrent layer(OracleCase values, float rate) {
    RecurrentOptions options = CaseRun.options(values.config()).withDropout(rate);
    return CaseRun.layer(values, options, KernelSelection.best(), 1);
  }

  private static float[] y(Recurrent layer, OracleCase values, Noise noise) {
    try (RecurrentTape tape = layer.run(CaseRun.input(values), Mode.TRAINING, noise)) {
      return tape.output().y().data();
    }
  }

  /** With everything dropped, the upper layer sees zeros, and nothing but h_n and c_n leads back to the lower one. */
  @Test
  void atRateOneNoGradientPassesTheMask() {
    OracleCase values = OracleCase.random(CONFIG, 3, 1);
    try (Recurrent layer = layer(values, 1); RecurrentTape tape = layer.run(CaseRun.input(values), Mode.TRAINING)) {
      Map<String, float[]> gradients =
          CaseRun.gradients(tape.backward(tensor(values, "seed.y"), null, null), layer.parameters());
      for (String name : List.of("grad.x", "grad.weight_ih_l0", "grad.bias_hh_l0_reverse", "grad.weight_ih_l1")) {
        for (float value : CaseRun.result(gradients, name)) {
          assertEquals(0f, value, name);
        }
      }
      for (float value : CaseRun.result(gradients, "grad.weight_hh_l1")) {
        assertTrue(value != 0, "no gradient above the mask");
      }
    }
  }

  @Test
  void aSingleLayerHasNothingToDrop() {
    RecurrentConfig config = new RecurrentConfig(Cell.LSTM, 3, 6, 1, true, true, 0, 4, 5, List.of());
    OracleCase values = OracleCase.random(config, 3, 1);
    assertSameBits(
        CaseRun.train(values, KernelSelection.best(), 1, 0), CaseRun.train(values, KernelSelection.best(), 1, 0.9f),
        values);
  }
}
