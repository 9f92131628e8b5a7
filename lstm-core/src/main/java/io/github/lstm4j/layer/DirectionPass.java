package io.github.lstm4j.layer;

import io.github.lstm4j.kernels.Kernels;
import io.github.lstm4j.memory.Matrix;
import io.github.lstm4j.memory.Memory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One layer in one direction over one batch: what all cells have in common. Forward, the input is projected by chunks
 * of time, each chunk right before its steps, so that its gates come from the cache. Backward, what can be done for all
 * steps at once follows the loop ({@link GradientProducts}).
 *
 * <p>The work is a list of phases of several parts each, for {@link SideBySide} to run: a part is a thread's share,
 * which {@link Split} cut out of the batch or the hidden units. All buffers and views are made here, so that running
 * the pass again allocates nothing.
 *
 * @param <F> the views of one call in the loop forward
 * @param <B> the views of one call in the loop backward
 */
abstract class DirectionPass<F, B> {
  /**
   * Below so many multiplications, the thread that runs the loop alone projects a chunk alone too: the others may have
   * fallen asleep over the loop, and waking one costs what half of these take.
   */
  private static final long LEAST_PROJECTION = 1 << 23;

  final DirectionWeights weights;
  final StepPlan plan;
  final Memory memory;
  final Execution execution;
  final Kernels kernels;
  final Workers workers;
  final Matrix input; // [N, in]
  final Matrix states; // [B + N, R]: initial states, then outputs
  final Start start;
  final Matrix gates; // [N, G·H] while training; while serving of a chunk, perhaps slice after slice or part by part

  final boolean training;
  private final boolean wantsInput;
  private final Split split;
  private final UnitSlice[] slices; // of each part of the loop
  private final int parts;
  private final int[] bounds; // of the sequences of each part, of all where they are not split
  private final List<StepRange> chunks;
  private final List<IntConsumer> forward = new ArrayList<>();
  private final List<IntConsumer> backward = new ArrayList<>();

  DirectionPass(DirectionWeights weights, PassBuffers buffers, Mode mode, Memory memory, Execution execution) {
    this.weights = weights;
    this.plan = buffers.plan();
    this.memory = memory;
    this.execution = execution;
    this.kernels = execution.kernels();
    this.workers = execution.workers();
    this.input = buffers.input();
    this.states = buffers.states();
    this.start = buffers.start();
    training = mode == Mode.TRAINING;
    wantsInput = buffers.inputGradient() != null;
    if (training) {
      kernels.expectTraining();
    }
    chunks = StepRange.chunks(plan, weights.reverse, execution.chunkRows(weights.weightIh.value()));
    int threads = buffers.threads();
    split = Split.of(weights, plan.batch(), threads, execution);
    slices = split == Split.UNITS ? weights.slices(threads, mode) : new UnitSlice[split == Split.NONE ? 1 : threads];
    if (split != Split.UNITS) {
      Arrays.fill(slices, weights.whole);
    }
    bounds = split == Split.BATCH ? Parts.ofSequences(plan, threads) : new int[] {0, plan.batch()};
    int rows = training ? plan.rows() : servingRows();
    gates = memory.matrix(rows, weights.cell.gates() * weights.hiddenSize);
    long projection = (long) rows * input.columns() * gates.columns();
    parts = split == Split.NONE && projection >= LEAST_PROJECTION ? threads : slices.length;
  }

  /** The views of a run, going forward. */
  abstract F forwardStep(StepPlan.Run run, Matrix gateRows, UnitSlice slice);

  /** One call forward. */
  abstract void forward(F step, UnitSlice slice);

  /** The views of a run, going backward. */
  abstract B backwardStep(StepPlan.Run run, UnitSlice slice);

  /** The first half of one call backward: the gradients of these units' gates. */
  abstract void backwardGates(B step, UnitSlice slice);

  /** The second half: from the gradients of all units' gates to these units' previous output. */
  abstract void backwardProducts(B step, UnitSlice slice);

  /** Makes the phases; called by a cell when its buffers are there. */
  final void makePhases() {
    if (split == Split.BATCH) {
      forward.add(new OwnSequences<>(this, chunks, bounds));
    } else {
      makeForward();
    }
    if (training && split != Split.UNITS) {
      backward.add(new BackwardLoop<>(this, slices));
    } else if (training) {
      backward.addAll(BackwardLoop.stepByStep(this, slices));
    }
  }

  private void makeForward() {
    for (StepRange chunk : chunks) {
      int first = chunk.firstRow(plan);
      Matrix x = input.rows(first, chunk.rows(plan));
      Matrix z = gates.rows(training ? first : 0, chunk.rows(plan));
      if (split == Split.UNITS) {
        boolean begins = true;
        for (StepRange step : chunk.single(weights.reverse)) {
          forward.add(new Loop(step, first, begins ? x : null, z));
          begins = false;
        }
      } else if (parts == 1) {
        forward.add(new Loop(chunk, first, x, z));
      } else {
        forward.add(new InputProjection(weights.whole, x, z, parts));
        forward.add(new Loop(chunk, first, null, z));
      }
    }
  }

  /** Of each part, against the order of time. */
  final List<List<B>> backwardSteps(StepRange range) {
    List<List<B>> steps = new ArrayList<>();
    for (int part = 0; part < slices.length; part++) {
      UnitSlice slice = slices[part];
      steps.add(runs(part, range).reversed().stream().map(run -> backwardStep(run, slice)).toList());
    }
    return steps;
  }

  private int servingRows() {
    return split == Split.BATCH
        ? OwnSequences.servingRows(plan, chunks, bounds) // of each part, which may be in another chunk than the others
        : StepRange.mostRows(chunks, plan);
  }

  /** The calls of a part in some steps. */
  final List<StepPlan.Run> runs(int part, StepRange range) {
    int own = split == Split.BATCH ? part : 0;
    return plan.runs(weights.reverse, bounds[own], bounds[own + 1], range);
  }

  /** Threads that share this direction's work. */
  final int parts() {
    return parts;
  }

  /** What {@link SideBySide} runs forward: phases of {@link #parts} parts. */
  final List<IntConsumer> forwardPhases() {
    return forward;
  }

  /** What it runs backward, before {@link #gradients}. */
  final List<IntConsumer> backwardPhases() {
    return backward;
  }

  /** What has to be packed before going forward. */
  List<PackedWeight> forwardWeights() {
    return slicedWeights(true);
  }

  /** What has to be packed before going backward, but for {@link #inputWeights}. */
  List<PackedWeight> backwardWeights() {
    return slicedWeights(false);
  }

  private List<PackedWeight> slicedWeights(boolean ahead) {
    List<PackedWeight> all = new ArrayList<>();
    for (UnitSlice slice : new LinkedHashSet<>(List.of(slices))) { // threads may share one
      all.addAll(ahead ? slice.forwardWeights() : slice.backwardWeights());
    }
    return all;
  }

  /** What has to be packed besides where the gradient of the input is wanted. */
  final List<PackedWeight> inputWeights() {
    return wantsInput ? List.of(weights.inputBackward) : List.of();
  }

  /** The gradients of weights, biases and, if wanted, of the input. */
  abstract void gradients(boolean needsInput);

  /**
   * The cell states: initial ones [B, H], then [N, H] while training, its rows indexed like those of {@link #states},
   * or [B, H] while serving, each step overwriting the one before. Null for cells without.
   */
  @Nullable Matrix cellStates() {
    return null;
  }

  /**
   * The running gradient of the cell state [B, H]: of c_n in, of c_0 out. Null for cells without, and while serving.
   */
  @Nullable Matrix cellGradient() {
    return null;
  }

  /** Some steps of the loop forward, with the input's product before them where these are one thread's own gates. */
  private final class Loop implements IntConsumer {
    private final @Nullable Matrix x;
    private final List<List<Matrix>> targets = new ArrayList<>();
    private final List<List<F>> steps = new ArrayList<>();

    Loop(StepRange range, int first, @Nullable Matrix x, Matrix z) {
      this.x = x;
      for (int part = 0; part < slices.length; part++) {
        UnitSlice slice = slices[part];
        if (x != null) {
          targets.add(slice.inputTargets(z));
        }
        List<F> own = new ArrayList<>();
        for (StepPlan.Run run : runs(part, range)) {
          own.add(forwardStep(run, z.rows(run.row() - first, run.count()), slice));
        }
        steps.add(own);
      }
    }

    @Override
    public void accept(int part) {
      if (part >= slices.length) {
        return;
      }
      UnitSlice slice = slices[part];
      if (x != null) {
        slice.project(targets.get(part), x);
      }
      List<F> own = steps.get(part);
      for (int i = 0; i < own.size(); i++) { // by index: an iterator would be an object a phase
        forward(own.get(i), slice);
      }
    }
  }
}
