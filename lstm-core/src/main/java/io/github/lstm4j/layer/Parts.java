package io.github.lstm4j.layer;

import io.github.lstm4j.memory.Matrix;

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
   * Where the parts of a batch begin, and the end: consecutive sequences, sorted by length, cut where the time steps
   * before a cut come nearest to their share.
   */
  static int[] ofSequences(StepPlan plan, int parts) {
    int[] bounds = new int[parts + 1];
    long before = 0; // time steps of the sequences before a position
    int position = 0;
    for (int part = 1; part < parts; part++) {
      long share = (long) plan.rows() * part; // in parts of a time step, as before·parts
      while (position < plan.batch() && 2 * (share - before * parts) > (long) plan.length(position) * parts) {
        before += plan.length(position++);
      }
      bounds[part] = position;
    }
    bounds[parts] = plan.batch();
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
