package io.github.lstm4j.kernels.scalar;

import static io.github.lstm4j.kernels.Kernels.DEPTH_BLOCK;
import static io.github.lstm4j.memory.Matrix.FLOAT;

import io.github.lstm4j.kernels.RowOrder;
import io.github.lstm4j.kernels.Store;
import io.github.lstm4j.memory.Matrix;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * The three products, one row of c at a time: for each depth block a row of chains starts at zero, every k adds a
 * multiple of a row of b to it, and the row is stored or added to c. The inner loop runs over columns, which are
 * independent chains.
 */
final class ScalarGemm {
  private ScalarGemm() {}

  static void multiply(Matrix c, Matrix a, ScalarPacked b, Store store) {
    int depth = b.depth();
    if (leavesResult(depth, store)) {
      return;
    }
    int columns = c.columns();
    float[] chains = Chains.ofThread().sums(columns);
    for (int row = 0; row < c.rows(); row++) {
      long left = a.offset(row);
      for (int block = 0; block == 0 || block < depth; block += DEPTH_BLOCK) {
        Arrays.fill(chains, 0, columns, 0f);
        for (int k = block; k < Math.min(block + DEPTH_BLOCK, depth); k++) {
          float factor = a.segment().get(FLOAT, left + (long) k * Float.BYTES);
          addMultiple(chains, columns, factor, b.rows(), k * columns);
        }
        store(c, row, chains, block > 0 || store == Store.ACCUMULATE);
      }
    }
  }

  static void multiplyTransposedA(Matrix c, Matrix a, Matrix b, RowOrder order, Store store) {
    if (leavesResult(order.size(), store)) {
      return;
    }
    int columns = c.columns();
    Chains scratch = Chains.ofThread();
    float[] chains = scratch.sums(columns);
    float[] right = scratch.right(columns);
    for (int row = 0; row < c.rows(); row++) {
      for (int block = 0; block == 0 || block < order.size(); block += DEPTH_BLOCK) {
        Arrays.fill(chains, 0, columns, 0f);
        for (int p = block; p < Math.min(block + DEPTH_BLOCK, order.size()); p++) {
          MemorySegment.copy(b.segment(), FLOAT, b.offset(order.right(p)), right, 0, columns);
          addMultiple(chains, columns, a.segment().get(FLOAT, a.offset(order.left(p), row)), right, 0);
        }
        store(c, row, chains, block > 0 || store == Store.ACCUMULATE);
      }
    }
  }

  static void columnSums(Matrix sums, Matrix a, RowOrder order, Store store) {
    if (leavesResult(order.size(), store)) {
      return;
    }
    int columns = a.columns();
    float[] chains = Chains.ofThread().sums(columns);
    float[] lost = Chains.ofThread().right(columns);
    Arrays.fill(chains, 0, columns, 0f);
    Arrays.fill(lost, 0, columns, 0f);
    for (int p = 0; p < order.size(); p++) {
      long row = a.offset(order.left(p));
      for (int j = 0; j < columns; j++) {
        float y = a.segment().get(FLOAT, row + (long) j * Float.BYTES) - lost[j];
        float t = chains[j] + y;
        lost[j] = (t - chains[j]) - y;
        chains[j] = t;
      }
    }
    store(sums, 0, chains, store == Store.ACCUMULATE);
  }

  /** Adding nothing is not adding +0, which would turn −0 into +0. */
  private static boolean leavesResult(int depth, Store store) {
    return depth == 0 && store == Store.ACCUMULATE;
  }

  private static void addMultiple(float[] chains, int columns, float factor, float[] row, int start) {
    for (int j = 0; j < columns; j++) {
      chains[j] = Fma.fma(factor, row[start + j], chains[j]);
    }
  }

  private static void store(Matrix c, int row, float[] chains, boolean add) {
    long at = c.offset(row);
    for (int j = 0; j < c.columns(); j++, at += Float.BYTES) {
      c.segment().set(FLOAT, at, add ? c.segment().get(FLOAT, at) + chains[j] : chains[j]);
    }
  }
}
