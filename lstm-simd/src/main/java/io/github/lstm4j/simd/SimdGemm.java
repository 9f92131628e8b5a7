package io.github.lstm4j.simd;

import static io.github.lstm4j.kernels.Kernels.DEPTH_BLOCK;
import static io.github.lstm4j.memory.Matrix.FLOAT;
import static io.github.lstm4j.simd.Lanes.A_ROW;
import static io.github.lstm4j.simd.Lanes.ROWS;

import io.github.lstm4j.kernels.Store;
import io.github.lstm4j.memory.Matrix;
import java.lang.foreign.MemorySegment;
import java.util.List;

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
    if (b.depth() == 0) {
      sumNothing(c, store);
      return;
    }
    Scratch scratch = Scratch.ofThread();
    boolean accumulate = store == Store.ACCUMULATE;
    if (c.rows() == 1) {
      multiplyRow(scratch, c, a, b, accumulate);
    } else if (c.rows() > 1) {
      scratch.leftRows().of(a);
      scratch.resultRows().of(c);
      multiply(scratch, c.rows(), b, accumulate);
    }
  }

  /** A step of a single sequence, that may take a microsecond. */
  private static void multiplyRow(Scratch scratch, Matrix c, Matrix a, SimdPacked b, boolean accumulate) {
    int most = part(1, b.depth());
    for (int part = 0; part < b.depth(); part += most) {
      int count = Math.min(most, b.depth() - part);
      packRow(scratch.left(), 0, A_ROW, a, 0, part, count);
      scratch.oneRowSweep().run(c, 0, b, part, Panels.padded(count), part > 0 || accumulate);
    }
  }

  /** Several of the same b: their rows go through the tiles as if they were one matrix's. */
  static void multiplyEach(List<Matrix> c, List<Matrix> a, SimdPacked b, Store store) {
    if (b.depth() == 0) {
      for (int i = 0; i < c.size(); i++) {
        sumNothing(c.get(i), store);
      }
      return;
    }
    int rows = StackedRows.count(c);
    if (rows == 0) {
      return;
    }
    Scratch scratch = Scratch.ofThread();
    scratch.leftRows().of(a);
    scratch.resultRows().of(c);
    multiply(scratch, rows, b, store == Store.ACCUMULATE);
  }

  private static void sumNothing(Matrix c, Store store) {
    if (store == Store.OVERWRITE) {
      c.fill(0f);
    }
  }

  private static void multiply(Scratch scratch, int rows, SimdPacked b, boolean accumulate) {
    try {
      multiplyChunks(scratch, rows, b, accumulate);
    } finally { // a thread's scratch holds on to nothing, closed memory included
      scratch.leftRows().clear();
      scratch.resultRows().clear();
    }
  }

  private static void multiplyChunks(Scratch scratch, int all, SimdPacked b, boolean accumulate) {
    StackedRows results = scratch.resultRows();
    int depth = b.depth();
    int most = part(all, depth);
    for (int part = 0; part < depth; part += most) {
      int count = Math.min(most, depth - part);
      int blocks = (count + DEPTH_BLOCK - 1) / DEPTH_BLOCK;
      int chunk = chunk(all, Lanes.LEFT_ROWS / blocks);
      boolean add = part > 0 || accumulate;
      for (int row = 0; row < all; row += chunk) {
        int rows = Math.min(chunk, all - row);
        packLeft(scratch.left(), scratch.leftRows(), row, rows, part, count);
        if (rows == 1) {
          Matrix c = results.matrix(row);
          scratch.oneRowSweep().run(c, results.within(row), b, part, Panels.padded(count), add);
        } else {
          scratch.rowSweep().run(results, row, rows, b, part, Panels.padded(count), add);
        }
      }
    }
  }

  /**
   * How many rows of c are done at a time: whole tiles, in chunks as equal as can be.
   *
   * @param rows of c in all, perhaps none
   * @param most how many there is room for, a tile's at least
   */
  static int chunk(int rows, int most) {
    int fit = most / ROWS * ROWS;
    int equal = Math.ceilDiv(rows, Math.max(1, Math.ceilDiv(rows, fit)));
    return Math.ceilDiv(equal, ROWS) * ROWS;
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
  private static void packLeft(float[] left, StackedRows all, int row, int rows, int from, int depth) {
    for (int r = 0; r < rows; r++) {
      Matrix a = all.matrix(row + r);
      packRow(left, r * A_ROW, rows * A_ROW, a, all.within(row + r), from, depth);
    }
  }

  private static void packRow(float[] left, int first, int apart, Matrix a, int row, int from, int depth) {
    int to = first;
    for (int block = 0; block < depth; block += DEPTH_BLOCK, to += apart) {
      int count = Math.min(DEPTH_BLOCK, depth - block);
      int front = Panels.front(count);
      for (int z = 0; z < front; z++) {
        left[to + z] = 0f;
      }
      MemorySegment.copy(a.segment(), FLOAT, a.offset(row, from + block), left, to + front, count);
    }
  }
}
