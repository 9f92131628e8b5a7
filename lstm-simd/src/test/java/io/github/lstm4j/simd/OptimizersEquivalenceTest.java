package io.github.lstm4j.simd;

import io.github.lstm4j.kernels.AdamCoefficients;
import io.github.lstm4j.kernels.Kernels;
import io.github.lstm4j.kernels.RootMeanSquareCoefficients;
import io.github.lstm4j.kernels.SgdCoefficients;
import io.github.lstm4j.memory.Matrix;
import io.github.lstm4j.memory.Memory;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

/** Updates of the optimizers with every option: equal bits. */
class OptimizersEquivalenceTest {
  /** One update: state holds the value and then what the optimizer keeps; what it does without is null. */
  private interface Update {
    void with(Kernels kernels, Matrix gradient, @Nullable Matrix... state);
  }

  @Provide
  Arbitrary<Integer> columns() {
    return Arbitraries.oneOf(Pair.sizes(), Arbitraries.of(0, 1_000, 4_099));
  }

  @Provide
  Arbitrary<Integer> rarities() {
    return Pair.rarities();
  }

  @Property(tries = 300)
  void adam(
      @ForAll @IntRange(min = 0, max = 4) int rows, @ForAll("columns") int columns, @ForAll boolean amsgrad,
      @ForAll("rarities") int rarity, @ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    AdamCoefficients k =
        new AdamCoefficients(
            number(random), number(random), 0.999f, 0.1f, 0.001f, 1e-8f, decay(random),
            random.nextBoolean() ? 1f : 0.99f, number(random));
    Update update = (kernels, gradient, s) -> kernels.adam(s[0], gradient, s[1], s[2], s[3], k);
    assertEqualBits(rows, columns, rarity, random, update, true, true, true, amsgrad);
  }

  @Property(tries = 300)
  void sgd(
      @ForAll @IntRange(min = 0, max = 4) int rows, @ForAll("columns") int columns, @ForAll boolean momentum,
      @ForAll boolean nesterov, @ForAll("rarities") int rarity, @ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    SgdCoefficients k =
        new SgdCoefficients(number(random), 0.9f, number(random), nesterov, decay(random), number(random));
    Update update = (kernels, gradient, s) -> kernels.sgd(s[0], gradient, s[1], k);
    assertEqualBits(rows, columns, rarity, random, update, true, momentum);
  }

  @Property(tries = 300)
  void rootMeanSquare(
      @ForAll @IntRange(min = 0, max = 4) int rows, @ForAll("columns") int columns, @ForAll boolean centred,
      @ForAll boolean momentum, @ForAll("rarities") int rarity, @ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    boolean adagrad = random.nextBoolean();
    RootMeanSquareCoefficients k =
        new RootMeanSquareCoefficients(
            number(random), adagrad ? 1f : 0.99f, adagrad ? 1f : 0.01f, 1e-8f, 0.9f, decay(random), number(random));
    Update update = (kernels, gradient, s) -> kernels.rootMeanSquare(s[0], gradient, s[1], s[2], s[3], k);
    assertEqualBits(rows, columns, rarity, random, update, true, true, centred, momentum);
  }

  private static float number(SplittableRandom random) {
    return (float) random.nextDouble(0.01, 1);
  }

  private static float decay(SplittableRandom random) {
    return random.nextBoolean() ? 0f : 0.01f;
  }

  private static void assertEqualBits(
      int rows, int columns, int rarity, SplittableRandom random, Update update, boolean... kept) {
    try (Memory memory = Memory.unlimited("test")) {
      Guarded gradient = Guarded.random(memory, rows, columns, random, rarity);
      Guarded[] scalar = new Guarded[kept.length];
      Guarded[] simd = new Guarded[kept.length];
      @Nullable Matrix[] scalarState = new Matrix[kept.length];
      @Nullable Matrix[] simdState = new Matrix[kept.length];
      for (int i = 0; i < kept.length; i++) {
        scalar[i] = Guarded.random(memory, rows, columns, random, rarity);
        simd[i] = scalar[i].copy(memory, random);
        scalarState[i] = kept[i] ? scalar[i].matrix() : null;
        simdState[i] = kept[i] ? simd[i].matrix() : null;
      }
      update.with(Pair.SCALAR, gradient.matrix(), scalarState);
      update.with(Pair.SIMD, gradient.matrix(), simdState);
      for (int i = 0; i < kept.length; i++) {
        Guarded.assertEqualBits("state " + i, scalar[i], simd[i]);
      }
      gradient.assertUntouched("gradient");
    }
  }
}
