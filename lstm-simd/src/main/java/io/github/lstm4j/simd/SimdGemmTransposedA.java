package io.github.lstm4j.simd;

import static io.github.lstm4j.kernels.Kernels.DEPTH_BLOCK;
import static io.github.lstm4j.memory.Matrix.FLOAT;
import static io.github.lstm4j.simd.Lanes.BYTES;
import static io.github.lstm4j.simd.Lanes.ORDER;
import static io.github.lstm4j.simd.Lanes.ROWS;
import static io.github.lstm4j.simd.Species.ROWS_SPECIES;
import static io.github.lstm4j.simd.Species.SPECIES;

import io.github.lstm4j.kernels.RowOrder;
import io.github.lstm4j.kernels.Store;
import io.github.lstm4j.memory.Matrix;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * c = or += aᵀ·b over pairs of rows. Both operands are gathered in the order of the pairs, b into panels, a into strips
 * as wide as a tile is high; then {@link ColumnSweep} runs over them. As many depth blocks are gathered at a time as L2
 * holds panels of, since each time c has to come from further away.
 */
final class SimdGemmTransposedA {
  /** Rows that are gathered together; a divisor of a depth block. */
  private static final int TOGETHER = 8;

  /** A row of a strip. */
  private static final long ROW_BYTES = (long) ROWS * Float.BYTES;

  private SimdGemmTransposedA() {}

  static void multiply(Matrix c, Matrix a, Matrix b, RowOrder order, Store store) {
    if (order.size() == 0) {
      if (store == Store.OVERWRITE) {
        c.fill(0f);
      }
      return;
    }
    Scratch scratch = Scratch.ofThread();
    for (int column = 0; column < c.columns(); column += Scratch.RIGHT_COLUMNS) {
      int columns = Math.min(Scratch.RIGHT_COLUMNS, c.columns() - column);
      int most = Scratch.rightBlocks(Panels.vectors(columns)) * DEPTH_BLOCK;
      for (int from = 0; from < order.size(); from += most) {
        int count = Math.min(most, order.size() - from);
        boolean add = from > 0 || store == Store.ACCUMULATE;
        packRight(scratch.right(), b, order, from, count, column, columns);
        int chunk = Scratch.leftColumns(Panels.padded(count));
        for (int row = 0; row < c.rows(); row += chunk) {
          int rows = Math.min(chunk, c.rows() - row);
          packLeft(scratch.left(), a, order, from, count, row, rows);
          ColumnSweep.run(scratch, c, row, rows, column, columns, Panels.padded(count), add);
        }
      }
    }
  }

  private static void packRight(
      MemorySegment right, Matrix b, RowOrder order, int from, int count, int column, int columns) {
    int depth = ColumnSweep.apart(Panels.padded(count));
    int front = Panels.front(count);
    int zeros = Panels.lastBlock(count);
    int vectors = Panels.vectors(columns);
    int width;
    for (int v = 0; v < vectors && front > 0; v += width) {
      width = Panels.width(vectors, v);
      for (int i = 0; i < width; i++) {
        FloatVector.zero(SPECIES)
            .intoMemorySegment(right, Panels.offset(v, width, depth, zeros) + i * BYTES, ORDER);
      }
    }
    for (int p = 0; p < count; p++) {
      int row = p < zeros ? p : p + front;
      Panels.copyRow(b.segment(), b.offset(order.right(from + p), column), columns, right, depth, row);
    }
  }

  /** Strips of columns, one after the other; columns that are missing in the last one are zero. */
  private static void packLeft(
      float[] left, Matrix a, RowOrder order, int from, int count, int column, int columns) {
    int front = Panels.front(count);
    int zeros = Panels.lastBlock(count);
    int strip = ColumnSweep.apart(Panels.padded(count)) * ROWS;
    int strips = (columns + ROWS - 1) / ROWS;
    for (int s = 0; s < strips && front > 0; s++) {
      Arrays.fill(left, s * strip + zeros * ROWS, s * strip + zeros * ROWS + ROWS, 0f);
    }
    int whole = columns / ROWS;
    MemorySegment x = a.segment();
    int p = 0;
    for (int i = from; p + TOGETHER <= count; p += TOGETHER, i += TOGETHER) { // no block ends among them
      long row = a.offset(0, column);
      long stride = (long) a.stride() * Float.BYTES;
      gather(
          left, (p < zeros ? p : p + front) * ROWS, strip, whole, x, row + order.left(i) * stride,
          row + order.left(i + 1) * stride, row + order.left(i + 2) * stride, row + order.left(i + 3) * stride,
          row + order.left(i + 4) * stride, row + order.left(i + 5) * stride, row + order.left(i + 6) * stride,
          row + order.left(i + 7) * stride);
    }
    for (; p < count; p++) {
      long source = a.offset(order.left(from + p), column);
      int target = (p < zeros ? p : p + front) * ROWS;
      for (int s = 0; s < whole; s++, target += strip, source += ROW_BYTES) {
        FloatVector.fromMemorySegment(ROWS_SPECIES, x, source, ORDER).intoArray(left, target);
      }
    }
    for (p = 0; p < count && whole < strips; p++) {
      int target = whole * strip + (p < zeros ? p : p + front) * ROWS;
      for (int j = 0; j < ROWS; j++) {
        int k = whole * ROWS + j;
        left[target + j] = k < columns ? x.get(FLOAT, a.offset(order.left(from + p), column + k)) : 0f;
      }
    }
  }

  /**
   * Eight rows: what is written to a strip then is several whole lines of the cache. Two strips a turn, so that the
   * method is too large to be inlined: among the rest of {@link #packLeft}, C2 made objects of the vectors in one of
   * some ten JVMs.
   */
  private static void gather(
      float[] left, int first, int strip, int strips, MemorySegment a, long row0, long row1, long row2, long row3,
      long row4, long row5, long row6, long row7) {
    int to = first;
    long end = strips * ROW_BYTES;
    for (long at = 0; at < end; at += 2 * ROW_BYTES, to += 2 * strip) {
      boolean alone = at + ROW_BYTES == end; // the last of an odd number, which goes twice
      long next = alone ? at : at + ROW_BYTES;
      int nextTo = alone ? to : to + strip;
      FloatVector.fromMemorySegment(ROWS_SPECIES, a, row0 + at, ORDER).intoArray(left, to);
      FloatVector.fromMemorySegment(ROWS_SPECIES, a, row1 + at, ORDER).intoArray(left, to + ROWS);
      FloatVector.fromMemorySegment(ROWS_SPECIES, a, row2 + at, ORDER).intoArray(left, to + 2 * ROWS);
      FloatVector.fromMemorySegment(ROWS_SPECIES, a, row3 + at, ORDER).intoArray(left, to + 3 * ROWS);
      FloatVector.fromMemorySegment(ROWS_SPECIES, a, row4 + at, ORDER).intoArray(left, to + 4 * ROWS);
      FloatVector.fromMemorySegment(ROWS_SPECIES, a, row5 + at, ORDER).intoArray(left, to + 5 * ROWS);
      FloatVector.fromMemorySegment(ROWS_SPECIES, a, row6 + at, ORDER).intoArray(left, to + 6 * ROWS);
      FloatVector.fromMemorySegment(ROWS_SPECIES, a, row7 + at, ORDER).intoArray(left, to + 7 * ROWS);
      FloatVector.fromMemorySegment(ROWS_SPECIES, a, row0 + next, ORDER).intoArray(left, nextTo);
      FloatVector.fromMemorySegment(ROWS_SPECIES, a, row1 + next, ORDER).intoArray(left, nextTo + ROWS);
      FloatVector.fromMemorySegment(ROWS_SPECIES, a, row2 + next, ORDER).intoArray(left, nextTo + 2 * ROWS);
      FloatVector.fromMemorySegment(ROWS_SPECIES, a, row3 + next, ORDER).intoArray(left, nextTo + 3 * ROWS);
      FloatVector.fromMemorySegment(ROWS_SPECIES, a, row4 + next, ORDER).intoArray(left, nextTo + 4 * ROWS);
      FloatVector.fromMemorySegment(ROWS_SPECIES, a, row5 + next, ORDER).intoArray(left, nextTo + 5 * ROWS);
      FloatVector.fromMemorySegment(ROWS_SPECIES, a, row6 + next, ORDER).intoArray(left, nextTo + 6 * ROWS);
      FloatVector.fromMemorySegment(ROWS_SPECIES, a, row7 + next, ORDER).intoArray(left, nextTo + 7 * ROWS);
    }
  }
}
