package io.github.lstm4j.layer;

import static io.github.lstm4j.kernels.Store.ACCUMULATE;
import static io.github.lstm4j.kernels.Store.OVERWRITE;

import io.github.lstm4j.kernels.PackedMatrix;
import io.github.lstm4j.kernels.RowOrder;
import io.github.lstm4j.memory.Matrix;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What follows the backward loop of a layer in one direction, over all time steps at once: a product for each weight's
 * gradient, or one call for two of them, sums for the biases', a product for the input's.
 */
final class GradientProducts {
  /** Rows of a part of the input's gradient, if it has more than one a thread: about what a product packs at a time. */
  private static final int LEAST_INPUT_ROWS = 128;

  private final DirectionPass<?, ?> pass;
  private final RowOrder order;
  private final int weightThreads; // by the input's and the recurrent weight's together, so that they may be a pair
  private final WeightGradient ofInputWeight;
  private final List<WeightGradient> weights = new ArrayList<>();
  private final List<BiasGradient> biases = new ArrayList<>();
  private final @Nullable Matrix dInput;
  private final boolean accumulateInput;
  private final Matrix[] dInputParts;
  private final Matrix[] dGateParts;
  private final DealtParts parts;
  private int withoutInput; // how many of them are not the gradient of the input
  private @Nullable PackedMatrix inputWeight;

  /**
   * The products that all cells have: those of the input's weight and gradient.
   *
   * @param pass whose gates hold their gradients after the loop
   * @param buffers what surrounds it
   */
  GradientProducts(DirectionPass<?, ?> pass, PassBuffers buffers) {
    this.pass = pass;
    order = pass.plan.inputOrder();
    parts = new DealtParts(pass.workers);
    dInput = buffers.inputGradient();
    accumulateInput = buffers.accumulateInput();
    long ofColumn = (long) pass.plan.rows() * pass.gates.columns();
    weightThreads = pass.execution.threads(ofColumn * (pass.input.columns() + pass.states.columns()));
    int inputParts = inputParts(pass.execution.threads(ofColumn * pass.input.columns()), pass.plan.rows());
    dInputParts = dInput == null ? new Matrix[0] : Parts.split(dInput, inputParts, Parts.TILE_ROWS);
    dGateParts = Parts.split(pass.gates, inputParts, Parts.TILE_ROWS);
    ofInputWeight = gradient(pass.weights.weightIh, 0, pass.gates, pass.input, () -> order);
    weights.add(ofInputWeight);
  }

  private static int inputParts(int threads, int rows) {
    return threads == 1 ? 1 : Math.min(rows, Math.max(threads, Math.min(4 * threads, rows / LEAST_INPUT_ROWS)));
  }

  /** The order of rows with themselves: descending time, ascending position. */
  RowOrder order() {
    return order;
  }

  /** Adds the gradient of some rows of a weight. */
  void weight(Parameter parameter, int firstRow, Matrix left, Matrix right, Supplier<RowOrder> rows) {
    weights.add(gradient(parameter, firstRow, left, right, rows));
  }

  /** Adds the gradient of the recurrent weight where its left operand is that of the input's weight: all gates. */
  void recurrentWeight(Supplier<RowOrder> rows) {
    ofInputWeight.pair(gradient(pass.weights.weightHh, 0, pass.gates, pass.states, rows));
  }

  private WeightGradient gradient(
      Parameter parameter, int firstRow, Matrix left, Matrix right, Supplier<RowOrder> rows) {
    Matrix gradient = parameter.gradient().rows(firstRow, left.columns());
    return new WeightGradient(parameter, gradient, left, right, rows, pass.execution, weightThreads);
  }

  /** Adds the gradient of some elements of biases: the same for each of them that there is. */
  void bias(Matrix rows, int firstColumn, @Nullable Parameter... parameters) {
    List<Parameter> present = new ArrayList<>();
    for (Parameter parameter : parameters) {
      if (parameter != null) {
        present.add(parameter);
      }
    }
    if (!present.isEmpty()) {
      biases.add(new BiasGradient(present, firstColumn, rows, order, pass.memory, pass.execution));
    }
  }

  /**
   * Ends the list. Weights first, since their parts are the largest; those of the input last: they may be left out, and
   * are small enough to keep all threads busy to the end.
   *
   * @return this
   */
  GradientProducts complete() {
    weights.forEach(weight -> parts.add(weight.parts(), weight::part));
    biases.forEach(bias -> parts.add(bias.parts(), bias::part));
    withoutInput = parts.count();
    parts.add(dInputParts.length, this::projectBack);
    return this;
  }

  /** Computes all of them; the input's only if it is needed. */
  void run(boolean needsInput) {
    boolean ofInput = dInput != null && needsInput;
    if (ofInput) {
      inputWeight = pass.weights.inputBackward.get();
    }
    parts.run(ofInput ? parts.count() : withoutInput);
  }

  private void projectBack(int part) {
    if (dInputParts[part].rows() > 0) {
      pass.kernels.gemm(
          dInputParts[part], dGateParts[part], Objects.requireNonNull(inputWeight),
          accumulateInput ? ACCUMULATE : OVERWRITE);
    }
  }
}
