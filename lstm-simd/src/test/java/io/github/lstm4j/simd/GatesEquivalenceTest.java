package io.github.lstm4j.simd;

import io.github.lstm4j.kernels.Kernels;
import io.github.lstm4j.memory.Matrix;
import io.github.lstm4j.memory.Memory;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** The gates of an LSTM: equal bits, in place and not. No fewer tries where the width is emulated: some seconds. */
class GatesEquivalenceTest {
  @Provide
  Arbitrary<Integer> sizes() {
    return Pair.sizes();
  }

  /** No special values, many, few. */
  @Provide
  Arbitrary<Integer> rarities() {
    return Pair.rarities();
  }

  @Property(tries = 300)
  void forward(
      @ForAll @IntRange(min = 1, max = 5) int rows, @ForAll("sizes") int units, @ForAll boolean inPlace,
      @ForAll("rarities") int rarity, @ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    try (Memory memory = Memory.unlimited("test")) {
      Guarded gates = Guarded.random(memory, rows, 4 * units, random, rarity);
      Guarded bias = Guarded.random(memory, 1, 4 * units, random, rarity);
      Guarded cPrev = Guarded.random(memory, rows, units, random, rarity);
      Guarded[] scalar = new Guarded[4];
      Guarded[] simd = new Guarded[4];
      for (Kernels kernels : new Kernels[] {Pair.SCALAR, Pair.SIMD}) {
        Guarded[] side = kernels.equals(Pair.SIMD) ? simd : scalar;
        side[0] = gates.copy(memory, random);
        side[1] = inPlace ? cPrev.copy(memory, random) : Guarded.empty(memory, rows, units, random);
        side[2] = Guarded.empty(memory, rows, units, random);
        side[3] = inPlace ? side[2] : Guarded.empty(memory, rows, units, random);
        kernels
            .lstmGatesForward(
                side[0].matrix(), bias.matrix(), inPlace ? side[1].matrix() : cPrev.matrix(), side[1].matrix(),
                side[2].matrix(), side[3].matrix());
      }
      Guarded.assertEqualBits("gates", scalar[0], simd[0]);
      Guarded.assertEqualBits("c", scalar[1], simd[1]);
      Guarded.assertEqualBits("tanhC", scalar[2], simd[2]);
      Guarded.assertEqualBits("h", scalar[3], simd[3]);
      bias.assertUntouched("bias");
      cPrev.assertUntouched("cPrev");
    }
  }

  /** Floats of all magnitudes and both signs, every 4,999th (a prime) bit pattern, through all four gates. */
  @Example
  void forwardOverASweepOfAllFloats() {
    int units = (int) ((1L << 32) / 4 / 4_999);
    SplittableRandom random = new SplittableRandom(0);
    try (Memory memory = Memory.unlimited("test")) {
      Guarded gates = Guarded.random(memory, 1, 4 * units, random, 0);
      for (int u = 0; u < 4 * units; u++) {
        gates.matrix().set(0, u, Float.intBitsToFloat((u % units * 4 + u / units) * 4_999));
      }
      Guarded simd = gates.copy(memory, random);
      Guarded cell = Guarded.random(memory, 1, units, random, 0);
      Matrix zeros = memory.matrix(1, 4 * units);
      for (Guarded side : new Guarded[] {gates, simd}) {
        Kernels kernels = side.equals(simd) ? Pair.SIMD : Pair.SCALAR;
        Matrix state = cell.copy(memory, random).matrix();
        kernels.lstmGatesForward(side.matrix(), zeros, state, state, state, state);
      }
      Guarded.assertEqualBits("gates", gates, simd);
    }
  }

  @Property(tries = 300)
  void backward(
      @ForAll @IntRange(min = 1, max = 5) int rows, @ForAll("sizes") int units, @ForAll boolean inPlace,
      @ForAll("rarities") int rarity, @ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    try (Memory memory = Memory.unlimited("test")) {
      Guarded gates = Guarded.random(memory, rows, 4 * units, random, rarity);
      Guarded cPrev = Guarded.random(memory, rows, units, random, rarity);
      Guarded tanhC = Guarded.random(memory, rows, units, random, rarity);
      Guarded dH = Guarded.random(memory, rows, units, random, rarity);
      Guarded dC = Guarded.random(memory, rows, units, random, rarity);
      Guarded[] scalar = new Guarded[2];
      Guarded[] simd = new Guarded[2];
      for (Kernels kernels : new Kernels[] {Pair.SCALAR, Pair.SIMD}) {
        Guarded[] side = kernels.equals(Pair.SIMD) ? simd : scalar;
        side[0] = inPlace ? gates.copy(memory, random) : Guarded.empty(memory, rows, 4 * units, random);
        side[1] = dC.copy(memory, random);
        kernels
            .lstmGatesBackward(
                side[0].matrix(), inPlace ? side[0].matrix() : gates.matrix(), cPrev.matrix(), tanhC.matrix(),
                dH.matrix(), side[1].matrix());
      }
      Guarded.assertEqualBits("dGates", scalar[0], simd[0]);
      Guarded.assertEqualBits("dC", scalar[1], simd[1]);
      gates.assertUntouched("gates");
      cPrev.assertUntouched("cPrev");
      tanhC.assertUntouched("tanhC");
      dH.assertUntouched("dH");
    }
  }
}
