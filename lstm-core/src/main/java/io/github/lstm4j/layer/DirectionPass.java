package io.github.lstm4j.layer;

import io.github.lstm4j.kernels.Kernels;
import io.github.lstm4j.kernels.PackedMatrix;
import io.github.lstm4j.kernels.Store;
import io.github.lstm4j.memory.Matrix;
import io.github.lstm4j.memory.Memory;
import java.util.List;
import java.util.Objects;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One layer in one direction over one batch: what all cells have in common. The input projection of all time steps is one
 * product before the time loop; the weights' gradients and the input's are one product each after the backward loop. In
 * between, the batch is split once and each thread runs the whole loop on its sequences.
 *
 * <p>All buffers and views are made here, so that running the pass again allocates nothing.
 */
abstract class DirectionPass {
  final DirectionWeights weights;
  final StepPlan plan;
  final Execution execution;
  final Kernels kernels;
  final Workers workers;
  final Matrix input; // [N, in]
  final Matrix states; // [B + N, R]: initial states, then outputs
  final Matrix gates; // [N, G·H]
  final int slices;

  private final int parts;
  private final Matrix[] inputParts;
  private final Matrix[] gateParts;
  private final IntConsumer projectInput = this::projectInput;
  private final IntConsumer stepForward = this::stepForward;
  private @Nullable PackedMatrix packedInput;

  DirectionPass(DirectionWeights weights, PassBuffers buffers, Memory memory, Execution execution) {
    this.weights = weights;
    this.plan = buffers.plan();
    this.execution = execution;
    this.kernels = execution.kernels();
    this.workers = execution.workers();
    this.input = buffers.input();
    this.states = buffers.states();
    this.gates = memory.matrix(plan.rows(), weights.cell.gates() * weights.hiddenSize);
    this.slices = Math.min(workers.count(), plan.batch());
    this.parts = Math.min(workers.count(), plan.rows());
    this.inputParts = split(input, parts);
    this.gateParts = split(gates, parts);
  }

  /** A matrix in parts of consecutive rows, as equal as can be. */
  static Matrix[] split(Matrix matrix, int parts) {
    Matrix[] views = new Matrix[parts];
    for (int part = 0; part < parts; part++) {
      int from = bound(matrix.rows(), parts, part);
      views[part] = matrix.rows(from, bound(matrix.rows(), parts, part + 1) - from);
    }
    return views;
  }

  static int bound(int total, int parts, int part) {
    return (int) ((long) total * part / parts);
  }

  /** Outputs of all steps into {@link #states}. */
  final void forward() {
    packedInput = weights.input.get();
    beforeForward();
    workers.run(parts, projectInput);
    workers.run(slices, stepForward);
  }

  private void projectInput(int part) {
    kernels.gemm(gateParts[part], inputParts[part], Objects.requireNonNull(packedInput), Store.OVERWRITE);
  }

  /** Gets this run's packed weights ready, on the calling thread. */
  abstract void beforeForward();

  /** The time loop of a slice of the batch. */
  abstract void stepForward(int slice);

  /** Gradients: the counterpart of {@link #forward}; the input's only if it is wanted. */
  abstract void backward(boolean needsInput);

  /**
   * The cell states: initial ones [B, H], then [N, H] while training, its rows indexed like those of {@link #states}, or
   * [B, H] while serving, each step overwriting the one before. Null for cells without.
   */
  @Nullable Matrix cellStates() {
    return null;
  }

  /** The running gradient of the cell state [B, H]: of c_n in, of c_0 out. Null for cells without, and while serving. */
  @Nullable Matrix cellGradient() {
    return null;
  }

  /** The runs of a slice of the batch, in the order of time. */
  final List<StepPlan.Run> runs(int slice) {
    int batch = plan.batch();
    return plan.runs(weights.reverse, bound(batch, slices, slice), bound(batch, slices, slice + 1));
  }
}
