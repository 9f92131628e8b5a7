package io.github.lstm4j.simd;

import static io.github.lstm4j.kernels.Kernels.DEPTH_BLOCK;
import static io.github.lstm4j.memory.Matrix.FLOAT;
import static io.github.lstm4j.simd.Lanes.A_ROW;
import static io.github.lstm4j.simd.Lanes.ORDER;
import static io.github.lstm4j.simd.Lanes.SPECIES;

import io.github.lstm4j.kernels.RowOrder;
import io.github.lstm4j.kernels.Store;
import io.github.lstm4j.memory.Matrix;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/**
 * c = or += aᵀ·b over pairs of rows. For each depth block both operands are gathered in the order of the pairs, b into
 * panels, a transposed into rows; then the same micro-kernels as in {@link SimdGemm} run over them.
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
      int depth = Panels.padded(count);
      boolean add = block > 0 || store == Store.ACCUMULATE;
      for (int column = 0; column < c.columns(); column += Scratch.RIGHT_COLUMNS) {
        int columns = Math.min(Scratch.RIGHT_COLUMNS, c.columns() - column);
        packRight(scratch.right(), b, order, block, count, column, columns);
        for (int row = 0; row < c.rows(); row += Scratch.LEFT_ROWS) {
          int rows = Math.min(Scratch.LEFT_ROWS, c.rows() - row);
          packLeft(scratch.left(), a, order, block, count, row, rows);
          TileSweep.multiply(scratch, c, row, rows, column, columns, scratch.right(), 0, depth, depth, add);
        }
      }
    }
  }

  private static void packRight(
      MemorySegment right, Matrix b, RowOrder order, int from, int count, int column, int columns) {
    int front = Panels.front(count);
    int depth = front + count;
    int vectors = Panels.vectors(columns);
    for (int z = 0; z < front; z++) {
      for (int v = 0; v < vectors; v++) {
        FloatVector.zero(SPECIES).intoMemorySegment(right, Panels.offset(v, Panels.wide(vectors), depth, z), ORDER);
      }
    }
    for (int p = 0; p < count; p++) {
      Panels.copyRow(b.segment(), b.offset(order.right(from + p), column), columns, right, depth, front + p);
    }
  }

  private static void packLeft(
      MemorySegment left, Matrix a, RowOrder order, int from, int count, int column, int columns) {
    int front = Panels.front(count);
    for (int r = 0; r < columns; r++) {
      for (int z = 0; z < front; z++) {
        left.set(FLOAT, r * A_ROW + (long) z * Float.BYTES, 0f);
      }
    }
    for (int p = 0; p < count; p++) {
      long source = a.offset(order.left(from + p), column);
      long target = (long) (front + p) * Float.BYTES;
      for (int r = 0; r < columns; r++) {
        left.set(FLOAT, target + r * A_ROW, a.segment().get(FLOAT, source + (long) r * Float.BYTES));
      }
    }
  }
}
