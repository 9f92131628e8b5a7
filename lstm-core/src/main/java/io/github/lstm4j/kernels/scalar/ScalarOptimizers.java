package io.github.lstm4j.kernels.scalar;

import static io.github.lstm4j.kernels.scalar.Fma.fma;
import static io.github.lstm4j.memory.Matrix.FLOAT;

import io.github.lstm4j.kernels.AdamCoefficients;
import io.github.lstm4j.kernels.RootMeanSquareCoefficients;
import io.github.lstm4j.kernels.SgdCoefficients;
import io.github.lstm4j.memory.Matrix;
import org.jspecify.annotations.Nullable;

/** The optimizers' updates, for the columns from a given one on. */
public final class ScalarOptimizers {
  private ScalarOptimizers() {}

  private static float get(Matrix matrix, int row, int column) {
    return matrix.segment().get(FLOAT, matrix.offset(row, column));
  }

  private static void set(Matrix matrix, int row, int column, float value) {
    matrix.segment().set(FLOAT, matrix.offset(row, column), value);
  }

  private static float decayed(float g, float decay, float x) {
    return decay != 0 ? fma(decay, x, g) : g;
  }

  /**
   * {@link io.github.lstm4j.kernels.Kernels#adam} for the columns [from, n) of every row.
   *
   * @param value the parameter
   * @param gradient its gradient
   * @param first its first moment
   * @param second its second moment
   * @param largest its largest second moment, or null
   * @param k the numbers of this update
   * @param from the first column
   */
  public static void adam(
      Matrix value, Matrix gradient, Matrix first, Matrix second, @Nullable Matrix largest, AdamCoefficients k,
      int from) {
    for (int r = 0; r < value.rows(); r++) {
      for (int c = from; c < value.columns(); c++) {
        float x = get(value, r, c) * k.decoupledDecay();
        float g = decayed(get(gradient, r, c) * k.gradientScale(), k.weightDecay(), x);
        float m0 = get(first, r, c);
        float m = fma(k.oneMinusBeta1(), g - m0, m0);
        float v = fma(k.oneMinusBeta2() * g, g, k.beta2() * get(second, r, c));
        set(first, r, c, m);
        set(second, r, c, v);
        if (largest != null) {
          float before = get(largest, r, c);
          v = v > before ? v : before;
          set(largest, r, c, v);
        }
        float denominator = (float) Math.sqrt(v) / k.correction() + k.epsilon();
        set(value, r, c, x - k.stepSize() * m / denominator);
      }
    }
  }

  /**
   * {@link io.github.lstm4j.kernels.Kernels#sgd} for the columns [from, n) of every row.
   *
   * @param value the parameter
   * @param gradient its gradient
   * @param buffer its velocity, or null
   * @param k the numbers of this update
   * @param from the first column
   */
  public static void sgd(
      Matrix value, Matrix gradient, @Nullable Matrix buffer, SgdCoefficients k, int from) {
    for (int r = 0; r < value.rows(); r++) {
      for (int c = from; c < value.columns(); c++) {
        float x = get(value, r, c);
        float g = decayed(get(gradient, r, c) * k.gradientScale(), k.weightDecay(), x);
        if (buffer != null) {
          float velocity = fma(k.momentum(), get(buffer, r, c), k.dampened() * g);
          set(buffer, r, c, velocity);
          g = k.nesterov() ? fma(k.momentum(), velocity, g) : velocity;
        }
        set(value, r, c, fma(-k.rate(), g, x));
      }
    }
  }

  /**
   * {@link io.github.lstm4j.kernels.Kernels#rootMeanSquare} for the columns [from, n) of every row.
   *
   * @param value the parameter
   * @param gradient its gradient
   * @param squares its sum of squares
   * @param mean its mean gradient, or null
   * @param buffer its velocity, or null
   * @param k the numbers of this update
   * @param from the first column
   */
  public static void rootMeanSquare(
      Matrix value, Matrix gradient, Matrix squares, @Nullable Matrix mean, @Nullable Matrix buffer,
      RootMeanSquareCoefficients k, int from) {
    for (int r = 0; r < value.rows(); r++) {
      for (int c = from; c < value.columns(); c++) {
        float x = get(value, r, c);
        float g = decayed(get(gradient, r, c) * k.gradientScale(), k.weightDecay(), x);
        float v = fma(k.gain() * g, g, k.keep() * get(squares, r, c));
        set(squares, r, c, v);
        if (mean != null) {
          float before = get(mean, r, c);
          float now = fma(k.gain(), g - before, before);
          set(mean, r, c, now);
          v = fma(-now, now, v);
        }
        g = g / ((float) Math.sqrt(v) + k.epsilon());
        if (buffer != null) {
          g = fma(k.momentum(), get(buffer, r, c), g);
          set(buffer, r, c, g);
        }
        set(value, r, c, fma(-k.rate(), g, x));
      }
    }
  }
}
