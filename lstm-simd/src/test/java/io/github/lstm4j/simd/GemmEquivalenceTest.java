package io.github.lstm4j.simd;

import io.github.lstm4j.kernels.Kernels;
import io.github.lstm4j.kernels.Orientation;
import io.github.lstm4j.kernels.PackedMatrix;
import io.github.lstm4j.kernels.Store;
import io.github.lstm4j.memory.Matrix;
import io.github.lstm4j.memory.Memory;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.constraints.IntRange;

/** Products: equal bits. No fewer tries where the width is emulated: some seconds. */
class GemmEquivalenceTest {
  @Provide
  Arbitrary<Integer> sizes() {
    return Pair.sizes();
  }

  @Provide
  Arbitrary<Integer> depths() {
    return Pair.depths();
  }

  @Provide
  Arbitrary<Integer> rarities() {
    return Pair.rarities();
  }

  @Property(tries = 400)
  void gemm(
      @ForAll("sizes") int m, @ForAll("sizes") int n, @ForAll("depths") int k, @ForAll Orientation orientation,
      @ForAll Store store, @ForAll("rarities") int rarity, @ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    boolean plain = orientation == Orientation.PLAIN;
    try (Memory memory = Memory.unlimited("test")) {
      Guarded a = Guarded.random(memory, m, k, random, rarity);
      Guarded b = Guarded.random(memory, plain ? k : n, plain ? n : k, random, rarity);
      Guarded expected = Guarded.result(memory, m, n, store, random, rarity);
      Guarded actual = expected.copy(memory, random);
      PackedMatrix scalar = Pair.SCALAR.pack(b.matrix(), orientation, memory);
      PackedMatrix simd = Pair.SIMD.pack(b.matrix(), orientation, memory);
      Pair.SCALAR.gemm(expected.matrix(), a.matrix(), scalar, store);
      Pair.SIMD.gemm(actual.matrix(), a.matrix(), simd, store);
      Guarded.assertEqualBits("c", expected, actual);
      a.assertUntouched("a");
      b.assertUntouched("b");

      Guarded other = Guarded.random(memory, plain ? k : n, plain ? n : k, random, rarity);
      Pair.SCALAR.repack(scalar, other.matrix());
      Pair.SIMD.repack(simd, other.matrix());
      Pair.SCALAR.gemm(expected.matrix(), a.matrix(), scalar, store);
      Pair.SIMD.gemm(actual.matrix(), a.matrix(), simd, store);
      Guarded.assertEqualBits("c after repacking", expected, actual);
    }
  }

  /** Nothing to do is done. */
  @Property(tries = 10)
  void gemmOfNoRows(@ForAll("sizes") int n, @ForAll("depths") int k, @ForAll Store store, @ForAll long seed) {
    gemm(0, n, k, Orientation.PLAIN, store, 200, seed);
  }

  /** Several left operands of no row to a tile and more, so that tiles begin and end anywhere among them. */
  @Property(tries = 300)
  void gemmEach(
      @ForAll @IntRange(min = 1, max = 12) int matrices, @ForAll("sizes") int n, @ForAll("depths") int k,
      @ForAll Store store, @ForAll("rarities") int rarity, @ForAll long seed) {
    gemmEach(matrices, Lanes.ROWS + 1, n, k, store, rarity, seed);
  }

  /** More rows together than are packed at a time. */
  @Property(tries = 5)
  void gemmEachInChunks(@ForAll Store store, @ForAll long seed) {
    gemmEach(12, Lanes.LEFT_ROWS / 3, Lanes.LENGTH + 1, Kernels.DEPTH_BLOCK + 1, store, 200, seed);
  }

  /** The same over several groups of panels: each strip meets all of a group, whichever matrix its rows are in. */
  @Property(tries = 5)
  void gemmEachInGroups(@ForAll Store store, @ForAll long seed) {
    int columns = (3 * RowSweep.GROUP + 1) * Lanes.LENGTH - 3;
    gemmEach(12, Lanes.LEFT_ROWS / 3, columns, Kernels.DEPTH_BLOCK / 4, store, 200, seed);
  }

  private static void gemmEach(int matrices, int mostRows, int n, int k, Store store, int rarity, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    try (Memory memory = Memory.unlimited("test")) {
      List<Guarded> a = new ArrayList<>();
      List<Guarded> expected = new ArrayList<>();
      List<Guarded> actual = new ArrayList<>();
      for (int i = 0; i < matrices; i++) {
        int m = random.nextInt(mostRows + 1);
        a.add(Guarded.random(memory, m, k, random, rarity));
        expected.add(Guarded.result(memory, m, n, store, random, rarity));
        actual.add(expected.getLast().copy(memory, random));
      }
      Guarded b = Guarded.random(memory, k, n, random, rarity);
      PackedMatrix scalar = Pair.SCALAR.pack(b.matrix(), Orientation.PLAIN, memory);
      PackedMatrix simd = Pair.SIMD.pack(b.matrix(), Orientation.PLAIN, memory);
      for (int i = 0; i < matrices; i++) {
        Pair.SCALAR.gemm(expected.get(i).matrix(), a.get(i).matrix(), scalar, store);
      }
      List<Matrix> left = a.stream().map(Guarded::matrix).toList();
      Pair.SIMD.gemmEach(actual.stream().map(Guarded::matrix).toList(), left, simd, store);
      for (int i = 0; i < matrices; i++) {
        Guarded.assertEqualBits("c[" + i + "]", expected.get(i), actual.get(i));
        a.get(i).assertUntouched("a[" + i + "]");
      }
    }
  }

  /** A single row over every number of panels, in both orders: the second product follows repacking. */
  @Property(tries = 200)
  void gemmOfOneRow(
      @ForAll @IntRange(min = 1, max = 20) int vectors, @ForAll @IntRange(min = 0, max = 3) int missing,
      @ForAll("depths") int k, @ForAll Store store, @ForAll long seed) {
    gemm(1, vectors * Lanes.LENGTH - missing, k, Orientation.PLAIN, store, 200, seed);
  }

  /** Any number of panels up to three groups and more, in two depth blocks and both orders. */
  @Property(tries = 100)
  void gemmInGroups(
      @ForAll @IntRange(min = 2, max = 40) int m, @ForAll("groups") int vectors,
      @ForAll @IntRange(min = 0, max = 3) int missing, @ForAll Orientation orientation, @ForAll Store store,
      @ForAll long seed) {
    gemm(m, vectors * Lanes.LENGTH - missing, Kernels.DEPTH_BLOCK + 5, orientation, store, 200, seed);
  }

  @Provide
  Arbitrary<Integer> groups() {
    return Arbitraries.integers().between(1, 3 * RowSweep.GROUP + 2).withDistribution(RandomDistribution.uniform());
  }

  /** As many rows as are packed at a time and some more: a single one, a tile and one. */
  @Property(tries = 12)
  void gemmOfChunks(
      @ForAll @IntRange(min = 1, max = 2) int blocks, @ForAll("more") int more, @ForAll Store store,
      @ForAll long seed) {
    int chunk = Lanes.LEFT_ROWS / blocks / Lanes.ROWS * Lanes.ROWS;
    int depth = (blocks - 1) * Kernels.DEPTH_BLOCK + 5;
    gemm(chunk + more, 2 * Lanes.WIDE * Lanes.LENGTH + 1, depth, Orientation.PLAIN, store, 200, seed);
  }

  @Provide
  Arbitrary<Integer> more() {
    return Arbitraries.of(0, 1, Lanes.ROWS + 1);
  }

  /** A depth of which not even a tile's rows can be packed at once. */
  @Property(tries = 2)
  void gemmDeeperThanPacked(@ForAll Store store, @ForAll long seed) {
    int depth = Lanes.LEFT_ROWS / Lanes.ROWS * Kernels.DEPTH_BLOCK + 7;
    int n = (RowSweep.GROUP + Lanes.WIDE) * Lanes.LENGTH + 1;
    gemm(Lanes.ROWS + 1, n, depth, Orientation.PLAIN, store, 200, seed);
  }
}
