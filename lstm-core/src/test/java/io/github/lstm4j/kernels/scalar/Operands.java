package io.github.lstm4j.kernels.scalar;

import io.github.lstm4j.kernels.RowOrder;
import io.github.lstm4j.memory.Matrix;
import io.github.lstm4j.memory.Memory;
import java.util.SplittableRandom;

/** Random operands amid NaNs: a read past an edge shows in the result. */
final class Operands implements AutoCloseable {
  private static final float[] SPECIAL = {
    0f, -0f, Float.MIN_VALUE, -1e-40f, 1e-25f, -1e-25f, 1e30f, -1e30f, 9f, -9f, Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY, Float.NaN
  };

  private final Memory memory = Memory.unlimited("operands");
  private final SplittableRandom random;

  Operands(long seed) {
    random = new SplittableRandom(seed);
  }

  Memory memory() {
    return memory;
  }

  /** NaN throughout, and around. */
  Matrix empty(int rows, int columns) {
    Matrix storage = memory.dense(rows + 2, columns + 1 + random.nextInt(20));
    storage.fill(Float.NaN);
    return storage.rows(1, rows).columns(random.nextInt(storage.columns() - columns), columns);
  }

  /** Numbers between −bound and bound. */
  Matrix uniform(int rows, int columns, double bound) {
    Matrix matrix = empty(rows, columns);
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        matrix.set(r, c, (float) (bound * (2 * random.nextDouble() - 1)));
      }
    }
    return matrix;
  }

  /** Numbers between 0 and 1. */
  Matrix fractions(int rows, int columns) {
    Matrix matrix = uniform(rows, columns, 1);
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        matrix.set(r, c, Math.abs(matrix.get(r, c)));
      }
    }
    return matrix;
  }

  /** Ordinary numbers, one in {@code rarity} of them a special value. */
  Matrix special(int rows, int columns, int rarity) {
    Matrix matrix = uniform(rows, columns, 4);
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        if (random.nextInt(rarity) == 0) {
          matrix.set(r, c, SPECIAL[random.nextInt(SPECIAL.length)]);
        }
      }
    }
    return matrix;
  }

  Matrix copy(Matrix matrix) {
    Matrix copy = empty(matrix.rows(), matrix.columns());
    copy.copyFrom(matrix);
    return copy;
  }

  Matrix transposed(Matrix matrix) {
    Matrix result = empty(matrix.columns(), matrix.rows());
    for (int r = 0; r < matrix.rows(); r++) {
      for (int c = 0; c < matrix.columns(); c++) {
        result.set(c, r, matrix.get(r, c));
      }
    }
    return result;
  }

  /** Any pairs: out of order, some rows often, some never. */
  RowOrder order(int pairs, int leftRows, int rightRows) {
    return RowOrder.of(random.ints(pairs, 0, leftRows).toArray(), random.ints(pairs, 0, rightRows).toArray());
  }

  @Override
  public void close() {
    memory.close();
  }
}
