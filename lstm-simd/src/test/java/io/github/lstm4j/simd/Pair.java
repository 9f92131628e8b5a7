package io.github.lstm4j.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.lstm4j.kernels.KernelSelection;
import io.github.lstm4j.kernels.Kernels;
import io.github.lstm4j.kernels.scalar.ScalarKernels;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** The two implementations whose bits must be equal, and the sizes at which they are compared. */
final class Pair {
  static final Kernels SCALAR = new ScalarKernels();
  static final Kernels SIMD = simdOfThisWidth();

  private Pair() {}

  /** The kernels that serve, which must be SIMD of the forced or the preferred width: green can't mean skipped. */
  private static Kernels simdOfThisWidth() {
    Kernels kernels = KernelSelection.best();
    assertEquals("simd-" + VectorBits.forced().orElse(Lanes.PREFERRED_BITS), kernels.name());
    return kernels;
  }

  /** 1 to 70, and around the edges of tiles. */
  static Arbitrary<Integer> sizes() {
    int rows = Lanes.ROWS;
    int wide = Lanes.WIDE * Lanes.LENGTH;
    List<Integer> edges =
        List.of(
            1, rows - 1, rows, rows + 1, 2 * rows, 3 * rows + 7, Lanes.LENGTH - 1, Lanes.LENGTH, Lanes.LENGTH + 1,
            2 * Lanes.LENGTH, wide - 1, wide, wide + 1, 2 * wide, 2 * wide + Lanes.LENGTH + 1, 129);
    return Arbitraries.oneOf(Arbitraries.integers().between(1, 70), Arbitraries.of(edges));
  }

  /** One special value in so many elements: none, many, few. */
  static Arbitrary<Integer> rarities() {
    return Arbitraries.of(0, 3, 200);
  }

  /**
   * Nothing, little, and around one, two and more depth blocks, with zeros in front of a short one and without; and
   * around the rows that {@link SimdPacked} turns together.
   */
  static Arbitrary<Integer> depths() {
    int block = Kernels.DEPTH_BLOCK;
    return Arbitraries.oneOf(
        Arbitraries.of(
            0, 1, 2, 3, SimdPacked.TURNED - 1, SimdPacked.TURNED, SimdPacked.TURNED + 1, block - 1, block, block + 1,
            block + 2, block + 5, 700, 2 * block - 1, 2 * block, 2 * block + 1, 2 * block + 4, 2 * block + 6,
            3 * block + 3),
        Arbitraries.integers().between(0, 70));
  }
}
