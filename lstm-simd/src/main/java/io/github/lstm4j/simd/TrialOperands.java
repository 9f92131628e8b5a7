package io.github.lstm4j.simd;

import io.github.lstm4j.kernels.Kernels;
import io.github.lstm4j.kernels.Orientation;
import io.github.lstm4j.memory.Matrix;
import io.github.lstm4j.memory.Memory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * Operands of {@link Trial}s: of the shapes that a program uses, so that the code compiled is the code it needs, but
 * not larger than it takes. All zeros; their storage is an arena's own, so that {@link Memory#liveBytes} counts the
 * program's only.
 */
final class TrialOperands {
  /** Full tiles of columns at every width, and of rows; what is left over is kept. */
  private static final int COLUMNS = 1_536;

  /** No whole block: what follows it is no other code. */
  private static final int DEPTH = 384;

  /** Columns that leave the same tiles over: a single row goes by six vectors, others by {@link Lanes#WIDE}. */
  private static final int UNIT = OneRowSweep.MOST * Lanes.LENGTH;

  /** Steps of a depth, or rows of a transposed product, that are enough to have a tile compiled. */
  static final int FEW = 24;

  private final Arena arena;

  TrialOperands(Arena arena) {
    this.arena = arena;
  }

  Matrix matrix(int rows, int columns) {
    return Matrix.of(arena.allocate((long) rows * columns * Float.BYTES, Memory.ALIGNMENT), rows, columns, columns);
  }

  SimdPacked packed(int depth, int columns) {
    return packed(depth, columns, Orientation.PLAIN);
  }

  SimdPacked packed(int depth, int columns, Orientation orientation) {
    MemorySegment zeroed = arena.allocate(SimdPacked.bytes(depth, columns), Memory.ALIGNMENT);
    return new SimdPacked(depth, columns, orientation, zeroed);
  }

  /** A right operand of few rows and columns. */
  SimdPacked few(int columns) {
    return packed(FEW, fewColumns(columns));
  }

  /** Two rows of some full vectors, for kernels that go element by element. */
  Matrix units(int gates) {
    return matrix(2, gates * 2 * Kernels.REDUCTION_LANES);
  }

  /** A matrix of two rows or more as two, cut inside a tile: what stores a tile in parts is compiled with them too. */
  static List<Matrix> cut(Matrix matrix) {
    return List.of(matrix.rows(0, 1), matrix.rows(1, matrix.rows() - 1));
  }

  /** Few columns with the tiles of so many. */
  static int fewColumns(int columns) {
    return least(columns, 2 * UNIT, UNIT);
  }

  /**
   * Rows to try instead of so many: few with the same tiles, if the depth is a block. With tiles of six rows, so many
   * that what is over makes fives of some and leaves a six: 11, 16, 21, 26 or 31.
   */
  static int rows(int rows) {
    if (Lanes.ROWS == 8) {
      return least(rows, Lanes.ROWS, Lanes.ROWS);
    }
    int over = rows % Lanes.ROWS;
    return Math.min(rows, over == 0 ? 2 * Lanes.ROWS : Lanes.ROWS * Lanes.ROWS - (Lanes.ROWS - 1) * over);
  }

  /** Columns to try instead of so many. */
  static int columns(int columns) {
    return least(columns, COLUMNS, UNIT);
  }

  /** A depth to try instead of such. */
  static int depth(int depth) {
    return least(depth, DEPTH, Lanes.STEPS);
  }

  private static int least(int size, int enough, int unit) {
    return size <= enough ? size : enough + size % unit;
  }
}
