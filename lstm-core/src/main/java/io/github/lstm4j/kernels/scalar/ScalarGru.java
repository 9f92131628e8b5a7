package io.github.lstm4j.kernels.scalar;

import static io.github.lstm4j.kernels.scalar.Activations.sigmoid;
import static io.github.lstm4j.kernels.scalar.Activations.tanh;
import static io.github.lstm4j.kernels.scalar.Fma.fma;
import static io.github.lstm4j.memory.Matrix.FLOAT;

import io.github.lstm4j.memory.Matrix;
import java.lang.foreign.MemorySegment;

/** The gates of a GRU, forward and backward, for the units of a range. */
public final class ScalarGru {
  private ScalarGru() {}

  /**
   * {@link io.github.lstm4j.kernels.Kernels#gruGatesForward} for the units [from, to) of every row.
   *
   * @param gates [n, 3·H]
   * @param hiddenN [n, H]
   * @param bias [1, 3·H]
   * @param hiddenBias [1, H]
   * @param hPrev [n, H]
   * @param h [n, H]
   * @param from the first unit
   * @param to one past the last
   */
  public static void forward(
      Matrix gates, Matrix hiddenN, Matrix bias, Matrix hiddenBias, Matrix hPrev, Matrix h, int from, int to) {
    int units = h.columns();
    long gate = (long) units * Float.BYTES;
    MemorySegment a = gates.segment();
    MemorySegment b = bias.segment();
    for (int row = 0; row < h.rows(); row++) {
      for (int u = from; u < to; u++) {
        long at = gates.offset(row, u);
        long biasAt = bias.offset(0, u);
        float r = sigmoid(a.get(FLOAT, at) + b.get(FLOAT, biasAt));
        float z = sigmoid(a.get(FLOAT, at + gate) + b.get(FLOAT, biasAt + gate));
        float q = hiddenN.segment().get(FLOAT, hiddenN.offset(row, u))
            + hiddenBias.segment().get(FLOAT, hiddenBias.offset(0, u));
        float n = tanh(fma(r, q, a.get(FLOAT, at + 2 * gate) + b.get(FLOAT, biasAt + 2 * gate)));
        float previous = hPrev.segment().get(FLOAT, hPrev.offset(row, u));
        a.set(FLOAT, at, r);
        a.set(FLOAT, at + gate, z);
        a.set(FLOAT, at + 2 * gate, n);
        hiddenN.segment().set(FLOAT, hiddenN.offset(row, u), q);
        h.segment().set(FLOAT, h.offset(row, u), fma(z, previous - n, n));
      }
    }
  }

  /**
   * {@link io.github.lstm4j.kernels.Kernels#gruGatesBackward} for the units [from, to) of every row.
   *
   * @param gates [n, 3·H]
   * @param hiddenN [n, H]
   * @param hPrev [n, H]
   * @param dH [n, H]
   * @param dHPrev [n, H]
   * @param from the first unit
   * @param to one past the last
   */
  public static void backward(Matrix gates, Matrix hiddenN, Matrix hPrev, Matrix dH, Matrix dHPrev, int from, int to) {
    int units = dH.columns();
    long gate = (long) units * Float.BYTES;
    MemorySegment a = gates.segment();
    for (int row = 0; row < dH.rows(); row++) {
      for (int u = from; u < to; u++) {
        long at = gates.offset(row, u);
        float r = a.get(FLOAT, at);
        float z = a.get(FLOAT, at + gate);
        float n = a.get(FLOAT, at + 2 * gate);
        float q = hiddenN.segment().get(FLOAT, hiddenN.offset(row, u));
        float dOut = dH.segment().get(FLOAT, dH.offset(row, u));
        float previous = hPrev.segment().get(FLOAT, hPrev.offset(row, u));
        float dN = (dOut * (1f - z)) * fma(-n, n, 1f);
        a.set(FLOAT, at, (dN * q) * fma(-r, r, r));
        a.set(FLOAT, at + gate, (dOut * (previous - n)) * fma(-z, z, z));
        a.set(FLOAT, at + 2 * gate, dN);
        hiddenN.segment().set(FLOAT, hiddenN.offset(row, u), dN * r);
        long target = dHPrev.offset(row, u);
        dHPrev.segment().set(FLOAT, target, fma(dOut, z, dHPrev.segment().get(FLOAT, target)));
      }
    }
  }
}
