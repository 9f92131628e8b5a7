package io.github.lstm4j.layer;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * The directions of a layer, run side by side: their phases in step, each phase's parts on all threads. Directions meet
 * in nothing that they write but the gradient of the input, to which they add one after the other.
 */
final class SideBySide {
  private final DirectionPass<?, ?>[] passes;
  private final Workers workers;
  private final PackedWeight[] forwardWeights;
  private final PackedWeight[] backwardWeights; // last those for the gradient of the input
  private final int withoutInput; // how many are not
  private final Loops forward;
  private final Loops backward;
  private final IntConsumer packForward = this::packForward;
  private final IntConsumer packBackward = this::packBackward;

  /**
   * The directions of a layer.
   *
   * @param passes one or two, split alike
   * @param workers what they share
   */
  SideBySide(DirectionPass<?, ?>[] passes, Workers workers) {
    this.passes = passes;
    this.workers = workers;
    List<PackedWeight> weights = new ArrayList<>();
    List<PackedWeight> weightsBack = new ArrayList<>();
    IntConsumer[][] phases = new IntConsumer[passes.length][];
    IntConsumer[][] phasesBack = new IntConsumer[passes.length][];
    for (int direction = 0; direction < passes.length; direction++) {
      DirectionPass<?, ?> pass = passes[direction];
      weights.addAll(pass.forwardWeights());
      weightsBack.addAll(pass.backwardWeights());
      phases[direction] = pass.forwardPhases().toArray(new IntConsumer[0]);
      phasesBack[direction] = pass.backwardPhases().toArray(new IntConsumer[0]);
    }
    withoutInput = weightsBack.size();
    for (DirectionPass<?, ?> pass : passes) {
      weightsBack.addAll(pass.inputWeights());
    }
    forwardWeights = weights.toArray(new PackedWeight[0]);
    backwardWeights = weightsBack.toArray(new PackedWeight[0]);
    forward = new Loops(phases);
    backward = new Loops(phasesBack);
  }

  /** One of them: 0 forward, 1 reverse. */
  DirectionPass<?, ?> direction(int direction) {
    return passes[direction];
  }

  void forward() {
    pack(forwardWeights, forwardWeights.length, packForward);
    forward.run();
  }

  /** Gradients: the counterpart of {@link #forward}; the input's only if it is wanted. */
  void backward(boolean needsInput) {
    pack(backwardWeights, needsInput ? backwardWeights.length : withoutInput, packBackward);
    backward.run();
    for (DirectionPass<?, ?> pass : passes) {
      pass.gradients(needsInput);
    }
  }

  /** What an update left stale of the first weights is packed by all threads, a weight each. */
  private void pack(PackedWeight[] weights, int count, IntConsumer job) {
    for (int weight = 0; weight < count; weight++) {
      if (weights[weight].stale()) {
        workers.run(count, job);
        return;
      }
    }
  }

  private void packForward(int weight) {
    forwardWeights[weight].get();
  }

  private void packBackward(int weight) {
    backwardWeights[weight].get();
  }

  /** The phases of all directions. */
  private final class Loops {
    private final IntConsumer[][] phases; // of each direction
    private final int parts = passes[0].parts(); // of a direction
    private final IntConsumer alone = this::alone;
    private final Workers.Phased together = this::together;

    Loops(IntConsumer[][] phases) {
      this.phases = phases;
    }

    void run() {
      if (parts == 1) {
        workers.run(passes.length, alone); // each direction on a thread of its own has nobody to wait for
      } else {
        workers.run(phases[0].length, passes.length * parts, together);
      }
    }

    private void alone(int direction) {
      for (IntConsumer phase : phases[direction]) {
        phase.accept(0);
      }
    }

    private void together(int phase, int part) {
      phases[part / parts][phase].accept(part % parts);
    }
  }
}
