package io.github.lstm4j.kernels.scalar;

import static io.github.lstm4j.kernels.Kernels.DEPTH_BLOCK;
import static io.github.lstm4j.memory.Matrix.FLOAT;

import io.github.lstm4j.kernels.RowOrder;
import io.github.lstm4j.kernels.Store;
import io.github.lstm4j.memory.Matrix;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * The three products, one row of c at a time: for each depth block a row of chains starts at zero, every k adds a multiple
 * of a row of b to it, and the row is stored or added to c. The inner loop runs over columns, which are independent chains.
 */
final class ScalarGemm {
  /** The rows of chains and operands of a thread, kept between calls so that steps allocate nothing. */
  private static final ThreadLocal<ScalarGemm> PER_THREAD = ThreadLocal.withInitial(ScalarGemm::new);

  private float[] chains = new float[0];
  private float[] right = new float[0];

  private ScalarGemm() {}

  /** This thread's rows, with room for a number of columns. */
  private static ScalarGemm rows(int columns) {
    ScalarGemm rows = PER_THREAD.get();
    if (rows.chains.length < columns) {
      rows.chains = new float[columns];
      rows.right = new float[columns];
    }
    return rows;
  }

  static void multiply(Matrix c, Matrix a, ScalarPacked b, Store store) {
    int depth = b.depth();
    if (leavesResult(depth, store)) {
      return;
    }
    int columns = c.columns();
    float[] chains = rows(columns).chains;
    for (int row = 0; row < c.rows(); row++) {
      long left = a.offset(row);
      for (int block = 0; block == 0 || block < depth; block += DEPTH_BLOCK) {
        Arrays.fill(chains, 0, columns, 0f);
        for (int k = block; k < Math.min(block + DEPTH_BLOCK, depth); k++) {
          addMultiple(chains, a.segment().get(FLOAT, left + (long) k * Float.BYTES), b.rows(), k * columns, columns);
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
    ScalarGemm rows = rows(columns);
    float[] chains = rows.chains;
    float[] right = rows.right;
    for (int row = 0; row < c.rows(); row++) {
      for (int block = 0; block == 0 || block < order.size(); block += DEPTH_BLOCK) {
        Arrays.fill(chains, 0, columns, 0f);
        for (int p = block; p < Math.min(block + DEPTH_BLOCK, order.size()); p++) {
          MemorySegment.copy(b.segment(), FLOAT, b.offset(order.right(p)), right, 0, columns);
          addMultiple(chains, a.segment().get(FLOAT, a.offset(order.left(p), row)), right, 0, columns);
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
    float[] chains = rows(columns).chains;
    for (int block = 0; block == 0 || block < order.size(); block += DEPTH_BLOCK) {
      Arrays.fill(chains, 0, columns, 0f);
      for (int p = block; p < Math.min(block + DEPTH_BLOCK, order.size()); p++) {
        long row = a.offset(order.left(p));
        for (int j = 0; j < columns; j++) {
          chains[j] += a.segment().get(FLOAT, row + (long) j * Float.BYTES);
        }
      }
      store(sums, 0, chains, block > 0 || store == Store.ACCUMULATE);
    }
  }

  /** Adding nothing is not adding +0, which would turn −0 into +0. */
  private static boolean leavesResult(int depth, Store store) {
    return depth == 0 && store == Store.ACCUMULATE;
  }

  private static void addMultiple(float[] chains, float factor, float[] row, int start, int columns) {
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
