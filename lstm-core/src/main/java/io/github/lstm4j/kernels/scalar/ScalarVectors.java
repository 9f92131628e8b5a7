package io.github.lstm4j.kernels.scalar;

import static io.github.lstm4j.kernels.Kernels.REDUCTION_BLOCK;
import static io.github.lstm4j.kernels.Kernels.REDUCTION_LANES;
import static io.github.lstm4j.kernels.scalar.Fma.fma;
import static io.github.lstm4j.memory.Matrix.FLOAT;

import io.github.lstm4j.kernels.AdamCoefficients;
import io.github.lstm4j.memory.Matrix;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** Operations over all elements of matrices: norms and optimizer steps. */
public final class ScalarVectors {
  private ScalarVectors() {}

  static double sumOfSquares(Matrix matrix) {
    float[] lanes = new float[REDUCTION_LANES];
    double total = 0;
    int inBlock = 0;
    for (int r = 0; r < matrix.rows(); r++) {
      for (int c = 0; c < matrix.columns(); c++) {
        float x = matrix.segment().get(FLOAT, matrix.offset(r, c));
        int lane = inBlock % REDUCTION_LANES;
        lanes[lane] = fma(x, x, lanes[lane]);
        if (++inBlock == REDUCTION_BLOCK) {
          total += tree(lanes);
          Arrays.fill(lanes, 0f);
          inBlock = 0;
        }
      }
    }
    return inBlock == 0 ? total : total + tree(lanes);
  }

  /**
   * Adds 16 lanes in the order of the contract; the lanes are overwritten.
   *
   * @param lanes [16]
   * @return their sum
   */
  public static float tree(float[] lanes) {
    for (int half = REDUCTION_LANES / 2; half > 0; half /= 2) {
      for (int j = 0; j < half; j++) {
        lanes[j] += lanes[j + half];
      }
    }
    return lanes[0];
  }

  /**
   * {@link io.github.lstm4j.kernels.Kernels#adam} for the columns [from, n) of every row.
   *
   * @param value the parameter
   * @param gradient its gradient
   * @param first its first moment
   * @param second its second moment
   * @param k the numbers of this update
   * @param from the first column
   */
  public static void adam(
      Matrix value, Matrix gradient, Matrix first, Matrix second, AdamCoefficients k, int from) {
    MemorySegment m = first.segment();
    MemorySegment v = second.segment();
    for (int r = 0; r < value.rows(); r++) {
      for (int c = from; c < value.columns(); c++) {
        float x = value.segment().get(FLOAT, value.offset(r, c));
        float g = gradient.segment().get(FLOAT, gradient.offset(r, c)) * k.gradientScale();
        if (k.weightDecay() != 0) {
          g = fma(k.weightDecay(), x, g);
        }
        float m0 = m.get(FLOAT, first.offset(r, c));
        float m1 = fma(k.oneMinusBeta1(), g - m0, m0);
        float v1 = fma(k.oneMinusBeta2() * g, g, k.beta2() * v.get(FLOAT, second.offset(r, c)));
        m.set(FLOAT, first.offset(r, c), m1);
        v.set(FLOAT, second.offset(r, c), v1);
        float denominator = (float) Math.sqrt(v1) / k.correction() + k.epsilon();
        value.segment().set(FLOAT, value.offset(r, c), x - k.stepSize() * m1 / denominator);
      }
    }
  }
}
