package io.github.lstm4j.layer;

import io.github.lstm4j.memory.Matrix;
import java.util.Arrays;

/** Shares of threads: consecutive rows or columns, as equal as can be. */
public final class Parts {
  /** The rows of a full register tile at most; a share of a multiple of them has no tile that is cut. */
  static final int TILE_ROWS = 8;

  private Parts() {}

  /** A matrix in parts of consecutive rows. */
  static Matrix[] split(Matrix matrix, int parts) {
    return split(matrix, parts, 1);
  }

  /** A matrix in parts of whole blocks of rows, but for the last rows; a part may have none. */
  static Matrix[] split(Matrix matrix, int parts, int block) {
    Matrix[] views = new Matrix[parts];
    for (int part = 0; part < parts; part++) {
      int from = bound(matrix.rows(), parts, part, block);
      views[part] = matrix.rows(from, bound(matrix.rows(), parts, part + 1, block) - from);
    }
    return views;
  }

  /**
   * Where a part begins; the end, where it is the one past the last.
   *
   * @param total how many rows or columns there are
   * @param parts how many parts
   * @param part which part, 0 to parts
   * @return its first row or column
   */
  public static int bound(int total, int parts, int part) {
    return (int) ((long) total * part / parts);
  }

  /**
   * Where a part begins, at a multiple of a block or the end.
   *
   * @param total how many rows or columns there are
   * @param parts how many parts
   * @param part which part, 0 to parts
   * @param block rows or columns that are not cut
   * @return its first row or column
   */
  public static int bound(int total, int parts, int part, int block) {
    return Math.min(total, bound(blocks(total, block), parts, part) * block);
  }

  /**
   * Where the parts of a batch begin, and the end: consecutive sequences, sorted by length, that have about as many
   * time steps together. Of sequences of equal lengths each part has as many as {@link #bound(int, int, int)} says.
   */
  static int[] ofSequences(StepPlan plan, int parts) {
    int[] bounds = new int[parts + 1];
    long rows = 0; // of the sequences so far
    int part = 1;
    for (int position = 0; position < plan.batch(); position++) {
      rows += plan.length(position);
      for (; part < parts && rows * parts > (long) plan.rows() * part; part++) {
        bounds[part] = position;
      }
    }
    Arrays.fill(bounds, part, parts + 1, plan.batch());
    return bounds;
  }

  /**
   * How many blocks hold a total.
   *
   * @param total rows or columns
   * @param block rows or columns of a block
   * @return blocks, the last of which may be cut
   */
  public static int blocks(int total, int block) {
    return (total + block - 1) / block;
  }
}
