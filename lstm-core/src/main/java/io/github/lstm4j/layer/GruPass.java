package io.github.lstm4j.layer;

import io.github.lstm4j.memory.Matrix;
import io.github.lstm4j.memory.Memory;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The time loop of a GRU layer in one direction, forward and backward.
 *
 * <pre>
 * r, z = sigmoid(x·W_ihᵀ + b_ih + h[t−1]·W_hhᵀ + b_hh)          // (n, 2H), the rows r, z of the weights
 * q = h[t−1]·W_hnᵀ + b_hn                                       // (n, H), kept apart
 * n = tanh(x·W_inᵀ + b_in + r⊙q)                                // (n, H)
 * h[t] = (1 − z)⊙n + z⊙h[t−1]                                   // (n, H)
 * </pre>
 *
 * Backward, last line first: the fused kernel gives the gradients of the sums, of q and the direct part of h[t−1]'s;
 * then
 *
 * <pre>
 * dhPrev += d(r, z)·W_h(r,z) + dq·W_hn      dW_hh += [d(r, z), dq]ᵀ·hPrev      db_hh += Σ [d(r, z), dq]
 * </pre>
 *
 * Source: torch.nn.GRU.
 */
final class GruPass extends DirectionPass<GruPass.Step, GruPass.Back> {
  private final Matrix hiddenN; // q: [N, H] while training, [B, H] while serving
  private final @Nullable Matrix dStates; // [B + N, H] while training
  private final @Nullable GradientProducts products;

  /**
   * The views of one call forward: n rows of all matrices, and U units, all or those of a slice.
   *
   * @param gates [n, 3U]
   * @param resetUpdate what of the blocks r and z the recurrent product is added to
   * @param hiddenN [n, U]; all units where the gates do not stand side by side, as everything else
   * @param candidate [n, U], what of hiddenN the recurrent product of n goes to
   * @param hPrev [n, H]
   * @param hKept [n, U], what z keeps of hPrev
   * @param h [n, U]
   * @param starts whether hPrev are initial states
   */
  record Step(
      Matrix gates, List<Matrix> resetUpdate, Matrix hiddenN, Matrix candidate, Matrix hPrev, Matrix hKept, Matrix h,
      boolean starts) {}

  /**
   * The views of one call backward; gradients overwrite gates and q.
   *
   * @param gates [n, 3H]
   * @param resetUpdate [n, 2H], the blocks r and z of the gates
   * @param hiddenN [n, H]
   * @param hPrev [n, H]
   * @param dH [n, H]
   * @param dHPrev [n, H]
   * @param target [n, H], or the columns of a slice
   * @param starts whether hPrev are initial states
   */
  record Back(
      Matrix gates, Matrix resetUpdate, Matrix hiddenN, Matrix hPrev, Matrix dH, Matrix dHPrev, Matrix target,
      boolean starts) {}

  GruPass(DirectionWeights weights, PassBuffers buffers, Mode mode, Memory memory, Execution execution) {
    super(weights, buffers, mode, memory, execution);
    hiddenN = memory.matrix(training ? plan.rows() : plan.batch(), weights.hiddenSize);
    dStates = training ? buffers.stateGradients() : null;
    products = training ? products(buffers) : null;
    makePhases();
  }

  private GradientProducts products(PassBuffers buffers) {
    GradientProducts made = new GradientProducts(this, buffers);
    int summed = 2 * weights.hiddenSize;
    Matrix resetUpdate = gates.columns(0, summed);
    var order = start.recurrentOrder(plan, weights.reverse);
    made.weight(weights.weightHh, 0, resetUpdate, states, order);
    made.weight(weights.weightHh, summed, hiddenN, states, order);
    made.bias(resetUpdate, 0, weights.biasIh, weights.biasHh);
    made.bias(gates.columns(summed, weights.hiddenSize), summed, weights.biasIh);
    made.bias(hiddenN, summed, weights.biasHh);
    return made.complete();
  }

  @Override
  Step forwardStep(StepPlan.Run run, Matrix gateRows, UnitSlice slice) {
    Matrix q = hiddenN.rows(training ? run.row() : run.position(), run.count());
    Matrix hPrev = states.rows(run.previous(), run.count());
    return new Step(
        slice.kernelGates(gateRows),
        slice.recurrentTargets(gateRows),
        slice.kernelStates(q),
        slice.columns(q),
        hPrev,
        slice.kernelStates(hPrev),
        slice.kernelStates(states.rows(plan.batch() + run.row(), run.count())),
        run.starts());
  }

  @Override
  void forward(Step s, UnitSlice slice) {
    if (start.leavesOut(s.starts)) {
      s.candidate.fill(0f); // as the product of zeros does
    } else {
      slice.multiply(s.resetUpdate, s.hPrev);
      slice.multiplyCandidate(s.candidate, s.hPrev);
    }
    kernels.gruGatesForward(
        s.gates, s.hiddenN, slice.bias(), slice.hiddenBias(), s.hKept, s.h, slice.from, slice.to);
  }

  @Override
  Back backwardStep(StepPlan.Run run, UnitSlice slice) {
    Matrix gradients = Objects.requireNonNull(dStates);
    Matrix rows = gates.rows(run.row(), run.count());
    Matrix dHPrev = gradients.rows(run.previous(), run.count());
    return new Back(
        rows,
        rows.columns(0, 2 * weights.hiddenSize),
        hiddenN.rows(run.row(), run.count()),
        states.rows(run.previous(), run.count()),
        gradients.rows(plan.batch() + run.row(), run.count()),
        dHPrev,
        slice.columns(dHPrev),
        run.starts());
  }

  @Override
  void backwardGates(Back s, UnitSlice slice) {
    kernels.gruGatesBackward(s.gates, s.hiddenN, s.hPrev, s.dH, s.dHPrev, slice.from, slice.to);
  }

  @Override
  void backwardProducts(Back s, UnitSlice slice) {
    if (!start.leavesOutBack(s.starts)) {
      slice.multiplyBack(s.target, s.resetUpdate);
      slice.multiplyCandidateBack(s.target, s.hiddenN);
    }
  }

  @Override
  void gradients(boolean needsInput) {
    Objects.requireNonNull(products, "this pass was made for inference").run(needsInput);
  }
}
