package io.github.lstm4j.layer;

import static io.github.lstm4j.kernels.Store.OVERWRITE;

import io.github.lstm4j.kernels.PackedMatrix;
import io.github.lstm4j.memory.Matrix;
import io.github.lstm4j.memory.Memory;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The time loop of an LSTM layer in one direction, forward and backward.
 *
 * <pre>
 * gates[t] = x[t]·W_ihᵀ + h[t−1]·W_hhᵀ + b_ih + b_hh      // (n, 4H), blocks i f g o
 * c[t] = sigmoid(f)⊙c[t−1] + sigmoid(i)⊙tanh(g)           // (n, H)
 * m[t] = sigmoid(o)⊙tanh(c[t])                            // (n, H)
 * h[t] = m[t]·W_hrᵀ, or m[t] itself without projection     // (n, R)
 * </pre>
 *
 * Backward, derived line by line, last line first:
 *
 * <pre>
 * h = m·W_hrᵀ                    dm = dh·W_hr               dW_hr += dhᵀ·m
 * m = o⊙tanh(c), c = f⊙cPrev+i⊙g  dgates, dcPrev             the fused gate kernel
 * gates = x·W_ihᵀ + hPrev·W_hhᵀ + b   dhPrev += dgates·W_hh, dx = dgates·W_ih
 *                                dW_ih += dgatesᵀ·x, dW_hh += dgatesᵀ·hPrev, db += Σ dgates
 * </pre>
 *
 * The gradient of the previous output is accumulated straight into the row of the step that made it, so when the loop
 * gets there, that row holds all of it; at the first step it lands in the gradient of the initial state, where wanted.
 *
 * <p>Source: torch.nn.LSTM.
 */
final class LstmPass extends DirectionPass<LstmPass.Step, LstmPass.Back> {
  /** Initial states, then [N, H] while training, the tape; or [B, H] while serving, overwritten by each step. */
  private final Matrix cells;

  private final @Nullable Matrix tanhC; // [N, H] while training
  private final @Nullable Matrix unprojected; // m: [N, H] while training, [B, H] while serving
  private final @Nullable Matrix dStates; // [B + N, R] while training

  /** The running gradient of the cell state [B, H]: of c_n in, of c_0 out. */
  private final @Nullable Matrix dC;

  private final @Nullable Matrix dUnprojected; // dm [B, H] while training
  private final @Nullable GradientProducts products;

  /**
   * The views of one call forward: n rows of all matrices, and U units, all or those of a slice.
   *
   * @param gates [n, 4U]
   * @param targets what of the gates the recurrent product is added to
   * @param hPrev [n, R]
   * @param cPrev [n, U]
   * @param c [n, U]
   * @param tanhC [n, U]
   * @param m [n, U], the output before projection
   * @param h [n, R], the output
   * @param starts whether hPrev and cPrev are initial states
   */
  record Step(
      Matrix gates, List<Matrix> targets, Matrix hPrev, Matrix cPrev, Matrix c, Matrix tanhC, Matrix m, Matrix h,
      boolean starts) {}

  /**
   * The views of one call backward: n rows of all matrices. The gates' gradients overwrite the gates.
   *
   * @param dH [n, R]
   * @param dM [n, H], dH itself without projection
   * @param gates [n, 4H]
   * @param cPrev [n, H]
   * @param tanhC [n, H]
   * @param dC [n, H]
   * @param dHPrev [n, R], or the columns of a slice
   * @param starts whether the previous states are initial ones
   */
  record Back(
      Matrix dH, Matrix dM, Matrix gates, Matrix cPrev, Matrix tanhC, Matrix dC, Matrix dHPrev, boolean starts) {}

  LstmPass(DirectionWeights weights, PassBuffers buffers, Mode mode, Memory memory, Execution execution) {
    super(weights, buffers, mode, memory, execution);
    boolean projects = weights.projection != null;
    int hidden = weights.hiddenSize;
    int tape = training ? plan.rows() : plan.batch();
    cells = memory.matrix(plan.batch() + tape, hidden);
    tanhC = training ? memory.matrix(plan.rows(), hidden) : null;
    unprojected = projects ? memory.matrix(tape, hidden) : null;
    dStates = training ? buffers.stateGradients() : null;
    dC = training ? memory.matrix(plan.batch(), hidden) : null;
    dUnprojected = training && projects ? memory.matrix(plan.batch(), hidden) : null;
    products = training ? products(buffers) : null;
    makePhases();
  }

  private GradientProducts products(PassBuffers buffers) {
    GradientProducts made = new GradientProducts(this, buffers);
    made.recurrentWeight(start.recurrentOrder(plan, weights.reverse));
    made.bias(gates, 0, weights.biasIh, weights.biasHh);
    if (weights.weightHr != null) {
      Matrix dOutputs = Objects.requireNonNull(dStates).rows(plan.batch(), plan.rows());
      made.weight(weights.weightHr, 0, dOutputs, Objects.requireNonNull(unprojected), made::order);
    }
    return made.complete();
  }

  @Override
  Step forwardStep(StepPlan.Run run, Matrix gateRows, UnitSlice slice) {
    int tapeRow = training ? run.row() : run.position();
    int before = training || run.starts() ? run.previous() : plan.batch() + tapeRow; // initial ones stay as they are
    Matrix h = states.rows(plan.batch() + run.row(), run.count());
    Matrix m = unprojected == null ? h : unprojected.rows(tapeRow, run.count());
    return new Step(
        slice.kernelGates(gateRows),
        slice.recurrentTargets(gateRows),
        states.rows(run.previous(), run.count()),
        slice.kernelStates(cells.rows(before, run.count())),
        slice.kernelStates(cells.rows(plan.batch() + tapeRow, run.count())),
        slice.kernelStates(tanhC == null ? m : tanhC.rows(run.row(), run.count())),
        slice.kernelStates(m),
        h,
        run.starts());
  }

  @Override
  void forward(Step s, UnitSlice slice) {
    if (!start.leavesOut(s.starts)) {
      slice.multiply(s.targets, s.hPrev);
    }
    kernels.lstmGatesForward(s.gates, slice.bias(), s.cPrev, s.c, s.tanhC, s.m, slice.from, slice.to);
    if (weights.projection != null) {
      PackedMatrix projection = weights.projection.get();
      kernels.gemm(s.h, s.m, projection, OVERWRITE);
    }
  }

  @Override
  Back backwardStep(StepPlan.Run run, UnitSlice slice) {
    Matrix gradients = Objects.requireNonNull(dStates);
    Matrix dH = gradients.rows(plan.batch() + run.row(), run.count());
    return new Back(
        dH,
        dUnprojected == null ? dH : dUnprojected.rows(run.position(), run.count()),
        gates.rows(run.row(), run.count()),
        cells.rows(run.previous(), run.count()),
        Objects.requireNonNull(tanhC).rows(run.row(), run.count()),
        Objects.requireNonNull(dC).rows(run.position(), run.count()),
        slice.columns(gradients.rows(run.previous(), run.count())),
        run.starts());
  }

  @Override
  void backwardGates(Back s, UnitSlice slice) {
    if (weights.projectionBackward != null) {
      kernels.gemm(s.dM, s.dH, weights.projectionBackward.get(), OVERWRITE);
    }
    kernels.lstmGatesBackward(s.gates, s.gates, s.cPrev, s.tanhC, s.dM, s.dC, slice.from, slice.to);
  }

  @Override
  void backwardProducts(Back s, UnitSlice slice) {
    if (!start.leavesOutBack(s.starts)) {
      slice.multiplyBack(s.dHPrev, s.gates);
    }
  }

  @Override
  List<PackedWeight> forwardWeights() {
    return and(super.forwardWeights(), weights.projection);
  }

  @Override
  List<PackedWeight> backwardWeights() {
    return and(super.backwardWeights(), weights.projectionBackward);
  }

  private static List<PackedWeight> and(List<PackedWeight> all, @Nullable PackedWeight projection) {
    if (projection != null) {
      all.add(projection);
    }
    return all;
  }

  @Override
  void gradients(boolean needsInput) {
    Objects.requireNonNull(products, "this pass was made for inference").run(needsInput);
  }

  @Override
  Matrix cellStates() {
    return cells;
  }

  @Override
  @Nullable Matrix cellGradient() {
    return dC;
  }
}
