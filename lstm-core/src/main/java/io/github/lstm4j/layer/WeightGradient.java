package io.github.lstm4j.layer;

import io.github.lstm4j.kernels.Kernels;
import io.github.lstm4j.kernels.RowOrder;
import io.github.lstm4j.kernels.Store;
import io.github.lstm4j.memory.Matrix;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The gradient of a weight, gradient += leftᵀ·right over pairs of rows, with the rows of the gradient split among
 * threads: every sum is added by one thread, whatever their number. Two with the same left operand may be a pair, which
 * the kernels compute together.
 */
final class WeightGradient {
  private final Parameter parameter;
  private final Matrix left; // [rows, m]
  private final Matrix right; // [rows, n]
  private final Supplier<RowOrder> order;
  private final Kernels kernels;
  private final int parts;
  private final Matrix[] targets;
  private final Matrix[] lefts;
  private @Nullable WeightGradient second;

  /**
   * A gradient.
   *
   * @param parameter whose it is
   * @param gradient its gradient, or some rows of it
   * @param left [rows, m]
   * @param right [rows, n]
   * @param order how rows meet, asked anew at each run
   * @param execution kernels and threads
   * @param threads how many of these share it: as many as the other one of a pair
   */
  WeightGradient(
      Parameter parameter, Matrix gradient, Matrix left, Matrix right, Supplier<RowOrder> order,
      Execution execution, int threads) {
    this.parameter = parameter;
    this.left = left;
    this.right = right;
    this.order = order;
    this.kernels = execution.kernels();
    this.parts = Math.min(threads, left.columns());
    this.targets = Parts.split(gradient, parts, Parts.TILE_ROWS); // whole tiles, but for the last
    this.lefts = new Matrix[parts];
    int from = 0;
    for (int part = 0; part < parts; part++) {
      lefts[part] = left.columns(from, targets[part].rows());
      from += targets[part].rows();
    }
  }

  /** Makes another one of the same left operand, so split alike, this one's second: {@link #part} is of both. */
  void pair(WeightGradient other) {
    if (second != null || other.left != left || other.parts != parts) {
      throw new IllegalArgumentException(
          "the gradients of " + parameter.name() + " and " + other.parameter.name() + " are no pair");
    }
    second = other;
  }

  /** How many parts there are, each for a thread to compute. */
  int parts() {
    return parts;
  }

  /** Computes a part, of the second one too; of weights that are frozen nothing. */
  void part(int part) {
    WeightGradient other = second;
    if (other != null && parameter.trainable() && other.parameter.trainable()) {
      bothParts(part, other);
      return;
    }
    ownPart(part);
    if (other != null) {
      other.ownPart(part);
    }
  }

  private void ownPart(int part) {
    if (parameter.trainable() && targets[part].rows() > 0) { // none where tiles are fewer than threads
      kernels.gemmTransposedA(targets[part], lefts[part], right, order.get(), Store.ACCUMULATE);
    }
  }

  private void bothParts(int part, WeightGradient other) {
    if (targets[part].rows() > 0) {
      kernels.gemmTransposedAPair(
          targets[part], right, order.get(), other.targets[part], other.right, other.order.get(), lefts[part],
          Store.ACCUMULATE);
    }
  }
}
