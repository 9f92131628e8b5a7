package io.github.lstm4j.kernels.scalar;

import static io.github.lstm4j.memory.Matrix.FLOAT;

import io.github.lstm4j.kernels.Orientation;
import io.github.lstm4j.kernels.PackedMatrix;
import io.github.lstm4j.memory.Matrix;

/** The scalar format of a right operand: its rows [k, n], one after the other. */
record ScalarPacked(int depth, int columns, Orientation orientation, float[] rows) implements PackedMatrix {
  static ScalarPacked of(Matrix b, Orientation orientation) {
    boolean plain = orientation == Orientation.PLAIN;
    int depth = plain ? b.rows() : b.columns();
    int columns = plain ? b.columns() : b.rows();
    ScalarPacked packed = new ScalarPacked(depth, columns, orientation, new float[Math.multiplyExact(depth, columns)]);
    packed.fill(b);
    return packed;
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
