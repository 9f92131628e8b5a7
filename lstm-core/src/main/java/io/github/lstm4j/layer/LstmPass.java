package io.github.lstm4j.layer;

import static io.github.lstm4j.kernels.Store.ACCUMULATE;
import static io.github.lstm4j.kernels.Store.OVERWRITE;

import io.github.lstm4j.kernels.PackedMatrix;
import io.github.lstm4j.memory.Matrix;
import io.github.lstm4j.memory.Memory;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The time loop of an LSTM layer in one direction, forward and (in {@link LstmBackward}) backward.
 *
 * <pre>
 * gates[t] = x[t]·W_ihᵀ + h[t−1]·W_hhᵀ + b_ih + b_hh      // (n, 4H), blocks i f g o
 * c[t] = sigmoid(f)⊙c[t−1] + sigmoid(i)⊙tanh(g)           // (n, H)
 * m[t] = sigmoid(o)⊙tanh(c[t])                            // (n, H)
 * h[t] = m[t]·W_hrᵀ, or m[t] itself without projection     // (n, R)
 * </pre>
 *
 * Source: torch.nn.LSTM.
 */
final class LstmPass extends DirectionPass {
  /** Initial states, then [N, H] while training, the tape; or [B, H] while serving, overwritten by each step. */
  final Matrix cells;

  final @Nullable Matrix tanhC; // [N, H] while training
  final @Nullable Matrix unprojected; // m: [N, H] while training, [B, H] while serving

  private final Step[][] steps;
  private final @Nullable LstmBackward backward;
  private @Nullable PackedMatrix recurrent;
  private @Nullable PackedMatrix projection;

  /**
   * The views of one call in the time loop: n rows of all matrices.
   *
   * @param gates [n, 4H]
   * @param hPrev [n, R]
   * @param cPrev [n, H]
   * @param c [n, H]
   * @param tanhC [n, H]
   * @param m [n, H], the output before projection
   * @param h [n, R], the output
   */
  private record Step(Matrix gates, Matrix hPrev, Matrix cPrev, Matrix c, Matrix tanhC, Matrix m, Matrix h) {}

  LstmPass(DirectionWeights weights, PassBuffers buffers, Mode mode, Memory memory, Execution execution) {
    super(weights, buffers, memory, execution);
    boolean training = mode == Mode.TRAINING;
    int hidden = weights.hiddenSize;
    int tape = training ? plan.rows() : plan.batch();
    cells = memory.matrix(plan.batch() + tape, hidden);
    tanhC = training ? memory.matrix(plan.rows(), hidden) : null;
    unprojected = weights.projection == null ? null : memory.matrix(tape, hidden);
    steps = new Step[slices][];
    for (int slice = 0; slice < slices; slice++) {
      steps[slice] = runs(slice).stream().map(run -> step(run, training)).toArray(Step[]::new);
    }
    backward = training ? new LstmBackward(this, buffers, memory) : null;
  }

  private Step step(StepPlan.Run run, boolean training) {
    int after = plan.batch() + run.row();
    int tapeRow = training ? run.row() : run.position();
    boolean starts = run.previous() < plan.batch(); // from the initial states, which stay as they are
    Matrix h = states.rows(after, run.count());
    Matrix m = unprojected == null ? h : unprojected.rows(tapeRow, run.count());
    return new Step(
        gates.rows(run.row(), run.count()),
        states.rows(run.previous(), run.count()),
        cells.rows(training || starts ? run.previous() : plan.batch() + tapeRow, run.count()),
        cells.rows(plan.batch() + tapeRow, run.count()),
        tanhC == null ? m : tanhC.rows(run.row(), run.count()),
        m,
        h);
  }

  @Override
  void beforeForward() {
    recurrent = weights.recurrent.get();
    projection = weights.projection == null ? null : weights.projection.get();
  }

  @Override
  void stepForward(int slice) {
    PackedMatrix recurrentWeight = Objects.requireNonNull(recurrent);
    Matrix bias = weights.biasSum();
    for (Step s : steps[slice]) {
      kernels.gemm(s.gates, s.hPrev, recurrentWeight, ACCUMULATE);
      kernels.lstmGatesForward(s.gates, bias, s.cPrev, s.c, s.tanhC, s.m);
      if (projection != null) {
        kernels.gemm(s.h, s.m, projection, OVERWRITE);
      }
    }
  }

  @Override
  void backward(boolean needsInput) {
    if (backward == null) {
      throw new IllegalStateException("this pass was made for inference: it has no tape to go backward over");
    }
    backward.run(needsInput);
  }

  @Override
  Matrix cellStates() {
    return cells;
  }

  @Override
  @Nullable Matrix cellGradient() {
    return backward == null ? null : backward.dC;
  }
}
