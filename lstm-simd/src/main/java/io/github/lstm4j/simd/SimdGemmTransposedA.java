package io.github.lstm4j.simd;

import static io.github.lstm4j.kernels.Kernels.DEPTH_BLOCK;
import static io.github.lstm4j.memory.Matrix.FLOAT;
import static io.github.lstm4j.simd.Lanes.A_STEP;
import static io.github.lstm4j.simd.Lanes.BYTES;
import static io.github.lstm4j.simd.Lanes.LENGTH;
import static io.github.lstm4j.simd.Lanes.ORDER;
import static io.github.lstm4j.simd.Species.SPECIES;

import io.github.lstm4j.kernels.RowOrder;
import io.github.lstm4j.kernels.Store;
import io.github.lstm4j.memory.Matrix;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * c = or += aᵀ·b over pairs of rows. For each depth block both operands are gathered in the order of the pairs, b into
 * panels, a into strips as wide as a tile is high; then {@link ColumnSweep} runs over them.
 */
final class SimdGemmTransposedA {
  private SimdGemmTransposedA() {}

  static void multiply(Matrix c, Matrix a, Matrix b, RowOrder order, Store store) {
    if (order.size() == 0) {
      if (store == Store.OVERWRITE) {
        c.fill(0f);
      }
      return;
    }
    Scratch scratch = Scratch.ofThread();
    for (int block = 0; block < order.size(); block += DEPTH_BLOCK) {
      int count = Math.min(DEPTH_BLOCK, order.size() - block);
      boolean add = block > 0 || store == Store.ACCUMULATE;
      for (int column = 0; column < c.columns(); column += Scratch.RIGHT_COLUMNS) {
        int columns = Math.min(Scratch.RIGHT_COLUMNS, c.columns() - column);
        packRight(scratch.right(), b, order, block, count, column, columns);
        for (int row = 0; row < c.rows(); row += Lanes.LEFT_ROWS) {
          int rows = Math.min(Lanes.LEFT_ROWS, c.rows() - row);
          packLeft(scratch.left(), a, order, block, count, row, rows);
          ColumnSweep.run(scratch, c, row, rows, column, columns, Panels.padded(count), add);
        }
      }
    }
  }

  private static void packRight(
      MemorySegment right, Matrix b, RowOrder order, int from, int count, int column, int columns) {
    int front = Panels.front(count);
    int depth = ColumnSweep.apart(front + count);
    int vectors = Panels.vectors(columns);
    int width;
    for (int v = 0; v < vectors && front > 0; v += width) {
      width = Panels.width(vectors, v);
      for (int i = 0; i < width; i++) {
        FloatVector.zero(SPECIES).intoMemorySegment(right, Panels.offset(v, width, depth, 0) + i * BYTES, ORDER);
      }
    }
    for (int p = 0; p < count; p++) {
      Panels.copyRow(b.segment(), b.offset(order.right(from + p), column), columns, right, depth, front + p);
    }
  }

  /** Strips of columns, one after the other; columns that are missing in the last one are zero. */
  private static void packLeft(
      float[] left, Matrix a, RowOrder order, int from, int count, int column, int columns) {
    int front = Panels.front(count);
    int strip = ColumnSweep.apart(front + count) * A_STEP;
    int strips = (columns + A_STEP - 1) / A_STEP;
    for (int s = 0; s < strips && front > 0; s++) {
      Arrays.fill(left, s * strip, s * strip + A_STEP, 0f);
    }
    int whole = columns / A_STEP;
    for (int p = 0; p < count; p++) {
      long source = a.offset(order.left(from + p), column);
      int target = (front + p) * A_STEP;
      for (int s = 0; s < whole; s++, target += strip) {
        for (int lane = 0; lane < A_STEP; lane += LENGTH, source += BYTES) {
          FloatVector.fromMemorySegment(SPECIES, a.segment(), source, ORDER).intoArray(left, target + lane);
        }
      }
      for (int j = whole * A_STEP; j < strips * A_STEP; j++, source += Float.BYTES, target++) {
        left[target] = j < columns ? a.segment().get(FLOAT, source) : 0f;
      }
    }
  }
}
