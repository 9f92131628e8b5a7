package io.github.lstm4j.simd;

import static io.github.lstm4j.kernels.Kernels.DEPTH_BLOCK;
import static io.github.lstm4j.memory.Matrix.FLOAT;
import static io.github.lstm4j.simd.Lanes.BYTES;
import static io.github.lstm4j.simd.Lanes.LENGTH;

import io.github.lstm4j.kernels.Orientation;
import io.github.lstm4j.kernels.PackedMatrix;
import io.github.lstm4j.memory.Matrix;
import io.github.lstm4j.memory.Memory;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongFunction;

/** A right operand in {@link Panels}. */
final class SimdPacked implements PackedMatrix {
  /**
   * Rows of a panel that are filled at a time from an operand that stands transposed: few, so that they stay in L1 (18
   * KB) meanwhile. A depth block is a multiple.
   */
  private static final int TURNED_ROWS = LENGTH == 16 ? DEPTH_BLOCK / 2 : DEPTH_BLOCK;

  private static final AtomicInteger MADE = new AtomicInteger();

  private final int number = MADE.getAndIncrement();
  private final int depth;
  private final int columns;
  private final Orientation orientation;
  private final MemorySegment panels;

  private SimdPacked(int depth, int columns, Orientation orientation, MemorySegment panels) {
    this.depth = depth;
    this.columns = columns;
    this.orientation = orientation;
    this.panels = panels;
  }

  /** An operand of zeros; allocate gives zeroed storage of a number of bytes. */
  static SimdPacked zeros(int depth, int columns, Orientation orientation, LongFunction<MemorySegment> allocate) {
    long bytes = (long) Panels.vectors(columns) * Panels.padded(depth) * BYTES;
    return new SimdPacked(depth, columns, orientation, allocate.apply(bytes));
  }

  static SimdPacked of(Matrix b, Orientation orientation, Memory memory) {
    boolean plain = orientation == Orientation.PLAIN;
    int depth = plain ? b.rows() : b.columns();
    int columns = plain ? b.columns() : b.rows();
    SimdPacked packed = zeros(depth, columns, orientation, memory::allocate);
    packed.fill(b);
    return packed;
  }

  @Override
  public int depth() {
    return depth;
  }

  @Override
  public int columns() {
    return columns;
  }

  @Override
  public Orientation orientation() {
    return orientation;
  }

  /** How many were made before: which this is, for {@link Directions}. */
  int number() {
    return number;
  }

  MemorySegment panels() {
    return panels;
  }

  /** Rows of a panel, padded. */
  int panelDepth() {
    return Panels.padded(depth);
  }

  /** Whether the panels come from further away than L2 each time. */
  boolean exceedsL2() {
    return panels.byteSize() > Lanes.L2_PANELS;
  }

  /** Which row of the panels holds step k of the depth: the zeros stand in front of the last block. */
  int row(int k) {
    return k < Panels.lastBlock(depth) ? k : k + Panels.front(depth);
  }

  /**
   * Fills the panels with what is quick before it is compiled, as a program's first inference packs: where the operand
   * stands transposed, loops over arrays; otherwise row by row, which only training needs.
   */
  void fill(Matrix b) {
    if (orientation == Orientation.PLAIN) {
      copyRows(b, 0);
    } else {
      turn(b, false);
    }
  }

  /** Fills the panels anew with what is quick when it is compiled: eight rows at a time, or squares. */
  void refill(Matrix b) {
    if (orientation == Orientation.TRANSPOSED) {
      turn(b, true);
      return;
    }
    int rows = Panels.padded(depth);
    long stride = (long) b.stride() * Float.BYTES;
    int together = depth - depth % PanelRows.TOGETHER;
    for (int k = 0; k < together; k += PanelRows.TOGETHER) { // no block ends among them
      long from = b.offset(k);
      PanelRows.copy(
          b.segment(), columns, panels, rows, row(k), from, from + stride, from + 2 * stride, from + 3 * stride,
          from + 4 * stride, from + 5 * stride, from + 6 * stride, from + 7 * stride);
    }
    for (int k = 0; k < together; k++) {
      Panels.copyTail(b.segment(), b.offset(k), columns, panels, 0, rows, row(k));
    }
    copyRows(b, together);
  }

  private void copyRows(Matrix b, int from) {
    for (int k = from; k < depth; k++) {
      Panels.copyRow(b.segment(), b.offset(k), columns, panels, 0, Panels.padded(depth), row(k));
    }
  }

  private void turn(Matrix b, boolean squares) {
    int rows = Panels.padded(depth);
    int vectors = Panels.vectors(columns);
    int width;
    for (int v = 0; v < vectors; v += width) {
      width = Panels.width(vectors, v);
      int inside = Math.min(width * LENGTH, columns - v * LENGTH);
      boolean fit = squares && inside % TurnedSquares.COLUMNS == 0;
      for (int k = 0; k < depth; k += TURNED_ROWS) { // no block ends among them
        int count = Math.min(TURNED_ROWS, depth - k);
        long to = Panels.offset(v, width, rows, row(k));
        if (fit && count >= TurnedSquares.STEPS) {
          turnSquares(b, v * LENGTH, inside, k, count, to, width * BYTES);
        } else {
          turn(b, v, width, k, count, to);
        }
      }
    }
  }

  private void turnSquares(Matrix b, int column, int inside, int from, int count, long to, long row) {
    long stride = (long) b.stride() * Float.BYTES;
    for (int j = 0; j < inside; j += TurnedSquares.COLUMNS) { // the zeros beside them are there since the first time
      TurnedSquares.turn(
          b.segment(), b.offset(column + j, from), stride, count, panels, to + (long) j * Float.BYTES, row);
    }
  }

  /** The same without vectors, in an array. */
  private void turn(Matrix b, int first, int width, int from, int count, long to) {
    float[] turned = Scratch.ofThread().left();
    int panelColumns = width * LENGTH;
    int source = TURNED_ROWS * panelColumns; // behind them in the array, parts of four columns of b
    for (int j = 0; j < panelColumns; j += 4) {
      for (int i = 0; i < 4; i++) {
        int column = first * LENGTH + j + i;
        int part = source + i * TURNED_ROWS;
        if (column < columns) {
          MemorySegment.copy(b.segment(), FLOAT, b.offset(column, from), turned, part, count);
        } else {
          Arrays.fill(turned, part, part + count, 0f);
        }
      }
      turn(turned, source, count, j, panelColumns);
    }
    MemorySegment.copy(turned, 0, panels, FLOAT, to, count * panelColumns);
  }

  private static void turn(float[] array, int source, int count, int target, int stride) {
    for (int k = 0; k < count; k++) {
      int to = target + k * stride;
      array[to] = array[source + k];
      array[to + 1] = array[source + k + TURNED_ROWS];
      array[to + 2] = array[source + k + 2 * TURNED_ROWS];
      array[to + 3] = array[source + k + 3 * TURNED_ROWS];
    }
  }
}
