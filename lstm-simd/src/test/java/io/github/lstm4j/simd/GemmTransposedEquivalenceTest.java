package io.github.lstm4j.simd;

import io.github.lstm4j.kernels.Kernels;
import io.github.lstm4j.kernels.RowOrder;
import io.github.lstm4j.kernels.Store;
import io.github.lstm4j.memory.Memory;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** What takes rows in an order, products with a transposed left operand and sums of columns: equal bits. */
class GemmTransposedEquivalenceTest {
  @Provide
  Arbitrary<Integer> sizes() {
    return Pair.sizes();
  }

  /** And more columns than are summed at a time, with one to three vectors behind the last four. */
  @Provide
  Arbitrary<Integer> sumsColumns() {
    int most = SimdColumnSums.COLUMNS;
    int vector = Lanes.LENGTH;
    return Arbitraries.oneOf(
        Pair.sizes(), Arbitraries.of(5 * vector + 1, 6 * vector, 7 * vector + 3),
        Arbitraries.of(most, most + 1, most + vector, most + 4 * vector - 1, most + 5 * vector + 3));
  }

  @Provide
  Arbitrary<Integer> depths() {
    return Pair.depths();
  }

  @Provide
  Arbitrary<Integer> rarities() {
    return Pair.rarities();
  }

  @Property(tries = 300)
  void gemmTransposedA(
      @ForAll("sizes") int m, @ForAll("sizes") int n, @ForAll("depths") int pairs, @ForAll Store store,
      @ForAll("rarities") int rarity, @ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    try (Memory memory = Memory.unlimited("test")) {
      Guarded a = Guarded.random(memory, random.nextInt(1, 100), m, random, rarity);
      Guarded b = Guarded.random(memory, random.nextInt(1, 100), n, random, rarity);
      RowOrder order = order(pairs, a.matrix().rows(), b.matrix().rows(), random);
      Guarded expected = Guarded.result(memory, m, n, store, random, rarity);
      Guarded actual = expected.copy(memory, random);
      Pair.SCALAR.gemmTransposedA(expected.matrix(), a.matrix(), b.matrix(), order, store);
      Pair.SIMD.gemmTransposedA(actual.matrix(), a.matrix(), b.matrix(), order, store);
      Guarded.assertEqualBits("c", expected, actual);
      a.assertUntouched("a");
      b.assertUntouched("b");
    }
  }

  /** Nothing to do is done here too: a left operand without columns. */
  @Property(tries = 5)
  void gemmTransposedAOfNoColumns(@ForAll("sizes") int n, @ForAll Store store, @ForAll long seed) {
    gemmTransposedA(0, n, Kernels.DEPTH_BLOCK + 1, store, 200, seed);
  }

  /** More columns and rows than are packed at a time. */
  @Property(tries = 3)
  void gemmTransposedAInChunks(@ForAll Store store, @ForAll long seed) {
    int columns = Scratch.RIGHT_COLUMNS + Lanes.LENGTH + 1;
    gemmTransposedA(Scratch.LEFT_COLUMNS + 3, columns, Kernels.DEPTH_BLOCK + 7, store, 200, seed);
  }

  /** A column or few, and more pairs than the packing space holds of a single strip. */
  @Property(tries = 4)
  void gemmTransposedAOfManyPairs(@ForAll @IntRange(min = 1, max = 9) int n, @ForAll Store store, @ForAll long seed) {
    int pairs = Lanes.LEFT_ROWS * Lanes.A_ROW / Lanes.ROWS + 7;
    gemmTransposedA(Lanes.ROWS + 1, n, pairs, store, 200, seed);
  }

  /** How far the orders of a pair of products agree in their left rows. */
  enum Agreement {
    /** In all pairs, of which both have as many. */
    WHOLE,

    /** In as many as the shorter one has. */
    PREFIX,

    /** In some. */
    PART
  }

  @Property(tries = 400)
  void gemmTransposedAPair(
      @ForAll("sizes") int m, @ForAll("sizes") int n, @ForAll("sizes") int n2, @ForAll("depths") int pairs,
      @ForAll Agreement agreement, @ForAll Store store, @ForAll("rarities") int rarity, @ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int pairs2 = agreement == Agreement.WHOLE ? pairs : random.nextInt(0, pairs + 1);
    int alike = agreement == Agreement.PART ? random.nextInt(0, pairs2 + 1) : pairs2;
    boolean firstIsShorter = random.nextBoolean();
    try (Memory memory = Memory.unlimited("test")) {
      Guarded a = Guarded.random(memory, random.nextInt(1, 100), m, random, rarity);
      Guarded b = Guarded.random(memory, random.nextInt(1, 100), n, random, rarity);
      Guarded b2 = Guarded.random(memory, random.nextInt(1, 100), n2, random, rarity);
      RowOrder longer = order(pairs, a.matrix().rows(), (firstIsShorter ? b2 : b).matrix().rows(), random);
      RowOrder other = order(pairs2, a.matrix().rows(), (firstIsShorter ? b : b2).matrix().rows(), random);
      int[] left = new int[pairs2];
      int[] right = new int[pairs2];
      for (int p = 0; p < pairs2; p++) {
        left[p] = p < alike ? longer.left(p) : other.left(p);
        right[p] = other.right(p);
      }
      RowOrder shorter = RowOrder.of(left, right);
      RowOrder order = firstIsShorter ? shorter : longer;
      RowOrder order2 = firstIsShorter ? longer : shorter;
      Guarded expected = Guarded.result(memory, m, n, store, random, rarity);
      Guarded expected2 = Guarded.result(memory, m, n2, store, random, rarity);
      Guarded actual = expected.copy(memory, random);
      Guarded actual2 = expected2.copy(memory, random);
      Pair.SCALAR.gemmTransposedAPair(
          expected.matrix(), b.matrix(), order, expected2.matrix(), b2.matrix(), order2, a.matrix(), store);
      Pair.SIMD.gemmTransposedAPair(
          actual.matrix(), b.matrix(), order, actual2.matrix(), b2.matrix(), order2, a.matrix(), store);
      Guarded.assertEqualBits("c", expected, actual);
      Guarded.assertEqualBits("c2", expected2, actual2);
      a.assertUntouched("a");
      b.assertUntouched("b");
      b2.assertUntouched("b2");
    }
  }

  /** Together as many columns as are packed at a time, or one more; several chunks of the left operand's. */
  @Property(tries = 8)
  void gemmTransposedAPairInChunks(
      @ForAll @IntRange(max = 1) int more, @ForAll Agreement agreement, @ForAll Store store, @ForAll long seed) {
    int n = Lanes.LENGTH + 3; // two vectors
    int n2 = Scratch.RIGHT_COLUMNS - 2 * Lanes.LENGTH + more;
    gemmTransposedAPair(Scratch.LEFT_COLUMNS + 3, n, n2, 2 * Kernels.DEPTH_BLOCK + 5, agreement, store, 200, seed);
  }

  @Property(tries = 300)
  void columnSums(
      @ForAll("sumsColumns") int n, @ForAll("depths") int pairs, @ForAll Store store, @ForAll("rarities") int rarity,
      @ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    try (Memory memory = Memory.unlimited("test")) {
      Guarded a = Guarded.random(memory, random.nextInt(1, 100), n, random, rarity);
      RowOrder order = order(pairs, a.matrix().rows(), 1_000, random);
      Guarded expected = Guarded.result(memory, 1, n, store, random, rarity);
      Guarded actual = expected.copy(memory, random);
      Pair.SCALAR.columnSums(expected.matrix(), a.matrix(), order, store);
      Pair.SIMD.columnSums(actual.matrix(), a.matrix(), order, store);
      Guarded.assertEqualBits("sums", expected, actual);
      a.assertUntouched("a");
    }
  }

  private static RowOrder order(int pairs, int leftRows, int rightRows, SplittableRandom random) {
    return RowOrder.of(random.ints(pairs, 0, leftRows).toArray(), random.ints(pairs, 0, rightRows).toArray());
  }
}
