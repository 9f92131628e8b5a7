package io.github.lstm4j.simd;

import static io.github.lstm4j.kernels.Kernels.DEPTH_BLOCK;
import static io.github.lstm4j.memory.Matrix.FLOAT;
import static io.github.lstm4j.simd.Lanes.BYTES;
import static io.github.lstm4j.simd.Lanes.LENGTH;
import static io.github.lstm4j.simd.Lanes.ORDER;
import static io.github.lstm4j.simd.Lanes.ROWS;
import static io.github.lstm4j.simd.Species.ROWS_SPECIES;

import io.github.lstm4j.kernels.RowOrder;
import io.github.lstm4j.kernels.Store;
import io.github.lstm4j.memory.Matrix;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * c = or += aᵀ·b over pairs of rows. For each depth block both operands are gathered in the order of the pairs, b into
 * {@link TilePanels}, a into strips as wide as a tile is high; then {@link ColumnSweep} runs over them. Several blocks
 * at a time would meet c less often, but leave room for fewer columns of a, whose rows would be read in pieces too
 * short for the CPU's own prefetching (2 to 5 % slower with few columns of b, and the same with many).
 */
final class SimdGemmTransposedA {
  /** Rows that are gathered together. */
  private static final int TOGETHER = 8;

  /** A row of a strip. */
  private static final long ROW_BYTES = (long) ROWS * Float.BYTES;

  /** Floats that a vector takes of it, and whether that is not all. */
  private static final int PIECE = ROWS_SPECIES.length();

  private static final boolean HALVES = PIECE < ROWS;

  /** What the vectors take beyond it. */
  private static final int BEYOND = (HALVES ? 2 : 1) * PIECE - ROWS;

  private SimdGemmTransposedA() {}

  static void multiply(Matrix c, Matrix a, Matrix b, RowOrder order, Store store) {
    if (order.size() > 0) {
      multiply(c, a, b, order, 0, store);
    } else if (store == Store.OVERWRITE) {
      c.fill(0f);
    }
  }

  /** Two products of the same left operand, which is gathered once for both as far as their orders agree. */
  static void multiplyPair(
      Matrix c, Matrix b, RowOrder order, Matrix c2, Matrix b2, RowOrder order2, Matrix a, Store store) {
    int vectors = Panels.vectors(c.columns());
    boolean fit = vectors + Panels.vectors(c2.columns()) <= Scratch.RIGHT_COLUMNS / LENGTH;
    int shared = fit ? shared(order, order2) : 0;
    if (shared == 0) {
      multiply(c, a, b, order, store);
      multiply(c2, a, b2, order2, store);
      return;
    }
    Scratch scratch = Scratch.ofThread();
    int chunk = SimdGemm.chunk(c.rows(), Scratch.LEFT_COLUMNS);
    for (int from = 0; from < shared; from += DEPTH_BLOCK) {
      int count = Math.min(DEPTH_BLOCK, shared - from);
      int depth = Panels.padded(count);
      boolean add = from > 0 || store == Store.ACCUMULATE;
      long second = (long) vectors * ColumnSweep.apart(depth) * BYTES; // behind the panels of the first
      packRight(scratch.right(), 0, b, order, from, count, 0, c.columns());
      packRight(scratch.right(), second, b2, order2, from, count, 0, c2.columns());
      for (int row = 0; row < c.rows(); row += chunk) {
        int rows = Math.min(chunk, c.rows() - row);
        packLeft(scratch.left(), a, order, from, count, row, rows);
        ColumnSweep.run(scratch, c, row, rows, 0, c.columns(), 0, depth, add);
        ColumnSweep.run(scratch, c2, row, rows, 0, c2.columns(), second, depth, add);
      }
    }
    multiply(c, a, b, order, shared, store);
    multiply(c2, a, b2, order2, shared, store);
  }

  /** How many pairs two orders begin with whose left rows are the same: whole depth blocks, or all that both have. */
  private static int shared(RowOrder order, RowOrder order2) {
    int most = Math.min(order.size(), order2.size());
    int same = 0;
    while (same < most && order.left(same) == order2.left(same)) {
      same++;
    }
    return same == order.size() && same == order2.size() ? same : same - same % DEPTH_BLOCK;
  }

  /** The pairs from one on, which begins a depth block. */
  private static void multiply(Matrix c, Matrix a, Matrix b, RowOrder order, int first, Store store) {
    Scratch scratch = Scratch.ofThread();
    int chunk = SimdGemm.chunk(c.rows(), Scratch.LEFT_COLUMNS);
    for (int column = 0; column < c.columns(); column += Scratch.RIGHT_COLUMNS) {
      int columns = Math.min(Scratch.RIGHT_COLUMNS, c.columns() - column);
      for (int from = first; from < order.size(); from += DEPTH_BLOCK) {
        int count = Math.min(DEPTH_BLOCK, order.size() - from);
        boolean add = from > 0 || store == Store.ACCUMULATE;
        packRight(scratch.right(), 0, b, order, from, count, column, columns);
        for (int row = 0; row < c.rows(); row += chunk) {
          int rows = Math.min(chunk, c.rows() - row);
          packLeft(scratch.left(), a, order, from, count, row, rows);
          ColumnSweep.run(scratch, c, row, rows, column, columns, 0, Panels.padded(count), add);
        }
      }
    }
  }

  private static void packRight(
      MemorySegment right, long start, Matrix b, RowOrder order, int from, int count, int column, int columns) {
    int depth = ColumnSweep.apart(Panels.padded(count));
    int front = Panels.front(count);
    for (int row = 0; row < front; row++) {
      TilePanels.zeroRow(columns, right, start, depth, row);
    }
    for (int p = 0; p < count; p++) {
      long source = b.offset(order.right(from + p), column);
      TilePanels.copyRow(b.segment(), source, columns, right, start, depth, p + front);
    }
  }

  /** Strips of columns, one after the other; columns that are missing in the last one are zero. */
  private static void packLeft(
      float[] left, Matrix a, RowOrder order, int from, int count, int column, int columns) {
    int front = Panels.front(count);
    int strip = ColumnSweep.apart(Panels.padded(count)) * ROWS;
    int strips = (columns + ROWS - 1) / ROWS;
    for (int s = 0; s < strips && front > 0; s++) {
      Arrays.fill(left, s * strip, s * strip + front * ROWS, 0f);
    }
    int whole = Math.min(columns, a.columns() - column - BEYOND) / ROWS;
    MemorySegment x = a.segment();
    int p = 0;
    for (int i = from; p + TOGETHER <= count; p += TOGETHER, i += TOGETHER) {
      long row = a.offset(0, column);
      long stride = (long) a.stride() * Float.BYTES;
      gather(
          left, (p + front) * ROWS, strip, whole, x, row + order.left(i) * stride,
          row + order.left(i + 1) * stride, row + order.left(i + 2) * stride, row + order.left(i + 3) * stride,
          row + order.left(i + 4) * stride, row + order.left(i + 5) * stride, row + order.left(i + 6) * stride,
          row + order.left(i + 7) * stride);
    }
    for (; p < count; p++) {
      int k = order.left(from + p);
      for (int s = 0; s < whole; s++) {
        for (int j = 0; j < ROWS; j += PIECE) {
          FloatVector.fromMemorySegment(ROWS_SPECIES, x, a.offset(k, column + s * ROWS + j), ORDER)
              .intoArray(left, s * strip + (p + front) * ROWS + j);
        }
      }
    }
    for (int s = whole; s < strips; s++) {
      packPart(left, s * strip + front * ROWS, a, order, from, count, column + s * ROWS, column + columns);
    }
  }

  /**
   * A strip where a may have fewer columns than the vectors. Each loop ends where it has nothing left to do: with one
   * loop and a condition in it, C2 checks ahead of the loop whether all columns of a strip are there, which at the end
   * of a they aren't, and throws its code away (CompilationTest).
   */
  private static void packPart(
      float[] left, int first, Matrix a, RowOrder order, int from, int count, int column, int end) {
    MemorySegment x = a.segment();
    int inside = Math.min(ROWS, end - column);
    for (int p = 0; p < count; p++) {
      long source = a.offset(order.left(from + p), column);
      int target = first + p * ROWS;
      for (int j = 0; j < inside; j++) {
        left[target + j] = x.get(FLOAT, source + (long) j * Float.BYTES);
      }
      for (int j = inside; j < ROWS; j++) {
        left[target + j] = 0f;
      }
    }
  }

  /**
   * Eight rows: what is written to a strip then is several whole lines of the cache. Two strips a turn (or halves of
   * one, where the vectors are short), so that the method is too large to be inlined: among the rest of {@link
   * #packLeft}, C2 made objects of the vectors in one of some ten JVMs. What a vector has beyond a tile's rows lands on
   * the next step of the depth, which is written after it, or on the row behind a strip.
   */
  private static void gather(
      float[] left, int first, int strip, int strips, MemorySegment a, long row0, long row1, long row2, long row3,
      long row4, long row5, long row6, long row7) {
    for (int s = 0; s < strips; s += HALVES ? 1 : 2) {
      long at = s * ROW_BYTES;
      int to = first + s * strip;
      boolean alone = s + 1 == strips; // the last of an odd number, which goes twice
      long next = HALVES ? at + (long) PIECE * Float.BYTES : alone ? at : at + ROW_BYTES;
      int nextTo = HALVES ? to + PIECE : alone ? to : to + strip;
      FloatVector.fromMemorySegment(ROWS_SPECIES, a, row0 + at, ORDER).intoArray(left, to);
      FloatVector.fromMemorySegment(ROWS_SPECIES, a, row0 + next, ORDER).intoArray(left, nextTo);
      FloatVector.fromMemorySegment(ROWS_SPECIES, a, row1 + at, ORDER).intoArray(left, to + ROWS);
      FloatVector.fromMemorySegment(ROWS_SPECIES, a, row1 + next, ORDER).intoArray(left, nextTo + ROWS);
      FloatVector.fromMemorySegment(ROWS_SPECIES, a, row2 + at, ORDER).intoArray(left, to + 2 * ROWS);
      FloatVector.fromMemorySegment(ROWS_SPECIES, a, row2 + next, ORDER).intoArray(left, nextTo + 2 * ROWS);
      FloatVector.fromMemorySegment(ROWS_SPECIES, a, row3 + at, ORDER).intoArray(left, to + 3 * ROWS);
      FloatVector.fromMemorySegment(ROWS_SPECIES, a, row3 + next, ORDER).intoArray(left, nextTo + 3 * ROWS);
      FloatVector.fromMemorySegment(ROWS_SPECIES, a, row4 + at, ORDER).intoArray(left, to + 4 * ROWS);
      FloatVector.fromMemorySegment(ROWS_SPECIES, a, row4 + next, ORDER).intoArray(left, nextTo + 4 * ROWS);
      FloatVector.fromMemorySegment(ROWS_SPECIES, a, row5 + at, ORDER).intoArray(left, to + 5 * ROWS);
      FloatVector.fromMemorySegment(ROWS_SPECIES, a, row5 + next, ORDER).intoArray(left, nextTo + 5 * ROWS);
      FloatVector.fromMemorySegment(ROWS_SPECIES, a, row6 + at, ORDER).intoArray(left, to + 6 * ROWS);
      FloatVector.fromMemorySegment(ROWS_SPECIES, a, row6 + next, ORDER).intoArray(left, nextTo + 6 * ROWS);
      FloatVector.fromMemorySegment(ROWS_SPECIES, a, row7 + at, ORDER).intoArray(left, to + 7 * ROWS);
      FloatVector.fromMemorySegment(ROWS_SPECIES, a, row7 + next, ORDER).intoArray(left, nextTo + 7 * ROWS);
    }
  }
}
