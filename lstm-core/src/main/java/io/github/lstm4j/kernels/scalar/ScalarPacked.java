package io.github.lstm4j.kernels.scalar;

import static io.github.lstm4j.memory.Matrix.FLOAT;

import io.github.lstm4j.kernels.Orientation;
import io.github.lstm4j.kernels.PackedMatrix;
import io.github.lstm4j.memory.Matrix;

/** The scalar format of a right operand: its rows [k, n], one after the other. */
final class ScalarPacked implements PackedMatrix {
  private final int depth;
  private final int columns;
  private final Orientation orientation;
  private final float[] rows;

  private ScalarPacked(int depth, int columns, Orientation orientation) {
    this.depth = depth;
    this.columns = columns;
    this.orientation = orientation;
    this.rows = new float[Math.multiplyExact(depth, columns)];
  }

  static ScalarPacked of(Matrix b, Orientation orientation) {
    boolean plain = orientation == Orientation.PLAIN;
    int depth = plain ? b.rows() : b.columns();
    int columns = plain ? b.columns() : b.rows();
    ScalarPacked packed = new ScalarPacked(depth, columns, orientation);
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

  float[] rows() {
    return rows;
  }

  void fill(Matrix b) {
    if (orientation == Orientation.PLAIN) {
      b.copyTo(rows, 0);
      return;
    }
    for (int j = 0; j < columns; j++) {
      long at = b.offset(j);
      for (int k = 0; k < depth; k++, at += Float.BYTES) {
        rows[k * columns + j] = b.segment().get(FLOAT, at);
      }
    }
  }
}
