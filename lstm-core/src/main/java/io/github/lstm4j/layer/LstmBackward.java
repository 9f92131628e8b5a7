package io.github.lstm4j.layer;

import static io.github.lstm4j.kernels.Store.ACCUMULATE;
import static io.github.lstm4j.kernels.Store.OVERWRITE;

import io.github.lstm4j.kernels.Kernels;
import io.github.lstm4j.kernels.PackedMatrix;
import io.github.lstm4j.memory.Matrix;
import io.github.lstm4j.memory.Memory;
import java.util.List;
import java.util.Objects;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Back-propagation through time of {@link LstmPass}, derived line by line from its forward pass, last line first:
 *
 * <pre>
 * h = m·W_hrᵀ                    dm = dh·W_hr               dW_hr += dhᵀ·m
 * m = o⊙tanh(c), c = f⊙cPrev+i⊙g  dgates, dcPrev             the fused gate kernel
 * gates = x·W_ihᵀ + hPrev·W_hhᵀ + b   dhPrev += dgates·W_hh, dx = dgates·W_ih
 *                                dW_ih += dgatesᵀ·x, dW_hh += dgatesᵀ·hPrev, db += Σ dgates
 * </pre>
 *
 * The gradient of the previous output is accumulated straight into the row of the step that made it, so when the loop gets
 * there, that row holds all of it; at the first step it lands in the gradient of the initial state.
 */
final class LstmBackward {
  private final DirectionWeights weights;
  private final Kernels kernels;
  private final Workers workers;
  private final Step[][] steps;

  /** The running gradient of the cell state [B, H]: of c_n in, of c_0 out. */
  final Matrix dC;

  private final GradientProducts products;
  private final IntConsumer stepBackward = this::stepBackward;
  private @Nullable PackedMatrix recurrent;
  private @Nullable PackedMatrix projection;

  /**
   * The views of one call: n rows of all matrices. The gates' gradients overwrite the gates.
   *
   * @param dH [n, R]
   * @param dM [n, H], dH itself without projection
   * @param gates [n, 4H]
   * @param cPrev [n, H]
   * @param tanhC [n, H]
   * @param dC [n, H]
   * @param dHPrev [n, R]
   */
  private record Step(Matrix dH, Matrix dM, Matrix gates, Matrix cPrev, Matrix tanhC, Matrix dC, Matrix dHPrev) {}

  LstmBackward(LstmPass pass, PassBuffers buffers, Memory memory) {
    this.weights = pass.weights;
    this.kernels = pass.kernels;
    this.workers = pass.workers;
    StepPlan plan = pass.plan;
    int hidden = weights.hiddenSize;
    Matrix dStates = Objects.requireNonNull(buffers.stateGradients());
    Matrix tanhC = Objects.requireNonNull(pass.tanhC);
    dC = memory.matrix(plan.batch(), hidden);
    Matrix dM = weights.projection == null ? null : memory.matrix(plan.batch(), hidden);
    steps = new Step[pass.slices][];
    for (int slice = 0; slice < steps.length; slice++) {
      List<StepPlan.Run> runs = pass.runs(slice).reversed();
      steps[slice] =
          runs.stream()
              .map(run -> {
                Matrix dH = dStates.rows(plan.batch() + run.row(), run.count());
                return new Step(
                    dH,
                    dM == null ? dH : dM.rows(run.position(), run.count()),
                    pass.gates.rows(run.row(), run.count()),
                    pass.cells.rows(run.previous(), run.count()),
                    tanhC.rows(run.row(), run.count()),
                    dC.rows(run.position(), run.count()),
                    dStates.rows(run.previous(), run.count()));
              })
              .toArray(Step[]::new);
    }
    products = new GradientProducts(pass, buffers);
    products.weight(weights.weightHh, 0, pass.gates, pass.states, plan.recurrentOrder(weights.reverse));
    products.bias(weights.biasHh, 0, pass.gates);
    if (weights.weightHr != null) {
      Matrix dOutputs = dStates.rows(plan.batch(), plan.rows());
      products.weight(weights.weightHr, 0, dOutputs, Objects.requireNonNull(pass.unprojected), products.order());
    }
  }

  void run(boolean needsInput) {
    recurrent = weights.recurrentBackward.get();
    projection = weights.projectionBackward == null ? null : weights.projectionBackward.get();
    workers.run(steps.length, stepBackward);
    products.run(needsInput);
  }

  private void stepBackward(int slice) {
    PackedMatrix recurrentWeight = Objects.requireNonNull(recurrent);
    for (Step s : steps[slice]) {
      if (projection != null) {
        kernels.gemm(s.dM, s.dH, projection, OVERWRITE);
      }
      kernels.lstmGatesBackward(s.gates, s.gates, s.cPrev, s.tanhC, s.dM, s.dC);
      kernels.gemm(s.dHPrev, s.gates, recurrentWeight, ACCUMULATE);
    }
  }
}
