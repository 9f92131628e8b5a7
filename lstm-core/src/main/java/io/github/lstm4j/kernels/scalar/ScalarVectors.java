package io.github.lstm4j.kernels.scalar;

import static io.github.lstm4j.kernels.Kernels.REDUCTION_BLOCK;
import static io.github.lstm4j.kernels.Kernels.REDUCTION_LANES;
import static io.github.lstm4j.kernels.scalar.Fma.fma;
import static io.github.lstm4j.memory.Matrix.FLOAT;

import io.github.lstm4j.memory.Matrix;
import java.util.Arrays;

/** Reductions over all elements, and additions of rows. */
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
   * {@link io.github.lstm4j.kernels.Kernels#addRows} for the columns [from, n).
   *
   * @param table [entries, n]
   * @param index an entry for each row
   * @param rows [index.length, n]
   * @param from the first column
   */
  public static void addRows(Matrix table, int[] index, Matrix rows, int from) {
    for (int r = 0; r < index.length; r++) {
      for (int c = from; index[r] >= 0 && c < table.columns(); c++) {
        long to = table.offset(index[r], c);
        table.segment().set(FLOAT, to, table.segment().get(FLOAT, to) + rows.segment().get(FLOAT, rows.offset(r, c)));
      }
    }
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
}
