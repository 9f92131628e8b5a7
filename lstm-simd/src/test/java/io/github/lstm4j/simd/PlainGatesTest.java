package io.github.lstm4j.simd;

import io.github.lstm4j.kernels.GateKernels;
import io.github.lstm4j.kernels.Kernels;
import io.github.lstm4j.memory.Memory;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** The gates that a program starts with: the scalar kernels' bits, of fewer units and more than are taken at once. */
class PlainGatesTest {
  @Provide
  Arbitrary<Integer> sizes() {
    return Arbitraries.oneOf(Arbitraries.integers().between(1, 70), Arbitraries.of(1023, 1024, 1025, 2100));
  }

  @Provide
  Arbitrary<Integer> rarities() {
    return Pair.rarities();
  }

  @Property(tries = 100)
  void lstm(
      @ForAll @IntRange(min = 1, max = 3) int rows, @ForAll("sizes") int units, @ForAll boolean inPlace,
      @ForAll("rarities") int rarity, @ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int from = from(units, random);
    int to = to(units, from, random);
    try (Memory memory = Memory.unlimited("test")) {
      Guarded bias = Guarded.random(memory, 1, 4 * units, random, rarity);
      Guarded cPrev = Guarded.random(memory, rows, units, random, rarity);
      Guarded[] expected = {
        Guarded.random(memory, rows, 4 * units, random, rarity), Guarded.random(memory, rows, units, random, rarity),
        Guarded.random(memory, rows, units, random, rarity), Guarded.random(memory, rows, units, random, rarity)
      };
      Guarded[] actual = copies(expected, memory, random);
      for (boolean plain : new boolean[] {false, true}) {
        Kernels kernels = plain ? new StartingKernels(false) : Pair.SCALAR;
        Guarded[] side = plain ? actual : expected;
        Guarded h = inPlace ? side[2] : side[3];
        kernels.lstmGatesForward(
            side[0].matrix(), bias.matrix(), inPlace ? side[1].matrix() : cPrev.matrix(), side[1].matrix(),
            side[2].matrix(), h.matrix(), from, to);
      }
      assertEqualBits(new String[] {"gates", "c", "tanhC", "h"}, expected, actual);
      bias.assertUntouched("bias");
      cPrev.assertUntouched("cPrev");
    }
  }

  @Property(tries = 100)
  void gru(
      @ForAll @IntRange(min = 1, max = 3) int rows, @ForAll("sizes") int units, @ForAll("rarities") int rarity,
      @ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int from = from(units, random);
    int to = to(units, from, random);
    try (Memory memory = Memory.unlimited("test")) {
      Guarded bias = Guarded.random(memory, 1, 3 * units, random, rarity);
      Guarded hiddenBias = Guarded.random(memory, 1, units, random, rarity);
      Guarded hPrev = Guarded.random(memory, rows, units, random, rarity);
      Guarded[] expected = {
        Guarded.random(memory, rows, 3 * units, random, rarity), Guarded.random(memory, rows, units, random, rarity),
        Guarded.random(memory, rows, units, random, rarity)
      };
      Guarded[] actual = copies(expected, memory, random);
      for (boolean plain : new boolean[] {false, true}) {
        Kernels kernels = plain ? new StartingKernels(false) : Pair.SCALAR;
        Guarded[] side = plain ? actual : expected;
        kernels.gruGatesForward(
            side[0].matrix(), side[1].matrix(), bias.matrix(), hiddenBias.matrix(), hPrev.matrix(), side[2].matrix(),
            from, to);
      }
      assertEqualBits(new String[] {"gates", "hiddenN", "h"}, expected, actual);
      bias.assertUntouched("bias");
      hiddenBias.assertUntouched("hiddenBias");
      hPrev.assertUntouched("hPrev");
    }
  }

  /** The first unit of a range: a multiple of a block of units. */
  private static int from(int units, SplittableRandom random) {
    return random.nextInt(units / GateKernels.UNIT_BLOCK + 1) * GateKernels.UNIT_BLOCK;
  }

  private static int to(int units, int from, SplittableRandom random) {
    return random.nextBoolean() ? units : random.nextInt(from, units + 1);
  }

  private static Guarded[] copies(Guarded[] all, Memory memory, SplittableRandom random) {
    Guarded[] copies = new Guarded[all.length];
    for (int i = 0; i < all.length; i++) {
      copies[i] = all[i].copy(memory, random);
    }
    return copies;
  }

  private static void assertEqualBits(String[] names, Guarded[] expected, Guarded[] actual) {
    for (int i = 0; i < names.length; i++) {
      Guarded.assertEqualBits(names[i], expected[i], actual[i]);
    }
  }
}
