package io.github.lstm4j.bench;

import io.github.lstm4j.memory.Matrix;
import java.util.Random;

/** Numbers to compute with: uniform in [−1, 1), the same in every run. */
final class RandomMatrix {
  private static final long SEED = 20250101;

  private RandomMatrix() {}

  /** Fills a matrix and returns it. */
  static Matrix fill(Matrix matrix) {
    matrix.copyFrom(array(matrix.rows() * matrix.columns()), 0);
    return matrix;
  }

  /** Numbers on the heap. */
  static float[] array(int length) {
    Random random = new Random(SEED);
    float[] numbers = new float[length];
    for (int i = 0; i < length; i++) {
      numbers[i] = 2 * random.nextFloat() - 1;
    }
    return numbers;
  }
}
