package io.github.lstm4j.layer;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The loop backward, or what stands between two of its barriers where threads share each step by hidden units: there
 * the products of a step need all units' gates, and the gates of the next only what their own units' products gave.
 *
 * @param <B> the views of one call
 */
final class BackwardLoop<B> implements IntConsumer {
  private final DirectionPass<?, B> pass;
  private final UnitSlice[] slices; // of each part
  private final @Nullable List<List<B>> before; // of each part: calls whose products come first
  private final @Nullable List<List<B>> gates; // then those whose gates follow
  private final boolean whole;

  /** The whole loop: each part takes its steps from gates to products. */
  BackwardLoop(DirectionPass<?, B> pass, UnitSlice[] slices) {
    this(pass, slices, null, pass.backwardSteps(StepRange.all(pass.plan)), true);
  }

  private BackwardLoop(
      DirectionPass<?, B> pass, UnitSlice[] slices, @Nullable List<List<B>> before, @Nullable List<List<B>> gates,
      boolean whole) {
    this.pass = pass;
    this.slices = slices;
    this.before = before;
    this.gates = gates;
    this.whole = whole;
  }

  /** The phases of a loop that threads share step by step. */
  static <B> List<IntConsumer> stepByStep(DirectionPass<?, B> pass, UnitSlice[] slices) {
    List<IntConsumer> phases = new ArrayList<>();
    List<List<B>> before = null;
    for (StepRange step : StepRange.all(pass.plan).single(!pass.weights.reverse)) {
      List<List<B>> steps = pass.backwardSteps(step);
      phases.add(new BackwardLoop<>(pass, slices, before, steps, false));
      before = steps;
    }
    phases.add(new BackwardLoop<>(pass, slices, before, null, false));
    return phases;
  }

  @Override
  public void accept(int part) {
    if (part >= slices.length) {
      return;
    }
    UnitSlice slice = slices[part];
    if (before != null) {
      List<B> own = before.get(part);
      for (int i = 0; i < own.size(); i++) { // by index: an iterator would be an object a phase
        pass.backwardProducts(own.get(i), slice);
      }
    }
    if (gates != null) {
      List<B> own = gates.get(part);
      for (int i = 0; i < own.size(); i++) {
        pass.backwardGates(own.get(i), slice);
        if (whole) {
          pass.backwardProducts(own.get(i), slice);
        }
      }
    }
  }
}
