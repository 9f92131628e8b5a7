package io.github.lstm4j.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.lstm4j.kernels.AdamCoefficients;
import io.github.lstm4j.memory.Memory;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Norms and optimizer steps: equal bits. No fewer tries where the width is emulated: some seconds. */
class VectorsEquivalenceTest {
  /** Around the lanes and around the blocks of a reduction. */
  @Provide
  Arbitrary<Integer> columns() {
    return Arbitraries.oneOf(Pair.sizes(), Arbitraries.of(0, 2_047, 2_048, 4_095, 4_096, 4_097, 9_000));
  }

  /** No special values, many, few. */
  @Provide
  Arbitrary<Integer> rarities() {
    return Arbitraries.of(0, 3, 2_000);
  }

  @Property(tries = 300)
  void sumOfSquares(
      @ForAll @IntRange(min = 0, max = 7) int rows, @ForAll("columns") int columns, @ForAll("rarities") int rarity,
      @ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    try (Memory memory = Memory.unlimited("test")) {
      Guarded x = Guarded.random(memory, rows, columns, random, rarity);
      double expected = Pair.SCALAR.sumOfSquares(x.matrix());
      double actual = Pair.SIMD.sumOfSquares(x.matrix());
      assertEquals(Double.doubleToLongBits(expected), Double.doubleToLongBits(actual), () -> expected + ", " + actual);
      x.assertUntouched("x");
    }
  }

  @Property(tries = 300)
  void adam(
      @ForAll @IntRange(min = 0, max = 4) int rows, @ForAll("columns") int columns, @ForAll boolean decay,
      @ForAll("rarities") int rarity, @ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    AdamCoefficients coefficients =
        new AdamCoefficients(
            (float) random.nextDouble(1e-4, 1e-1), (float) random.nextDouble(0.1, 1), 0.999f, 0.1f, 0.001f, 1e-8f,
            decay ? 0.01f : 0f, (float) random.nextDouble(0.1, 1));
    try (Memory memory = Memory.unlimited("test")) {
      Guarded gradient = Guarded.random(memory, rows, columns, random, rarity);
      Guarded[] scalar = new Guarded[3];
      Guarded[] simd = new Guarded[3];
      for (int i = 0; i < 3; i++) {
        scalar[i] = Guarded.random(memory, rows, columns, random, rarity);
        simd[i] = scalar[i].copy(memory, random);
      }
      Pair.SCALAR.adam(
          scalar[0].matrix(), gradient.matrix(), scalar[1].matrix(), scalar[2].matrix(), coefficients);
      Pair.SIMD.adam(simd[0].matrix(), gradient.matrix(), simd[1].matrix(), simd[2].matrix(), coefficients);
      Guarded.assertEqualBits("value", scalar[0], simd[0]);
      Guarded.assertEqualBits("first moment", scalar[1], simd[1]);
      Guarded.assertEqualBits("second moment", scalar[2], simd[2]);
      gradient.assertUntouched("gradient");
    }
  }
}
