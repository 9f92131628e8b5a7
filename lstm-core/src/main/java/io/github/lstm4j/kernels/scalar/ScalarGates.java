package io.github.lstm4j.kernels.scalar;

import static io.github.lstm4j.kernels.scalar.Activations.sigmoid;
import static io.github.lstm4j.kernels.scalar.Activations.tanh;
import static io.github.lstm4j.kernels.scalar.Fma.fma;
import static io.github.lstm4j.memory.Matrix.FLOAT;

import io.github.lstm4j.memory.Matrix;
import java.lang.foreign.MemorySegment;

/**
 * The gates of an LSTM, forward and backward. Both work on any range of units, so that a vector implementation can hand
 * over the units that fill no vector.
 */
public final class ScalarGates {
  private ScalarGates() {}

  /**
   * {@link io.github.lstm4j.kernels.Kernels#lstmGatesForward} for the units [from, to) of every row.
   *
   * @param gates [n, 4·H]
   * @param bias [1, 4·H]
   * @param cPrev [n, H]
   * @param c [n, H]
   * @param tanhC [n, H]
   * @param h [n, H]
   * @param from the first unit
   * @param to one past the last
   */
  public static void forward(
      Matrix gates, Matrix bias, Matrix cPrev, Matrix c, Matrix tanhC, Matrix h, int from, int to) {
    int units = h.columns();
    long gate = (long) units * Float.BYTES; // from one gate's block to the next, in bytes
    MemorySegment z = gates.segment();
    MemorySegment b = bias.segment();
    for (int r = 0; r < h.rows(); r++) {
      for (int u = from; u < to; u++) {
        long at = gates.offset(r, u);
        long biasAt = bias.offset(0, u);
        float i = sigmoid(z.get(FLOAT, at) + b.get(FLOAT, biasAt));
        float f = sigmoid(z.get(FLOAT, at + gate) + b.get(FLOAT, biasAt + gate));
        float g = tanh(z.get(FLOAT, at + 2 * gate) + b.get(FLOAT, biasAt + 2 * gate));
        float o = sigmoid(z.get(FLOAT, at + 3 * gate) + b.get(FLOAT, biasAt + 3 * gate));
        float cell = fma(f, cPrev.segment().get(FLOAT, cPrev.offset(r, u)), i * g);
        float squashed = tanh(cell);
        z.set(FLOAT, at, i);
        z.set(FLOAT, at + gate, f);
        z.set(FLOAT, at + 2 * gate, g);
        z.set(FLOAT, at + 3 * gate, o);
        c.segment().set(FLOAT, c.offset(r, u), cell);
        tanhC.segment().set(FLOAT, tanhC.offset(r, u), squashed);
        h.segment().set(FLOAT, h.offset(r, u), o * squashed);
      }
    }
  }

  /**
   * {@link io.github.lstm4j.kernels.Kernels#lstmGatesBackward} for the units [from, to) of every row.
   *
   * @param dGates [n, 4·H]
   * @param gates [n, 4·H]
   * @param cPrev [n, H]
   * @param tanhC [n, H]
   * @param dH [n, H]
   * @param dC [n, H]
   * @param from the first unit
   * @param to one past the last
   */
  public static void backward(
      Matrix dGates, Matrix gates, Matrix cPrev, Matrix tanhC, Matrix dH, Matrix dC, int from, int to) {
    int units = dH.columns();
    long gate = (long) units * Float.BYTES;
    MemorySegment z = gates.segment();
    MemorySegment dz = dGates.segment();
    for (int r = 0; r < dH.rows(); r++) {
      for (int u = from; u < to; u++) {
        long at = gates.offset(r, u);
        float i = z.get(FLOAT, at);
        float f = z.get(FLOAT, at + gate);
        float g = z.get(FLOAT, at + 2 * gate);
        float o = z.get(FLOAT, at + 3 * gate);
        float t = tanhC.segment().get(FLOAT, tanhC.offset(r, u));
        float dOut = dH.segment().get(FLOAT, dH.offset(r, u));
        float dCell = fma(dOut * o, fma(-t, t, 1f), dC.segment().get(FLOAT, dC.offset(r, u)));
        float previous = cPrev.segment().get(FLOAT, cPrev.offset(r, u));
        long target = dGates.offset(r, u);
        dz.set(FLOAT, target, (dCell * g) * fma(-i, i, i));
        dz.set(FLOAT, target + gate, (dCell * previous) * fma(-f, f, f));
        dz.set(FLOAT, target + 2 * gate, (dCell * i) * fma(-g, g, 1f));
        dz.set(FLOAT, target + 3 * gate, (dOut * t) * fma(-o, o, o));
        dC.segment().set(FLOAT, dC.offset(r, u), dCell * f);
      }
    }
  }
}
