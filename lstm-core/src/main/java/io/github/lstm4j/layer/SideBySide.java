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
  private final Packing forwardWeights;
  private final Packing backwardWeights; // last those for the gradient of the input
  private final int withoutInput; // how many are not
  private final Loops forward;
  private final Loops backward;

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
    forwardWeights = new Packing(weights);
    backwardWeights = new Packing(weightsBack);
    forward = new Loops(phases);
    backward = new Loops(phasesBack);
  }

  /** One of them: 0 forward, 1 reverse. */
  DirectionPass<?, ?> direction(int direction) {
    return passes[direction];
  }

  void forward() {
    forwardWeights.run(forwardWeights.count());
    forward.run();
  }

  /** Gradients: the counterpart of {@link #forward}; the input's only if it is wanted. */
  void backward(boolean needsInput) {
    backwardWeights.run(needsInput ? backwardWeights.count() : withoutInput);
    backward.run();
    for (DirectionPass<?, ?> pass : passes) {
      pass.gradients(needsInput);
    }
  }

  /** Packs what an update left stale, all threads a weight each. */
  private final class Packing implements IntConsumer {
    private final PackedWeight[] weights;

    Packing(List<PackedWeight> weights) {
      this.weights = weights.toArray(new PackedWeight[0]);
    }

    int count() {
      return weights.length;
    }

    /** Packs the first of the weights. */
    void run(int count) {
      for (int weight = 0; weight < count; weight++) {
        if (weights[weight].stale()) {
          workers.run(count, this);
          return;
        }
      }
    }

    @Override
    public void accept(int weight) {
      weights[weight].get();
    }
  }

  /** The phases of all directions. As a job its parts are the directions; as a job in phases, the directions' parts. */
  private final class Loops implements IntConsumer, Workers.Phased {
    private final IntConsumer[][] phases; // of each direction
    private final int parts = passes[0].parts(); // of a direction

    Loops(IntConsumer[][] phases) {
      this.phases = phases;
    }

    void run() {
      if (parts == 1) {
        workers.run(passes.length, this); // each direction on a thread of its own has nobody to wait for
      } else {
        workers.run(phases[0].length, passes.length * parts, this);
      }
    }

    @Override
    public void accept(int direction) {
      for (IntConsumer phase : phases[direction]) {
        phase.accept(0);
      }
    }

    @Override
    public void run(int phase, int part) {
      phases[part / parts][phase].accept(part % parts);
    }
  }
}
