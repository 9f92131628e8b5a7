package io.github.lstm4j.layer;

import io.github.lstm4j.kernels.Kernels;
import io.github.lstm4j.kernels.RowOrder;
import io.github.lstm4j.kernels.Store;
import io.github.lstm4j.memory.Matrix;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/**
 * The gradient of a weight, gradient += leftᵀ·right over pairs of rows, with the rows of the gradient split among
 * threads: every sum is added by one thread, whatever their number.
 */
final class WeightGradient {
  private final Parameter parameter;
  private final Matrix right; // [rows, n]
  private final Supplier<RowOrder> order;
  private final Kernels kernels;
  private final Workers workers;
  private final IntConsumer job = this::part;
  private final int parts;
  private final Matrix[] targets;
  private final Matrix[] lefts;

  /**
   * A gradient.
   *
   * @param parameter whose it is
   * @param gradient its gradient, or some rows of it
   * @param left [rows, m]
   * @param right [rows, n]
   * @param order how rows meet, asked anew at each run
   * @param execution kernels and threads
   */
  WeightGradient(
      Parameter parameter, Matrix gradient, Matrix left, Matrix right, Supplier<RowOrder> order,
      Execution execution) {
    this.parameter = parameter;
    this.right = right;
    this.order = order;
    this.kernels = execution.kernels();
    this.workers = execution.workers();
    this.parts = Math.min(workers.count(), left.columns());
    this.targets = Parts.split(gradient, parts, Parts.TILE_ROWS); // whole tiles, but for the last
    this.lefts = new Matrix[parts];
    int from = 0;
    for (int part = 0; part < parts; part++) {
      lefts[part] = left.columns(from, targets[part].rows());
      from += targets[part].rows();
    }
  }

  void run() {
    if (parameter.trainable()) {
      workers.run(parts, job);
    }
  }

  private void part(int part) {
    if (targets[part].rows() == 0) {
      return; // fewer tiles than threads
    }
    kernels.gemmTransposedA(targets[part], lefts[part], right, order.get(), Store.ACCUMULATE);
  }
}
