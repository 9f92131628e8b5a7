package io.github.lstm4j.layer;

import static io.github.lstm4j.kernels.Store.ACCUMULATE;

import io.github.lstm4j.kernels.Nonlinearity;
import io.github.lstm4j.kernels.PackedMatrix;
import io.github.lstm4j.memory.Matrix;
import io.github.lstm4j.memory.Memory;
import java.util.List;
import java.util.Objects;
import java.util.function.IntConsumer;
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
final class RnnPass extends DirectionPass {
  private final Nonlinearity nonlinearity;
  private final Step[][] steps;
  private final Back[][] backs;
  private final @Nullable GradientProducts products;
  private final IntConsumer stepBackward = this::stepBackward;
  private @Nullable PackedMatrix recurrent;

  /**
   * The views of one call forward: n rows of all matrices.
   *
   * @param sums [n, H]
   * @param hPrev [n, H]
   * @param h [n, H]
   */
  private record Step(Matrix sums, Matrix hPrev, Matrix h) {}

  /**
   * The views of one call backward; the sums' gradients overwrite the sums.
   *
   * @param dSums [n, H]
   * @param h [n, H]
   * @param dH [n, H]
   * @param dHPrev [n, H]
   */
  private record Back(Matrix dSums, Matrix h, Matrix dH, Matrix dHPrev) {}

  RnnPass(DirectionWeights weights, PassBuffers buffers, Mode mode, Memory memory, Execution execution) {
    super(weights, buffers, memory, execution);
    nonlinearity = weights.cell == CellKind.RNN_RELU ? Nonlinearity.RELU : Nonlinearity.TANH;
    steps = new Step[slices][];
    backs = new Back[slices][];
    Matrix dStates = buffers.stateGradients();
    for (int slice = 0; slice < slices; slice++) {
      List<StepPlan.Run> runs = runs(slice);
      steps[slice] = runs.stream().map(this::step).toArray(Step[]::new);
      backs[slice] =
          dStates == null
              ? new Back[0]
              : runs.reversed().stream().map(run -> back(run, dStates)).toArray(Back[]::new);
    }
    products = mode == Mode.TRAINING ? products(buffers) : null;
  }

  private Step step(StepPlan.Run run) {
    return new Step(
        gates.rows(run.row(), run.count()),
        states.rows(run.previous(), run.count()),
        states.rows(plan.batch() + run.row(), run.count()));
  }

  private Back back(StepPlan.Run run, Matrix dStates) {
    Step forward = step(run);
    return new Back(
        forward.sums,
        forward.h,
        dStates.rows(plan.batch() + run.row(), run.count()),
        dStates.rows(run.previous(), run.count()));
  }

  private GradientProducts products(PassBuffers buffers) {
    GradientProducts made = new GradientProducts(this, buffers);
    made.weight(weights.weightHh, 0, gates, states, plan.recurrentOrder(weights.reverse));
    made.bias(weights.biasHh, 0, gates);
    return made;
  }

  @Override
  void beforeForward() {
    recurrent = weights.recurrent.get();
  }

  @Override
  void stepForward(int slice) {
    PackedMatrix recurrentWeight = Objects.requireNonNull(recurrent);
    Matrix bias = weights.biasSum();
    for (Step s : steps[slice]) {
      kernels.gemm(s.sums, s.hPrev, recurrentWeight, ACCUMULATE);
      kernels.rnnForward(s.h, s.sums, bias, nonlinearity);
    }
  }

  @Override
  void backward(boolean needsInput) {
    recurrent = weights.recurrentBackward.get();
    workers.run(slices, stepBackward);
    Objects.requireNonNull(products, "this pass was made for inference").run(needsInput);
  }

  private void stepBackward(int slice) {
    PackedMatrix recurrentWeight = Objects.requireNonNull(recurrent);
    for (Back b : backs[slice]) {
      kernels.rnnBackward(b.dSums, b.h, b.dH, nonlinearity);
      kernels.gemm(b.dHPrev, b.dSums, recurrentWeight, ACCUMULATE);
    }
  }
}
