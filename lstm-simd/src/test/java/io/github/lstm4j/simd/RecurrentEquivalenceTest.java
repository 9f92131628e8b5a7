package io.github.lstm4j.simd;

import io.github.lstm4j.kernels.Kernels;
import io.github.lstm4j.kernels.Nonlinearity;
import io.github.lstm4j.memory.Matrix;
import io.github.lstm4j.memory.Memory;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** The steps of GRUs and plain recurrent networks: equal bits, in place and not. */
class RecurrentEquivalenceTest {
  @Provide
  Arbitrary<Integer> sizes() {
    return Pair.sizes();
  }

  @Provide
  Arbitrary<Integer> rarities() {
    return Pair.rarities();
  }

  @Property(tries = 300)
  void gruForward(
      @ForAll @IntRange(min = 0, max = 5) int rows, @ForAll("sizes") int units, @ForAll("rarities") int rarity,
      @ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    try (Memory memory = Memory.unlimited("test")) {
      Guarded bias = Guarded.random(memory, 1, 3 * units, random, rarity);
      Guarded hiddenBias = Guarded.random(memory, 1, units, random, rarity);
      Guarded hPrev = Guarded.random(memory, rows, units, random, rarity);
      Guarded gates = Guarded.random(memory, rows, 3 * units, random, rarity);
      Guarded hiddenN = Guarded.random(memory, rows, units, random, rarity);
      Guarded h = Guarded.empty(memory, rows, units, random);
      Guarded simdGates = gates.copy(memory, random);
      Guarded simdHiddenN = hiddenN.copy(memory, random);
      Guarded simdH = Guarded.empty(memory, rows, units, random);
      Pair.SCALAR.gruGatesForward(
          gates.matrix(), hiddenN.matrix(), bias.matrix(), hiddenBias.matrix(), hPrev.matrix(), h.matrix());
      Pair.SIMD.gruGatesForward(
          simdGates.matrix(), simdHiddenN.matrix(), bias.matrix(), hiddenBias.matrix(), hPrev.matrix(),
          simdH.matrix());
      Guarded.assertEqualBits("gates", gates, simdGates);
      Guarded.assertEqualBits("hiddenN", hiddenN, simdHiddenN);
      Guarded.assertEqualBits("h", h, simdH);
      bias.assertUntouched("bias");
      hiddenBias.assertUntouched("hiddenBias");
      hPrev.assertUntouched("hPrev");
    }
  }

  @Property(tries = 300)
  void gruBackward(
      @ForAll @IntRange(min = 0, max = 5) int rows, @ForAll("sizes") int units, @ForAll("rarities") int rarity,
      @ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    try (Memory memory = Memory.unlimited("test")) {
      Guarded hPrev = Guarded.random(memory, rows, units, random, rarity);
      Guarded dH = Guarded.random(memory, rows, units, random, rarity);
      Guarded gates = Guarded.random(memory, rows, 3 * units, random, rarity);
      Guarded hiddenN = Guarded.random(memory, rows, units, random, rarity);
      Guarded dHPrev = Guarded.random(memory, rows, units, random, rarity);
      Guarded simdGates = gates.copy(memory, random);
      Guarded simdHiddenN = hiddenN.copy(memory, random);
      Guarded simdDHPrev = dHPrev.copy(memory, random);
      Pair.SCALAR.gruGatesBackward(
          gates.matrix(), hiddenN.matrix(), hPrev.matrix(), dH.matrix(), dHPrev.matrix());
      Pair.SIMD.gruGatesBackward(
          simdGates.matrix(), simdHiddenN.matrix(), hPrev.matrix(), dH.matrix(), simdDHPrev.matrix());
      Guarded.assertEqualBits("gates", gates, simdGates);
      Guarded.assertEqualBits("hiddenN", hiddenN, simdHiddenN);
      Guarded.assertEqualBits("dHPrev", dHPrev, simdDHPrev);
      hPrev.assertUntouched("hPrev");
      dH.assertUntouched("dH");
    }
  }

  @Property(tries = 300)
  void rnnForward(
      @ForAll @IntRange(min = 0, max = 5) int rows, @ForAll("sizes") int units, @ForAll Nonlinearity nonlinearity,
      @ForAll boolean inPlace, @ForAll("rarities") int rarity, @ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    try (Memory memory = Memory.unlimited("test")) {
      Guarded bias = Guarded.random(memory, 1, units, random, rarity);
      Guarded sums = Guarded.random(memory, rows, units, random, rarity);
      Guarded scalar = inPlace ? sums.copy(memory, random) : Guarded.empty(memory, rows, units, random);
      Guarded simd = inPlace ? sums.copy(memory, random) : Guarded.empty(memory, rows, units, random);
      for (Guarded h : new Guarded[] {scalar, simd}) {
        Kernels kernels = h.equals(simd) ? Pair.SIMD : Pair.SCALAR;
        kernels.rnnForward(h.matrix(), inPlace ? h.matrix() : sums.matrix(), bias.matrix(), nonlinearity);
      }
      Guarded.assertEqualBits("h", scalar, simd);
      sums.assertUntouched("sums");
      bias.assertUntouched("bias");
    }
  }

  @Property(tries = 300)
  void rnnBackward(
      @ForAll @IntRange(min = 0, max = 5) int rows, @ForAll("sizes") int units, @ForAll Nonlinearity nonlinearity,
      @ForAll("rarities") int rarity, @ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    try (Memory memory = Memory.unlimited("test")) {
      Guarded h = Guarded.random(memory, rows, units, random, rarity);
      Guarded dH = Guarded.random(memory, rows, units, random, rarity);
      Guarded scalar = Guarded.empty(memory, rows, units, random);
      Guarded simd = Guarded.empty(memory, rows, units, random);
      Pair.SCALAR.rnnBackward(scalar.matrix(), h.matrix(), dH.matrix(), nonlinearity);
      Pair.SIMD.rnnBackward(simd.matrix(), h.matrix(), dH.matrix(), nonlinearity);
      Guarded.assertEqualBits("dSums", scalar, simd);
      h.assertUntouched("h");
      dH.assertUntouched("dH");
    }
  }

  /** Floats of all magnitudes and both signs, every 9,973th (a prime) bit pattern, through both activations. */
  @Example
  void rnnForwardOverASweepOfAllFloats() {
    int units = (int) ((1L << 32) / 9_973);
    SplittableRandom random = new SplittableRandom(0);
    try (Memory memory = Memory.unlimited("test")) {
      Matrix sums = memory.matrix(1, units);
      for (int u = 0; u < units; u++) {
        sums.set(0, u, Float.intBitsToFloat(u * 9_973));
      }
      Matrix zeros = memory.matrix(1, units);
      for (Nonlinearity nonlinearity : Nonlinearity.values()) {
        Guarded scalar = Guarded.empty(memory, 1, units, random);
        Guarded simd = Guarded.empty(memory, 1, units, random);
        Pair.SCALAR.rnnForward(scalar.matrix(), sums, zeros, nonlinearity);
        Pair.SIMD.rnnForward(simd.matrix(), sums, zeros, nonlinearity);
        Guarded.assertEqualBits("h of " + nonlinearity, scalar, simd);
      }
    }
  }
}
