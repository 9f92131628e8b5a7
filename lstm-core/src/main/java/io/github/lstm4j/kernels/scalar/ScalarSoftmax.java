package io.github.lstm4j.kernels.scalar;

import static io.github.lstm4j.kernels.Kernels.REDUCTION_LANES;
import static io.github.lstm4j.memory.Matrix.FLOAT;

import io.github.lstm4j.memory.Matrix;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** Softmax over rows. */
final class ScalarSoftmax {
  private ScalarSoftmax() {}

  static void softmax(Matrix result, double[] logSum, Matrix logits, float[] factor) {
    float[] lanes = new float[REDUCTION_LANES];
    MemorySegment out = result.segment();
    for (int row = 0; row < logits.rows(); row++) {
      float max = max(logits, row, lanes);
      Arrays.fill(lanes, 0f);
      for (int j = 0; j < logits.columns(); j++) {
        float e = Exponential.exp(logits.segment().get(FLOAT, logits.offset(row, j)) - max);
        out.set(FLOAT, result.offset(row, j), e);
        lanes[j % REDUCTION_LANES] += e;
      }
      float sum = ScalarVectors.tree(lanes);
      float scale = factor[row] / sum;
      for (int j = 0; j < logits.columns(); j++) {
        out.set(FLOAT, result.offset(row, j), out.get(FLOAT, result.offset(row, j)) * scale);
      }
      logSum[row] = (double) max + Exponential.log(sum);
    }
  }

  private static float max(Matrix logits, int row, float[] lanes) {
    Arrays.fill(lanes, Float.NEGATIVE_INFINITY);
    for (int j = 0; j < logits.columns(); j++) {
      float x = logits.segment().get(FLOAT, logits.offset(row, j));
      lanes[j % REDUCTION_LANES] = x > lanes[j % REDUCTION_LANES] ? x : lanes[j % REDUCTION_LANES];
    }
    for (int half = REDUCTION_LANES / 2; half > 0; half /= 2) {
      for (int j = 0; j < half; j++) {
        lanes[j] = lanes[j + half] > lanes[j] ? lanes[j + half] : lanes[j];
      }
    }
    return lanes[0];
  }
}
