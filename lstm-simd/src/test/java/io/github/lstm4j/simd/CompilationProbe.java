package io.github.lstm4j.simd;

import io.github.lstm4j.kernels.Kernels;
import io.github.lstm4j.kernels.Orientation;
import io.github.lstm4j.kernels.PackedMatrix;
import io.github.lstm4j.kernels.RowOrder;
import io.github.lstm4j.kernels.Store;
import io.github.lstm4j.memory.Matrix;
import io.github.lstm4j.memory.Memory;

/**
 * Uses every tile and packs often enough for C2 to compile them; {@link CompilationTest} runs it in a JVM of its
 * own.
 */
final class CompilationProbe {
  /** Whole strips and most of another; with six rows, in storage without gaps, so that the last row ends with it. */
  private static final int LEFT_COLUMNS = Lanes.ROWS == 8 ? 23 : 16;

  private CompilationProbe() {}

  /**
   * Runs the kernels.
   *
   * @param arguments how many calls of each, and how deep products are
   */
  public static void main(String[] arguments) {
    int calls = Integer.parseInt(arguments[0]);
    int depth = Integer.parseInt(arguments[1]);
    SimdProvider provider = new SimdProvider();
    if (provider.unsupportedReason().isPresent()) {
      System.out.println("unsupported: " + provider.unsupportedReason().get());
      return;
    }
    System.out.println("bits that the CPU prefers: " + Lanes.PREFERRED_BITS);
    System.out.println("columns of a square: " + TurnedSquares.COLUMNS);
    Kernels kernels = new SimdKernels();
    // Vectors: each with tiles of its own, one that is half full, and several groups.
    double[] widths = {6, 4, 3, 2, 1, 1.5, 2 * RowSweep.GROUP + 1};
    try (Memory memory = Memory.unlimited("probe")) {
      for (double vectors : widths) {
        int n = (int) (vectors * Lanes.LENGTH);
        PackedMatrix b = kernels.pack(memory.matrix(depth, n), Orientation.PLAIN, memory);
        for (int rows : new int[] {Lanes.ROWS, 5, 4, 3, 2, 1}) {
          Matrix a = memory.matrix(rows, depth);
          Matrix c = memory.matrix(rows, n);
          for (int i = 0; i < calls; i++) {
            kernels.gemm(c, a, b, Store.ACCUMULATE);
          }
        }
        PackedMatrix turned = kernels.pack(memory.matrix(n, depth), Orientation.TRANSPOSED, memory);
        Matrix plain = memory.matrix(depth, n);
        Matrix transposed = memory.matrix(n, depth);
        for (int i = 0; i < calls; i++) {
          kernels.repack(b, plain);
          kernels.repack(turned, transposed);
        }
        Matrix left = memory.matrix(depth, LEFT_COLUMNS);
        Matrix right = memory.matrix(depth, n);
        Matrix product = memory.matrix(LEFT_COLUMNS, n);
        RowOrder order = RowOrder.ascending(depth);
        for (int i = 0; i < calls; i++) {
          kernels.gemmTransposedA(product, left, right, order, Store.ACCUMULATE);
        }
      }
    }
  }
}
