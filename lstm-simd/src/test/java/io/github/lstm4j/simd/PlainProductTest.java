package io.github.lstm4j.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.lstm4j.kernels.Kernels;
import io.github.lstm4j.kernels.Orientation;
import io.github.lstm4j.kernels.PackedMatrix;
import io.github.lstm4j.kernels.Store;
import io.github.lstm4j.memory.Matrix;
import io.github.lstm4j.memory.Memory;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/**
 * What serves before the vectors are compiled: the bits of the scalar kernels, from the packed format of the vectors.
 */
class PlainProductTest {
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

  @Property(tries = 300)
  void multiply(
      @ForAll("sizes") int m, @ForAll("sizes") int n, @ForAll("depths") int k, @ForAll Orientation orientation,
      @ForAll Store store, @ForAll("rarities") int rarity, @ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    boolean plain = orientation == Orientation.PLAIN;
    try (Memory memory = Memory.unlimited("test")) {
      Guarded a = Guarded.random(memory, m, k, random, rarity);
      Guarded b = Guarded.random(memory, plain ? k : n, plain ? n : k, random, rarity);
      Guarded expected = Guarded.random(memory, m, n, random, rarity);
      Guarded actual = expected.copy(memory, random);
      Pair.SCALAR.gemm(expected.matrix(), a.matrix(), Pair.SCALAR.pack(b.matrix(), orientation, memory), store);
      PackedMatrix packed = Pair.SIMD.pack(b.matrix(), orientation, memory);
      PlainProduct.multiply(actual.matrix(), a.matrix(), SimdKernels.mine(packed), store);
      Guarded.assertEqualBits("c", expected, actual);
      a.assertUntouched("a");
    }
  }

  /** More panels than are copied together, the last of them alone, in whole and in short depth blocks. */
  @Property(tries = 40)
  void manyPanels(
      @ForAll @IntRange(min = 1, max = 3) int m, @ForAll @IntRange(min = 16, max = 18) int vectors,
      @ForAll @IntRange(max = 1) int more, @ForAll("depths") int k, @ForAll Store store, @ForAll long seed) {
    multiply(m, vectors * Lanes.LENGTH + more, k, Orientation.PLAIN, store, 0, seed);
  }

  /** Through the kernels that a program starts with, as it gets them: from plain code to vectors within a few calls. */
  @Property(tries = 30)
  void startingKernels(@ForAll("sizes") int m, @ForAll("sizes") int n, @ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Kernels starting = new StartingKernels(false);
    try (Memory memory = Memory.unlimited("test")) {
      Guarded a = Guarded.random(memory, m, n, random, 0);
      Guarded b = Guarded.random(memory, n, n, random, 0);
      Guarded expected = Guarded.random(memory, m, n, random, 0);
      Guarded actual = expected.copy(memory, random);
      PackedMatrix scalarPacked = Pair.SCALAR.pack(b.matrix(), Orientation.TRANSPOSED, memory);
      PackedMatrix packed = starting.pack(b.matrix(), Orientation.TRANSPOSED, memory);
      for (int call = 0; call < 3; call++) {
        if (call == 2) {
          starting.expectTraining();
        }
        Pair.SCALAR.gemm(expected.matrix(), a.matrix(), scalarPacked, Store.ACCUMULATE);
        starting.gemm(actual.matrix(), a.matrix(), packed, Store.ACCUMULATE);
        Guarded.assertEqualBits("call " + call, expected, actual);
        int cut = random.nextInt(m + 1);
        Pair.SCALAR.gemm(expected.matrix(), a.matrix(), scalarPacked, Store.ACCUMULATE);
        starting.gemmEach(cut(actual, cut), cut(a, cut), packed, Store.ACCUMULATE);
        Guarded.assertEqualBits("call " + call + " of rows cut at " + cut, expected, actual);
      }
    }
  }

  /** No rows begin no trial, which would have nothing to try, and later no rehearsal. */
  @Example
  void startingKernelsWithoutRows() {
    Kernels starting = new StartingKernels(true);
    try (Memory memory = Memory.unlimited("test")) {
      PackedMatrix b = starting.pack(memory.matrix(3, 5), Orientation.PLAIN, memory);
      starting.gemm(memory.matrix(0, 5), memory.matrix(0, 3), b, Store.OVERWRITE);
      starting.gemmEach(List.of(), List.of(), b, Store.OVERWRITE);
      assertEquals(0, Thread.getAllStackTraces().keySet().stream()
          .filter(thread -> thread.getName().startsWith("lstm4j-warm-up-product-0"))
          .count());
      starting.expectTraining();
      starting.gemm(memory.matrix(0, 5), memory.matrix(0, 3), b, Store.OVERWRITE);
      starting.gemmEach(List.of(), List.of(), b, Store.OVERWRITE);
    }
  }

  private static List<Matrix> cut(Guarded rows, int at) {
    Matrix all = rows.matrix();
    return List.of(all.rows(0, at), all.rows(at, all.rows() - at));
  }
}
