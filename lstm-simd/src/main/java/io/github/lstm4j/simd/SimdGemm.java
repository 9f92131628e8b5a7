package io.github.lstm4j.simd;

import static io.github.lstm4j.kernels.Kernels.DEPTH_BLOCK;
import static io.github.lstm4j.memory.Matrix.FLOAT;
import static io.github.lstm4j.simd.Lanes.A_ROW;
import static io.github.lstm4j.simd.Lanes.ROWS;

import io.github.lstm4j.kernels.Store;
import io.github.lstm4j.memory.Matrix;
import java.lang.foreign.MemorySegment;

/**
 * c = or += a·b. For each chunk of rows: its rows of a are copied, all depth blocks of them, to where the micro-kernels
 * can reach them by constant displacements; then {@link RowSweep} runs over all panels. A chunk is as large as L2
 * allows, so that panels which come from further away serve many tiles.
 */
final class SimdGemm {
  /** The deepest product of which a chunk of rows can be packed at once; deeper ones are done in parts. */
  private static final int PART = Lanes.LEFT_ROWS / ROWS * DEPTH_BLOCK;

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
    for (int part = 0; part < depth; part += PART) {
      int count = Math.min(PART, depth - part);
      int blocks = (count + DEPTH_BLOCK - 1) / DEPTH_BLOCK;
      int chunk = Lanes.LEFT_ROWS / blocks / ROWS * ROWS;
      boolean add = part > 0 || store == Store.ACCUMULATE;
      for (int row = 0; row < c.rows(); row += chunk) {
        int rows = Math.min(chunk, c.rows() - row);
        packLeft(scratch.left(), a, row, rows, part, count);
        scratch.rowSweep().run(c, row, rows, b, part, Panels.padded(count), add);
      }
    }
  }

  /** Depth block after depth block, each with its rows {@link Lanes#A_ROW} floats apart. */
  private static void packLeft(float[] left, Matrix a, int row, int rows, int from, int depth) {
    int to = 0;
    for (int block = 0; block < depth; block += DEPTH_BLOCK) {
      int count = Math.min(DEPTH_BLOCK, depth - block);
      int front = Panels.front(count);
      for (int r = 0; r < rows; r++, to += A_ROW) {
        for (int z = 0; z < front; z++) {
          left[to + z] = 0f;
        }
        MemorySegment.copy(a.segment(), FLOAT, a.offset(row + r, from + block), left, to + front, count);
      }
    }
  }
}
