package io.github.lstm4j.simd;

import static io.github.lstm4j.memory.Matrix.FLOAT;
import static io.github.lstm4j.simd.Lanes.BYTES;
import static io.github.lstm4j.simd.Lanes.LENGTH;

import io.github.lstm4j.kernels.Orientation;
import io.github.lstm4j.kernels.PackedMatrix;
import io.github.lstm4j.memory.Matrix;
import io.github.lstm4j.memory.Memory;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.function.LongFunction;

/** A right operand in {@link Panels}. */
final class SimdPacked implements PackedMatrix {
  /** Rows of a panel that are filled at a time from an operand that stands transposed; a depth block is a multiple. */
  private static final int TURNED_ROWS = 96;

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

  void fill(Matrix b) {
    int rows = Panels.padded(depth);
    if (orientation == Orientation.PLAIN) {
      for (int k = 0; k < depth; k++) {
        Panels.copyRow(b.segment(), b.offset(k), columns, panels, rows, row(k));
      }
      return;
    }
    int vectors = Panels.vectors(columns);
    int width;
    for (int v = 0; v < vectors; v += width) {
      width = Panels.width(vectors, v);
      for (int k = 0; k < depth; k += TURNED_ROWS) { // no block ends among them
        turn(b, v, width, k, Math.min(TURNED_ROWS, depth - k), Panels.offset(v, width, rows, row(k)));
      }
    }
  }

  /**
   * Rows of a panel out of columns of b, few at a time so that they stay in L1 while they are filled, and in an array
   * since loops over arrays are quick before they are compiled: a program's first inference packs.
   */
  private void turn(Matrix b, int first, int width, int from, int count, long to) {
    float[] turned = Scratch.ofThread().left();
    int panelColumns = width * LENGTH;
    int source = TURNED_ROWS * panelColumns; // behind them in the array, a part of a column of b
    for (int j = 0; j < panelColumns; j++) {
      int column = first * LENGTH + j;
      if (column < columns) {
        MemorySegment.copy(b.segment(), FLOAT, b.offset(column, from), turned, source, count);
      } else {
        Arrays.fill(turned, source, source + count, 0f);
      }
      turn(turned, source, count, j, panelColumns);
    }
    MemorySegment.copy(turned, 0, panels, FLOAT, to, count * panelColumns);
  }

  private static void turn(float[] array, int source, int count, int target, int stride) {
    for (int k = 0; k < count; k++) {
      array[target + k * stride] = array[source + k];
    }
  }
}
