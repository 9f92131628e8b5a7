package io.github.lstm4j.simd;

import io.github.lstm4j.memory.Matrix;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * A matrix, or several of as many columns as if they stood one below the other: an operand of {@link SimdGemm}. Rows
 * are met close to the ones before, so a cursor finds the matrix that has one. Belongs to a thread's {@link
 * Scratch}: a product allocates nothing.
 */
final class StackedRows {
  private static final Matrix NONE = Matrix.of(MemorySegment.NULL, 0, 0, 0);

  private List<Matrix> all = List.of(); // none where there is a single one
  private int index; // in all, of the cursor's matrix
  private Matrix matrix = NONE;
  private int first; // of all rows, the first that is the matrix's
  private int end; // one past its last

  /** How many rows several have. */
  static int count(List<Matrix> several) {
    int rows = 0;
    for (int i = 0; i < several.size(); i++) {
      rows += several.get(i).rows();
    }
    return rows;
  }

  /** A single matrix. */
  void of(Matrix only) {
    all = List.of();
    move(only, 0, 0);
  }

  /** Several, one at least. */
  void of(List<Matrix> several) {
    all = several;
    move(several.get(0), 0, 0);
  }

  /** Keeps none of them. */
  void clear() {
    of(NONE);
  }

  private void move(Matrix to, int position, int from) {
    matrix = to;
    index = position;
    first = from;
    end = from + to.rows();
  }

  /** The matrix that has a row. */
  Matrix matrix(int row) {
    while (row < first) { // a strip that begins in a matrix and ends in another is met tile after tile
      Matrix before = all.get(index - 1);
      move(before, index - 1, first - before.rows());
    }
    while (row >= end) {
      move(all.get(index + 1), index + 1, end);
    }
    return matrix;
  }

  /** Which row of the matrix met last this row of all is. */
  int within(int row) {
    return row - first;
  }

  /** Stores the first rows of a tile, as {@link TileStore} does. */
  void store(int row, int column, int rows, int width, float[] tile, boolean add) {
    if (row >= first && row + rows <= end) {
      TileStore.store(matrix, row - first, column, 0, rows, width, tile, add);
    } else {
      storeParts(row, column, rows, width, tile, add);
    }
  }

  private void storeParts(int row, int column, int rows, int width, float[] tile, boolean add) {
    int count;
    for (int done = 0; done < rows; done += count) {
      Matrix c = matrix(row + done);
      count = Math.min(rows - done, end - row - done);
      TileStore.store(c, within(row + done), column, done, count, width, tile, add);
    }
  }
}
