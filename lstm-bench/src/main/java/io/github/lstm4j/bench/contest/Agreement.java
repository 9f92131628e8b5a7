package io.github.lstm4j.bench.contest;

import io.github.lstm4j.bench.peer.Task;

/** Whether two contestants computed the same: only then do their times compare. */
final class Agreement {
  private static final double EPSILON = Math.scalb(1.0, -24);

  private Agreement() {}

  /** The largest difference as a share of the largest number. */
  static double difference(float[] expected, float[] actual) {
    if (expected.length != actual.length) {
      return Double.POSITIVE_INFINITY;
    }
    double largest = 0;
    double difference = 0;
    for (int i = 0; i < expected.length; i++) {
      largest = Math.max(largest, Math.abs(expected[i]));
      double one = Math.abs((double) expected[i] - actual[i]);
      difference = one <= difference ? difference : one; // NaN stays
    }
    return difference / largest;
  }

  /**
   * How far apart two correct computations may be. Inference: 1e-5, some hundred roundings of outputs below 1. Training
   * and products sum n products, whose roundings a sum in any order keeps below n·ε of the sum of magnitudes.
   */
  static double limit(Task task) {
    return switch (task.mode()) {
      case INFER, STREAM, PEAK -> 1e-5;
      case GEMM -> Math.max(1, task.product().k()) * EPSILON;
      case TRAIN -> Math.max(1e-5, (double) task.shape().batch() * task.shape().steps() * EPSILON);
    };
  }

}
