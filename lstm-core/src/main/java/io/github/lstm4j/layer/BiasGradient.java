package io.github.lstm4j.layer;

import static io.github.lstm4j.kernels.Store.OVERWRITE;

import io.github.lstm4j.kernels.GateKernels;
import io.github.lstm4j.kernels.Kernels;
import io.github.lstm4j.kernels.RowOrder;
import io.github.lstm4j.memory.Matrix;
import io.github.lstm4j.memory.Memory;
import java.util.List;

/**
 * The gradients of biases that are added to the same sums: gradient += Σ rows, with the columns split among threads.
 * Where there are two, the rows are summed once, since both get the same number.
 */
final class BiasGradient {
  private static final int[] FIRST_ROW = {0};

  /** What an element counts that is summed, in multiplications of a product. */
  private static final long ELEMENT = 16;

  private final List<Parameter> parameters;
  private final Matrix[][] gradients; // of each parameter and part [1, n]
  private final Matrix[] rows; // of each part [N, n]
  private final Matrix[] sums; // of each part [1, n]
  private final RowOrder order;
  private final Kernels kernels;

  /**
   * Gradients.
   *
   * @param parameters whose they are
   * @param firstColumn the first element that gets a sum
   * @param rows [N, n]
   * @param order in which order they are added
   * @param memory what holds the sums
   * @param execution kernels and threads
   */
  BiasGradient(
      List<Parameter> parameters, int firstColumn, Matrix rows, RowOrder order, Memory memory, Execution execution) {
    this.parameters = parameters;
    this.order = order;
    kernels = execution.kernels();
    int threads = execution.threads(ELEMENT * rows.rows() * rows.columns());
    int parts = Math.min(threads, Parts.blocks(rows.columns(), GateKernels.UNIT_BLOCK));
    this.rows = new Matrix[parts];
    Matrix all = memory.vector(rows.columns());
    sums = new Matrix[parts];
    gradients = new Matrix[parameters.size()][parts];
    for (int part = 0; part < parts; part++) {
      int from = Parts.bound(rows.columns(), parts, part, GateKernels.UNIT_BLOCK);
      int to = Parts.bound(rows.columns(), parts, part + 1, GateKernels.UNIT_BLOCK);
      this.rows[part] = rows.columns(from, to - from);
      sums[part] = all.columns(from, to - from);
      for (int p = 0; p < gradients.length; p++) {
        gradients[p][part] = parameters.get(p).gradient().columns(firstColumn + from, to - from);
      }
    }
  }

  /** How many parts there are, each for a thread to compute. */
  int parts() {
    return rows.length;
  }

  /** Computes a part; of biases that are frozen nothing. */
  void part(int part) {
    boolean summed = false;
    for (int p = 0; p < gradients.length; p++) {
      if (parameters.get(p).trainable()) {
        if (!summed) {
          kernels.columnSums(sums[part], rows[part], order, OVERWRITE);
          summed = true;
        }
        kernels.addRows(gradients[p][part], FIRST_ROW, sums[part]);
      }
    }
  }
}
