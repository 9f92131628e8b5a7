package io.github.lstm4j.layer;

import io.github.lstm4j.kernels.Nonlinearity;
import io.github.lstm4j.memory.Matrix;
import io.github.lstm4j.memory.Memory;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The time loop of a plain recurrent layer in one direction, forward and backward.
 *
 * <pre>
 * h[t] = f(x·W_ihᵀ + b_ih + h[t−1]·W_hhᵀ + b_hh)     // (n, H), f tanh or relu
 * dsums = dh⊙f'                                      // by h alone, so the sums need not be kept
 * dhPrev += dsums·W_hh     dW_hh += dsumsᵀ·hPrev     db += Σ dsums
 * </pre>
 *
 * Source: torch.nn.RNN.
 */
final class RnnPass extends DirectionPass<RnnPass.Step, RnnPass.Back> {
  private final Nonlinearity nonlinearity;
  private final @Nullable Matrix dStates; // [B + N, H] while training
  private final @Nullable GradientProducts products;

  /**
   * The views of one call forward: n rows of all matrices.
   *
   * @param sums [n, U], of U units, all or those of a slice
   * @param targets what of the sums the recurrent product is added to
   * @param hPrev [n, H]
   * @param h [n, U]
   * @param starts whether hPrev are initial states
   */
  record Step(Matrix sums, List<Matrix> targets, Matrix hPrev, Matrix h, boolean starts) {}

  /**
   * The views of one call backward; the sums' gradients overwrite the sums.
   *
   * @param dSums [n, H]
   * @param h [n, H]
   * @param dH [n, H]
   * @param dHPrev [n, H], or the columns of a slice
   * @param starts whether the previous states are initial ones
   */
  record Back(Matrix dSums, Matrix h, Matrix dH, Matrix dHPrev, boolean starts) {}

  RnnPass(DirectionWeights weights, PassBuffers buffers, Mode mode, Memory memory, Execution execution) {
    super(weights, buffers, mode, memory, execution);
    boolean training = mode == Mode.TRAINING;
    nonlinearity = weights.cell == CellKind.RNN_RELU ? Nonlinearity.RELU : Nonlinearity.TANH;
    dStates = training ? buffers.stateGradients() : null;
    products = training ? products(buffers) : null;
    makePhases();
  }

  private GradientProducts products(PassBuffers buffers) {
    GradientProducts made = new GradientProducts(this, buffers);
    made.recurrentWeight(start.recurrentOrder(plan, weights.reverse));
    made.bias(gates, 0, weights.biasIh, weights.biasHh);
    return made.complete();
  }

  @Override
  Step forwardStep(StepPlan.Run run, Matrix gateRows, UnitSlice slice) {
    return new Step(
        slice.kernelGates(gateRows),
        slice.recurrentTargets(gateRows),
        states.rows(run.previous(), run.count()),
        slice.kernelStates(states.rows(plan.batch() + run.row(), run.count())),
        run.starts());
  }

  @Override
  void forward(Step s, UnitSlice slice) {
    if (!start.leavesOut(s.starts)) {
      slice.multiply(s.targets, s.hPrev);
    }
    kernels.rnnForward(s.h, s.sums, slice.bias(), nonlinearity, slice.from, slice.to);
  }

  @Override
  Back backwardStep(StepPlan.Run run, UnitSlice slice) {
    Matrix gradients = Objects.requireNonNull(dStates);
    return new Back(
        gates.rows(run.row(), run.count()),
        states.rows(plan.batch() + run.row(), run.count()),
        gradients.rows(plan.batch() + run.row(), run.count()),
        slice.columns(gradients.rows(run.previous(), run.count())),
        run.starts());
  }

  @Override
  void backwardGates(Back s, UnitSlice slice) {
    kernels.rnnBackward(s.dSums, s.h, s.dH, nonlinearity, slice.from, slice.to);
  }

  @Override
  void backwardProducts(Back s, UnitSlice slice) {
    if (!start.leavesOutBack(s.starts)) {
      slice.multiplyBack(s.dHPrev, s.dSums);
    }
  }

  @Override
  void gradients(boolean needsInput) {
    Objects.requireNonNull(products, "this pass was made for inference").run(needsInput);
  }
}
