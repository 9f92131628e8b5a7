package io.github.lstm4j.layer;

import io.github.lstm4j.memory.Matrix;

/** Shares of threads: consecutive rows or columns, as equal as can be. */
final class Parts {
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

  /** Where a part begins; the end, where it is the one past the last. */
  static int bound(int total, int parts, int part) {
    return (int) ((long) total * part / parts);
  }

  /** Where a part begins, at a multiple of a block or the end. */
  static int bound(int total, int parts, int part, int block) {
    return Math.min(total, bound(blocks(total, block), parts, part) * block);
  }

  /** How many blocks hold a total. */
  static int blocks(int total, int block) {
    return (total + block - 1) / block;
  }
}
