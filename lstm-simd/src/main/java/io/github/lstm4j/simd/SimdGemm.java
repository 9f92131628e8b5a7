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
 * can reach them by constant displacements; then {@link RowSweep} runs over all panels, or {@link OneRowSweep}. A chunk
 * is as large as L2 allows, so that panels which come from further away serve many tiles.
 */
final class SimdGemm {
  /** Rows of a chunk that a deep product is cut into parts for: with fewer, panels come from far away too often. */
  private static final int LEAST_CHUNK = 64;

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
    int most = part(c.rows(), depth);
    for (int part = 0; part < depth; part += most) {
      int count = Math.min(most, depth - part);
      int blocks = (count + DEPTH_BLOCK - 1) / DEPTH_BLOCK;
      int chunk = Lanes.LEFT_ROWS / blocks / ROWS * ROWS;
      boolean add = part > 0 || store == Store.ACCUMULATE;
      for (int row = 0; row < c.rows(); row += chunk) {
        int rows = Math.min(chunk, c.rows() - row);
        packLeft(scratch.left(), a, row, rows, part, count);
        if (rows == 1) {
          scratch.oneRowSweep().run(c, row, b, part, Panels.padded(count), add);
        } else {
          scratch.rowSweep().run(c, row, rows, b, part, Panels.padded(count), add);
        }
      }
    }
  }

  /** How deep a part of the depth is: parts are as equal as can be, and few. */
  private static int part(int rows, int depth) {
    int chunk = (Math.min(LEAST_CHUNK, rows) + ROWS - 1) / ROWS * ROWS;
    int blocks = (depth + DEPTH_BLOCK - 1) / DEPTH_BLOCK;
    int fit = Lanes.LEFT_ROWS / chunk;
    int parts = (blocks + fit - 1) / fit;
    return (blocks + parts - 1) / parts * DEPTH_BLOCK;
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
