package io.github.lstm4j.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lstm4j.kernels.KernelSelection;
import io.github.lstm4j.memory.Matrix;
import io.github.lstm4j.memory.Memory;
import java.util.Objects;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** y = x·Wᵀ + b and its gradients against sums in double, with a bound on how far float32 sums can be from them. */
class LinearTest {
  /**
   * A sum of n products in float32, in any order: off by at most n·u·Σ|products|/(1 − n·u); 1.01 covers the divisor.
   */
  private static double bound(int terms, double sizes) {
    return 1.01 * (terms + 1) * 0x1p-24 * sizes;
  }

  private static void fill(Matrix matrix, SplittableRandom random) {
    for (int r = 0; r < matrix.rows(); r++) {
      for (int c = 0; c < matrix.columns(); c++) {
        matrix.set(r, c, (float) random.nextGaussian());
      }
    }
  }

  @Property(tries = 150)
  void forwardAndBackwardAreTheirFormulas(
      @ForAll @IntRange(min = 1, max = 40) int in, @ForAll @IntRange(min = 1, max = 40) int out, @ForAll boolean bias,
      @ForAll @IntRange(min = 1, max = 5) int batch, @ForAll @IntRange(min = 1, max = 9) int steps,
      @ForAll @IntRange(min = 1, max = 3) int threads, @ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    StepPlan plan = StepPlan.of(steps, random.ints(batch, 1, steps + 1).toArray());
    try (Memory memory = Memory.unlimited("test");
        Parameters parameters = Parameters.allocate(Linear.specs("head.", in, out, bias));
        Execution execution = new Execution(KernelSelection.best(), threads);
        Linear linear = new Linear("head.", bias, parameters, execution)) {
      parameters.allocateGradients();
      for (Parameter parameter : linear.parameters()) {
        fill(parameter.value(), random);
        parameter.changed();
      }
      Matrix x = memory.matrix(plan.rows(), in);
      Matrix dX = memory.matrix(plan.rows(), in);
      fill(x, random);
      fill(dX, random); // backward overwrites it
      LayerPass pass = linear.pass(plan, x, dX, Mode.TRAINING, memory);
      pass.forward(Noise.NONE);
      Matrix weight = parameters.get("head.weight").value();
      for (int r = 0; r < plan.rows(); r++) {
        for (int o = 0; o < out; o++) {
          double start = bias ? parameters.get("head.bias").value().get(0, o) : 0;
          assertSum(pass.output().get(r, o), start, in, x, r, 0, false, weight, o, 0, false);
        }
      }
      Matrix dY = Objects.requireNonNull(pass.outputGradient());
      fill(dY, random);
      pass.backward();
      for (int r = 0; r < plan.rows(); r++) {
        for (int i = 0; i < in; i++) {
          assertSum(dX.get(r, i), 0, out, dY, r, 0, false, weight, 0, i, true);
        }
      }
      for (int o = 0; o < out; o++) {
        for (int i = 0; i < in; i++) {
          float actual = parameters.get("head.weight").gradient().get(o, i);
          assertSum(actual, 0, plan.rows(), dY, 0, o, true, x, 0, i, true);
        }
        if (bias) {
          assertColumnSum(parameters.get("head.bias").gradient().get(0, o), dY, o);
        }
      }
    }
  }

  /** A sum of products along a row, or a column, of each operand. */
  private static void assertSum(
      float actual, double start, int terms, Matrix a, int aRow, int aColumn, boolean downA, Matrix b, int bRow,
      int bColumn, boolean downB) {
    double sum = start;
    double sizes = Math.abs(start);
    for (int k = 0; k < terms; k++) {
      double left = downA ? a.get(aRow + k, aColumn) : a.get(aRow, aColumn + k);
      double right = downB ? b.get(bRow + k, bColumn) : b.get(bRow, bColumn + k);
      sum += left * right;
      sizes += Math.abs(left * right);
    }
    assertEquals(sum, actual, bound(terms, sizes));
  }

  private static void assertColumnSum(float actual, Matrix a, int column) {
    double sum = 0;
    double sizes = 0;
    for (int r = 0; r < a.rows(); r++) {
      sum += a.get(r, column);
      sizes += Math.abs(a.get(r, column));
    }
    assertEquals(sum, actual, bound(a.rows(), sizes));
  }

  @Test
  void frozenWeightsGetNoGradientAndServingHasNone() {
    try (Memory memory = Memory.unlimited("test");
        Parameters parameters = Parameters.allocate(Linear.specs("", 3, 2, true));
        Execution execution = new Execution(KernelSelection.best(), 1);
        Linear linear = new Linear("", true, parameters, execution)) {
      parameters.allocateGradients();
      linear.initialise(4);
      parameters.get("bias").trainable(false);
      Matrix x = memory.matrix(4, 3);
      x.fill(1);
      LayerPass pass = linear.pass(StepPlan.of(2, 2), x, null, Mode.TRAINING, memory);
      pass.forward(Noise.NONE);
      Objects.requireNonNull(pass.outputGradient()).fill(1);
      pass.backward();
      assertEquals(4, parameters.get("weight").gradient().get(1, 2));
      assertEquals(0, parameters.get("bias").gradient().get(0, 1));
      for (float value : parameters.get("weight").toTensor().data()) {
        assertTrue(
            Math.abs(value) <= (float) (1 / Math.sqrt(3)), "PyTorch starts within one over the root of the inputs");
      }
      LayerPass serving = linear.pass(StepPlan.of(2, 2), x, null, Mode.INFERENCE, memory);
      assertNull(serving.outputGradient());
      assertThrows(IllegalStateException.class, serving::backward);
    }
  }

  @Test
  void lastStepTakesEachSequencesOwnLastRowAndGivesItsGradientBack() {
    StepPlan plan = StepPlan.of(5, new int[] {2, 5, 1, 4});
    try (Memory memory = Memory.unlimited("test"); LastStep last = new LastStep(1)) {
      Matrix x = memory.matrix(plan.rows(), 1);
      Matrix dX = memory.matrix(plan.rows(), 1);
      dX.fill(Float.NaN); // backward overwrites it
      for (int t = 0; t < plan.longest(); t++) {
        for (int p = 0; p < plan.active(t); p++) {
          x.set(plan.offset(t) + p, 0, 10 * plan.sequence(p) + t);
        }
      }
      LayerPass pass = last.pass(plan, x, dX, Mode.TRAINING, memory);
      pass.forward(Noise.NONE);
      float[] expected = {1, 14, 20, 33};
      CaseRun.assertSameBits("last", expected, pass.output().toArray(), plan);
      Matrix dY = Objects.requireNonNull(pass.outputGradient());
      dY.copyFrom(expected, 0);
      pass.backward();
      for (int r = 0; r < plan.rows(); r++) {
        float value = x.get(r, 0);
        boolean isLast = value == 1 || value == 14 || value == 20 || value == 33;
        assertEquals(isLast ? value : 0, dX.get(r, 0));
      }
    }
  }
}
