package io.github.lstm4j.layer;

import static io.github.lstm4j.kernels.Store.ACCUMULATE;
import static io.github.lstm4j.kernels.Store.OVERWRITE;

import io.github.lstm4j.kernels.PackedMatrix;
import io.github.lstm4j.memory.Matrix;
import io.github.lstm4j.memory.Memory;
import java.util.List;
import java.util.Objects;
import java.util.function.IntConsumer;
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
 * Backward, last line first: the fused kernel gives the gradients of the sums, of q and the direct part of h[t−1]'s; then
 *
 * <pre>
 * dhPrev += d(r, z)·W_h(r,z) + dq·W_hn      dW_hh += [d(r, z), dq]ᵀ·hPrev      db_hh += Σ [d(r, z), dq]
 * </pre>
 *
 * Source: torch.nn.GRU.
 */
final class GruPass extends DirectionPass {
  private final Matrix hiddenN; // q: [N, H] while training, [B, H] while serving
  private final Step[][] steps;
  private final Back[][] backs;
  private final @Nullable GradientProducts products;
  private final IntConsumer stepBackward = this::stepBackward;
  private @Nullable PackedMatrix recurrent;
  private @Nullable PackedMatrix candidate;

  /**
   * The views of one call forward: n rows of all matrices.
   *
   * @param gates [n, 3H]
   * @param resetUpdate [n, 2H], the blocks r and z of the gates
   * @param hiddenN [n, H]
   * @param hPrev [n, H]
   * @param h [n, H]
   */
  private record Step(Matrix gates, Matrix resetUpdate, Matrix hiddenN, Matrix hPrev, Matrix h) {}

  /**
   * The views of one call backward; gradients overwrite gates and q.
   *
   * @param step the views of the call forward
   * @param dH [n, H]
   * @param dHPrev [n, H]
   */
  private record Back(Step step, Matrix dH, Matrix dHPrev) {}

  GruPass(DirectionWeights weights, PassBuffers buffers, Mode mode, Memory memory, Execution execution) {
    super(weights, buffers, memory, execution);
    boolean training = mode == Mode.TRAINING;
    hiddenN = memory.matrix(training ? plan.rows() : plan.batch(), weights.hiddenSize);
    steps = new Step[slices][];
    backs = new Back[slices][];
    Matrix dStates = buffers.stateGradients();
    for (int slice = 0; slice < slices; slice++) {
      List<StepPlan.Run> runs = runs(slice);
      steps[slice] = runs.stream().map(run -> step(run, training)).toArray(Step[]::new);
      backs[slice] =
          dStates == null
              ? new Back[0]
              : runs.reversed().stream().map(run -> back(run, dStates)).toArray(Back[]::new);
    }
    products = training ? products(buffers) : null;
  }

  private Step step(StepPlan.Run run, boolean training) {
    Matrix rows = gates.rows(run.row(), run.count());
    return new Step(
        rows,
        rows.columns(0, 2 * weights.hiddenSize),
        hiddenN.rows(training ? run.row() : run.position(), run.count()),
        states.rows(run.previous(), run.count()),
        states.rows(plan.batch() + run.row(), run.count()));
  }

  private Back back(StepPlan.Run run, Matrix dStates) {
    return new Back(
        step(run, true),
        dStates.rows(plan.batch() + run.row(), run.count()),
        dStates.rows(run.previous(), run.count()));
  }

  private GradientProducts products(PassBuffers buffers) {
    GradientProducts made = new GradientProducts(this, buffers);
    int summed = 2 * weights.hiddenSize;
    Matrix resetUpdate = gates.columns(0, summed);
    var order = plan.recurrentOrder(weights.reverse);
    made.weight(weights.weightHh, 0, resetUpdate, states, order);
    made.weight(weights.weightHh, summed, hiddenN, states, order);
    made.bias(weights.biasHh, 0, resetUpdate);
    made.bias(weights.biasHh, summed, hiddenN);
    return made;
  }

  @Override
  void beforeForward() {
    recurrent = weights.recurrent.get();
    candidate = Objects.requireNonNull(weights.candidate).get();
  }

  @Override
  void stepForward(int slice) {
    PackedMatrix resetUpdateWeight = Objects.requireNonNull(recurrent);
    PackedMatrix candidateWeight = Objects.requireNonNull(candidate);
    Matrix bias = weights.biasSum();
    Matrix hiddenBias = weights.hiddenBias();
    for (Step s : steps[slice]) {
      kernels.gemm(s.resetUpdate, s.hPrev, resetUpdateWeight, ACCUMULATE);
      kernels.gemm(s.hiddenN, s.hPrev, candidateWeight, OVERWRITE);
      kernels.gruGatesForward(s.gates, s.hiddenN, bias, hiddenBias, s.hPrev, s.h);
    }
  }

  @Override
  void backward(boolean needsInput) {
    recurrent = weights.recurrentBackward.get();
    candidate = Objects.requireNonNull(weights.candidateBackward).get();
    workers.run(slices, stepBackward);
    Objects.requireNonNull(products, "this pass was made for inference").run(needsInput);
  }

  private void stepBackward(int slice) {
    PackedMatrix resetUpdateWeight = Objects.requireNonNull(recurrent);
    PackedMatrix candidateWeight = Objects.requireNonNull(candidate);
    for (Back b : backs[slice]) {
      Step s = b.step;
      kernels.gruGatesBackward(s.gates, s.hiddenN, s.hPrev, b.dH, b.dHPrev);
      kernels.gemm(b.dHPrev, s.resetUpdate, resetUpdateWeight, ACCUMULATE);
      kernels.gemm(b.dHPrev, s.hiddenN, candidateWeight, ACCUMULATE);
    }
  }
}
