package io.github.lstm4j.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.lstm4j.memory.Memory;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Norms and sums of rows: equal bits. No fewer tries where the width is emulated: some seconds. */
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

  /** Repeated entries, negative ones, and entries that nobody adds to. */
  @Property(tries = 300)
  void addRows(
      @ForAll @IntRange(min = 0, max = 20) int rows, @ForAll("columns") int columns,
      @ForAll @IntRange(min = 1, max = 9) int entries, @ForAll("rarities") int rarity, @ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] index = random.ints(rows, -2, entries).toArray();
    try (Memory memory = Memory.unlimited("test")) {
      Guarded x = Guarded.random(memory, rows, columns, random, rarity);
      Guarded scalar = Guarded.random(memory, entries, columns, random, rarity);
      Guarded simd = scalar.copy(memory, random);
      Pair.SCALAR.addRows(scalar.matrix(), index, x.matrix());
      Pair.SIMD.addRows(simd.matrix(), index, x.matrix());
      Guarded.assertEqualBits("table", scalar, simd);
      x.assertUntouched("rows");
    }
  }
}
