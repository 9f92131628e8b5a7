package io.github.lstm4j.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.lstm4j.kernels.scalar.Exponential;
import io.github.lstm4j.memory.Matrix;
import io.github.lstm4j.memory.Memory;
import java.util.Arrays;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Softmax and its exponential: equal bits, in place and not. */
class SoftmaxEquivalenceTest {
  @Provide
  Arbitrary<Integer> columns() {
    return Arbitraries.oneOf(Pair.sizes(), Arbitraries.of(15, 16, 17, 31, 32, 33, 1_000, 4_099));
  }

  @Provide
  Arbitrary<Integer> rarities() {
    return Pair.rarities();
  }

  /** What logits are multiplied with: near uniform, ordinary, past over- and underflow. */
  @Provide
  Arbitrary<Float> scales() {
    return Arbitraries.of(1e-3f, 1f, 30f, 1e37f);
  }

  @Property(tries = 400)
  void softmax(
      @ForAll @IntRange(min = 0, max = 5) int rows, @ForAll("columns") int columns, @ForAll("scales") float scale,
      @ForAll boolean inPlace, @ForAll("rarities") int rarity, @ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    try (Memory memory = Memory.unlimited("test")) {
      Guarded logits = Guarded.random(memory, rows, columns, random, rarity);
      for (int r = 0; r < rows; r++) {
        for (int c = 0; c < columns; c++) {
          logits.matrix().set(r, c, logits.matrix().get(r, c) * scale);
        }
      }
      assertEqualBits(memory, logits, factors(rows, random), inPlace, random);
    }
  }

  private static float[] factors(int rows, SplittableRandom random) {
    float[] factor = new float[rows];
    for (int r = 0; r < rows; r++) {
      factor[r] = random.nextInt(4) == 0 ? 0f : (float) random.nextDouble(-2, 2);
    }
    return factor;
  }

  private static void assertEqualBits(
      Memory memory, Guarded logits, float[] factor, boolean inPlace, SplittableRandom random) {
    int rows = logits.matrix().rows();
    int columns = logits.matrix().columns();
    double[] scalarSum = new double[rows];
    double[] simdSum = new double[rows];
    Guarded source = logits.copy(memory, random);
    Guarded scalar = inPlace ? logits.copy(memory, random) : Guarded.empty(memory, rows, columns, random);
    Guarded simd = inPlace ? logits.copy(memory, random) : Guarded.empty(memory, rows, columns, random);
    Pair.SCALAR.softmax(scalar.matrix(), scalarSum, inPlace ? scalar.matrix() : source.matrix(), factor);
    Pair.SIMD.softmax(simd.matrix(), simdSum, inPlace ? simd.matrix() : source.matrix(), factor);
    Guarded.assertEqualBits("result", scalar, simd);
    for (int r = 0; r < rows; r++) {
      assertEquals(Double.doubleToLongBits(scalarSum[r]), Double.doubleToLongBits(simdSum[r]), "logSum of row " + r);
    }
    source.assertUntouched("logits");
  }

  /** Rows of one special value throughout: all −∞ and all NaN have no largest logit. */
  @Example
  void rowsOfOneValue() {
    SplittableRandom random = new SplittableRandom(0);
    float[] values = {
      Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, Float.NaN, 0f, -0f, 3e38f, -3e38f, Float.MIN_VALUE
    };
    for (int columns : new int[] {1, 15, 16, 17, 40}) {
      try (Memory memory = Memory.unlimited("test")) {
        Guarded logits = Guarded.empty(memory, values.length, columns, random);
        float[] factor = new float[values.length];
        Arrays.fill(factor, 1f);
        for (int r = 0; r < values.length; r++) {
          for (int c = 0; c < columns; c++) {
            logits.matrix().set(r, c, values[r]);
          }
        }
        assertEqualBits(memory, logits, factor, false, random);
      }
    }
  }

  /**
   * The exponential alone, over every 4,999th (a prime) bit pattern and all floats within 2¹² of where it over- and
   * underflows: a row of softmax shifts by its largest logit, so positive arguments never meet it there.
   */
  @Example
  void exponential() {
    try (Memory memory = Memory.unlimited("test")) {
      Matrix x = memory.vector(Lanes.LENGTH);
      Matrix e = memory.vector(Lanes.LENGTH);
      Matrix sum = memory.vector(Lanes.LENGTH);
      for (long bits = 0; bits < 1L << 32; bits += 4_999L * Lanes.LENGTH) {
        assertExponential(x, e, sum, (int) bits, 4_999);
      }
      for (float seam : new float[] {Exponential.EXP_HIGH, Exponential.EXP_LOW, -87.33654f, 0f, -0f}) {
        int from = Float.floatToRawIntBits(seam) - (Float.floatToRawIntBits(seam) << 1 == 0 ? 0 : 4_096);
        for (int bits = from; bits < from + 8_192; bits += Lanes.LENGTH) {
          assertExponential(x, e, sum, bits, 1);
        }
      }
    }
  }

  private static void assertExponential(Matrix x, Matrix e, Matrix sum, int bits, int step) {
    for (int lane = 0; lane < Lanes.LENGTH; lane++) {
      x.set(0, lane, Float.intBitsToFloat(bits + lane * step));
    }
    SimdExponential.lanes(sum.segment(), 0, e.segment(), 0, x.segment(), 0, Lanes.BYTES, 0f); // x − 0 is x
    for (int lane = 0; lane < Lanes.LENGTH; lane++) {
      float expected = Exponential.exp(x.get(0, lane));
      if (Float.floatToIntBits(expected) != Float.floatToIntBits(e.get(0, lane))) {
        assertEquals(expected, e.get(0, lane), "exp of " + x.get(0, lane));
      }
    }
  }
}
