package io.github.lstm4j.simd;

import static io.github.lstm4j.kernels.Kernels.DEPTH_BLOCK;
import static io.github.lstm4j.memory.Matrix.FLOAT;
import static io.github.lstm4j.simd.Lanes.A_ROW;

import io.github.lstm4j.kernels.Store;
import io.github.lstm4j.memory.Matrix;
import java.lang.foreign.MemorySegment;

/**
 * c = or += a·b. For each chunk of rows and each depth block: the rows of a are copied to where the micro-kernels can
 * reach them by constant displacements, then all panels are swept.
 */
final class SimdGemm {
  private SimdGemm() {}

  static void multiply(Matrix c, Matrix a, SimdPacked b, Store store) {
    int depth = b.depth();
    if (depth == 0) {
      if (store == Store.OVERWRITE) {
        c.fill(0f);
      }
      return;
    }
    Scratch scratch = Scratch.ofThread();
    int panelDepth = Panels.padded(depth);
    for (int row = 0; row < c.rows(); row += Scratch.LEFT_ROWS) {
      int rows = Math.min(Scratch.LEFT_ROWS, c.rows() - row);
      for (int block = 0; block < depth; block += DEPTH_BLOCK) {
        int count = Math.min(DEPTH_BLOCK, depth - block);
        packLeft(scratch.left(), a, row, rows, block, count);
        TileSweep.multiply(
            scratch, c, row, rows, 0, c.columns(), b.panels(), block, Panels.padded(count), panelDepth,
            block > 0 || store == Store.ACCUMULATE);
      }
    }
  }

  private static void packLeft(MemorySegment left, Matrix a, int row, int rows, int from, int count) {
    int front = Panels.front(count);
    for (int r = 0; r < rows; r++) {
      long to = r * A_ROW;
      for (int z = 0; z < front; z++) {
        left.set(FLOAT, to + (long) z * Float.BYTES, 0f);
      }
      MemorySegment.copy(
          a.segment(), a.offset(row + r, from), left, to + (long) front * Float.BYTES, (long) count * Float.BYTES);
    }
  }
}
