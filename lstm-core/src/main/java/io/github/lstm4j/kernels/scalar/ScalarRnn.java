package io.github.lstm4j.kernels.scalar;

import static io.github.lstm4j.kernels.scalar.Fma.fma;
import static io.github.lstm4j.memory.Matrix.FLOAT;

import io.github.lstm4j.kernels.Nonlinearity;
import io.github.lstm4j.memory.Matrix;

/** The activation of a plain recurrent cell, forward and backward, for the units of a range. */
public final class ScalarRnn {
  private ScalarRnn() {}

  /**
   * {@link io.github.lstm4j.kernels.Kernels#rnnForward} for the units [from, to) of every row.
   *
   * @param h [n, H]
   * @param sums [n, H]
   * @param bias [1, H]
   * @param nonlinearity which activation
   * @param from the first unit
   * @param to one past the last
   */
  public static void forward(Matrix h, Matrix sums, Matrix bias, Nonlinearity nonlinearity, int from, int to) {
    for (int row = 0; row < h.rows(); row++) {
      for (int u = from; u < to; u++) {
        float x = sums.segment().get(FLOAT, sums.offset(row, u)) + bias.segment().get(FLOAT, bias.offset(0, u));
        float y = nonlinearity == Nonlinearity.TANH ? Activations.tanh(x) : x <= 0 ? 0f : x;
        h.segment().set(FLOAT, h.offset(row, u), y);
      }
    }
  }

  /**
   * {@link io.github.lstm4j.kernels.Kernels#rnnBackward} for the units [from, to) of every row.
   *
   * @param dSums [n, H]
   * @param h [n, H]
   * @param dH [n, H]
   * @param nonlinearity which activation
   * @param from the first unit
   * @param to one past the last
   */
  public static void backward(Matrix dSums, Matrix h, Matrix dH, Nonlinearity nonlinearity, int from, int to) {
    for (int row = 0; row < h.rows(); row++) {
      for (int u = from; u < to; u++) {
        float y = h.segment().get(FLOAT, h.offset(row, u));
        float d = dH.segment().get(FLOAT, dH.offset(row, u));
        float slope = nonlinearity == Nonlinearity.TANH ? d * fma(-y, y, 1f) : y > 0 ? d : 0f;
        dSums.segment().set(FLOAT, dSums.offset(row, u), slope);
      }
    }
  }
}
