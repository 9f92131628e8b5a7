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
import java.util.concurrent.atomic.AtomicInteger;

/** A right operand in {@link Panels}. */
final class SimdPacked implements PackedMatrix {
  /** Rows that are copied together: what is written to a panel then is whole lines. A divisor of a depth block. */
  private static final int TOGETHER = 32;

  /** Rows that are turned together: a divisor of a depth block, and 16 KB of a panel at most, half of a small L1. */
  static final int TURNED = 256;

  /** Steps that a call of the loop without vectors turns, for the reason that {@link PlainProduct} gives. */
  private static final int TURN = 32;

  private static final AtomicInteger MADE = new AtomicInteger();

  private final int number = MADE.getAndIncrement();
  private final int depth;
  private final int columns;
  private final Orientation orientation;
  private final MemorySegment panels;

  /** An operand of zeros, in zeroed storage of {@link #bytes}. */
  SimdPacked(int depth, int columns, Orientation orientation, MemorySegment panels) {
    this.depth = depth;
    this.columns = columns;
    this.orientation = orientation;
    this.panels = panels;
  }

  /** What the panels of such an operand take. */
  static long bytes(int depth, int columns) {
    return (long) Panels.vectors(columns) * Panels.padded(depth) * BYTES;
  }

  static SimdPacked of(Matrix b, Orientation orientation, Memory memory) {
    boolean plain = orientation == Orientation.PLAIN;
    int depth = plain ? b.rows() : b.columns();
    int columns = plain ? b.columns() : b.rows();
    SimdPacked packed = new SimdPacked(depth, columns, orientation, memory.allocate(bytes(depth, columns)));
    packed.fill(b, false);
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

  /** Which row of the panels holds step k of the depth: the zeros stand in front of the last block. */
  int row(int k) {
    return k < Panels.lastBlock(depth) ? k : k + Panels.front(depth);
  }

  /**
   * Fills the panels.
   *
   * @param squares whether an operand that stands transposed is turned in squares, which is quick when it is compiled;
   *     otherwise loops over arrays do, which are quick before, as a program's first inference packs
   */
  void fill(Matrix b, boolean squares) {
    if (orientation == Orientation.PLAIN) {
      copyRows(b);
    } else {
      turn(b, squares);
    }
  }

  private void copyRows(Matrix b) {
    long stride = (long) b.stride() * Float.BYTES;
    for (int k = 0; k < depth; k += TOGETHER) { // no block ends among them
      int rows = Math.min(TOGETHER, depth - k);
      Panels.copyRows(b.segment(), b.offset(k), stride, rows, columns, panels, Panels.padded(depth), row(k));
    }
  }

  private void turn(Matrix b, boolean squares) {
    int rows = Panels.padded(depth);
    for (int v = 0; v < Panels.vectors(columns); v++) {
      int inside = Math.min(LENGTH, columns - v * LENGTH);
      boolean fit = squares && inside % TurnedSquares.COLUMNS == 0;
      for (int k = 0; k < depth; k += TURNED) {
        int count = Math.min(TURNED, depth - k);
        long to = Panels.offset(v, rows, row(k));
        if (fit && count >= TurnedSquares.STEPS) {
          turnSquares(b, v * LENGTH, inside, k, count, to);
        } else {
          turn(b, v * LENGTH, k, count, to);
        }
      }
    }
  }

  private void turnSquares(Matrix b, int column, int inside, int from, int count, long to) {
    long stride = (long) b.stride() * Float.BYTES;
    for (int j = 0; j < inside; j += TurnedSquares.COLUMNS) { // the zeros beside them are there since the first time
      TurnedSquares.turn(
          b.segment(), b.offset(column + j, from), stride, count, panels, to + (long) j * Float.BYTES, BYTES);
    }
  }

  /** The same without vectors, in an array. */
  private void turn(Matrix b, int first, int from, int count, long to) {
    float[] turned = Scratch.ofThread().left();
    int source = TURNED * LENGTH; // behind them in the array, parts of four columns of b
    for (int j = 0; j < LENGTH; j += 4) {
      for (int i = 0; i < 4; i++) {
        int column = first + j + i;
        int part = source + i * TURNED;
        if (column < columns) {
          MemorySegment.copy(b.segment(), FLOAT, b.offset(column, from), turned, part, count);
        } else {
          Arrays.fill(turned, part, part + count, 0f);
        }
      }
      for (int k = 0; k < count; k += TURN) {
        turn(turned, source + k, Math.min(TURN, count - k), j + k * LENGTH);
      }
    }
    MemorySegment.copy(turned, 0, panels, FLOAT, to, count * LENGTH);
  }

  private static void turn(float[] array, int source, int count, int target) {
    for (int k = 0; k < count; k++) {
      int to = target + k * LENGTH;
      array[to] = array[source + k];
      array[to + 1] = array[source + k + TURNED];
      array[to + 2] = array[source + k + 2 * TURNED];
      array[to + 3] = array[source + k + 3 * TURNED];
    }
  }
}
