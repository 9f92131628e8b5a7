package io.github.lstm4j.train;

import io.github.lstm4j.kernels.Kernels;
import io.github.lstm4j.layer.Execution;
import io.github.lstm4j.layer.Parameter;
import io.github.lstm4j.memory.Matrix;
import io.github.lstm4j.memory.Memory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * An optimizer whose formula is elementwise, so that threads can share each step: one job over all parameters, of which
 * a part takes its slice of every one. Which thread computes an element changes none of its bits.
 *
 * @param <C> the numbers of one update of one parameter
 */
abstract sealed class ElementwiseOptimizer<C> implements Optimizer permits Adam, Sgd, RmsProp, Adagrad {
  /**
   * The fewest elements of a step that are shared: 25 µs of Adam's vectors on one thread (1.5 ns an element), some
   * times what it costs to call threads that are awake, and not much less than to wake one that sleeps.
   */
  static final long WORTH_SHARING = 1 << 14;

  private final Execution execution;
  private final Memory memory;
  private final int kept;
  private final float initial;
  private final Map<String, OptimizedParameter> byName = new HashMap<>();
  private final IntConsumer job = this::part;

  // The step at hand.
  private final List<OptimizedParameter> due = new ArrayList<>();
  private final List<C> coefficients = new ArrayList<>(); // of those due

  /**
   * An optimizer without history.
   *
   * @param name which
   * @param kept how many matrices of its shape are kept of each parameter
   * @param initial their first elements
   * @param execution kernels and threads
   */
  ElementwiseOptimizer(String name, int kept, float initial, Execution execution) {
    this.memory = Memory.unlimited("state of " + name);
    this.kept = kept;
    this.initial = initial;
    this.execution = execution;
  }

  /** The numbers of a parameter's update, of which the first is 1. */
  abstract C coefficients(long update, double rate, float gradientScale);

  /** Updates some elements. */
  abstract void update(Kernels kernels, Slice slice, C numbers);

  @Override
  public final void step(List<Parameter> parameters, double rate, float gradientScale) {
    due.clear();
    coefficients.clear();
    long elements = 0;
    for (Parameter parameter : parameters) {
      if (parameter.trainable()) {
        OptimizedParameter optimized = optimized(parameter);
        due.add(optimized);
        coefficients.add(coefficients(optimized.nextUpdate(), rate, gradientScale));
        elements += parameter.elements();
      }
    }
    try {
      if (execution.threads() == 1 || elements < WORTH_SHARING) {
        for (int i = 0; i < due.size(); i++) {
          update(execution.kernels(), due.get(i).whole(), coefficients.get(i));
        }
      } else {
        execution.workers().run(execution.threads(), job);
      }
    } finally { // after a failure too: some may have been written
      for (OptimizedParameter optimized : due) {
        optimized.parameter().changed();
      }
    }
  }

  private void part(int part) {
    for (int i = 0; i < due.size(); i++) {
      Slice slice = due.get(i).part(part);
      if (!slice.isEmpty()) {
        update(execution.kernels(), slice, coefficients.get(i));
      }
    }
  }

  private OptimizedParameter optimized(Parameter parameter) {
    OptimizedParameter known = byName.get(parameter.name());
    if (known != null && known.parameter() == parameter) {
      return known;
    }
    OptimizedParameter made =
        known == null
            ? new OptimizedParameter(parameter, state(parameter.value()), 0, execution.threads())
            : known.of(parameter, execution.threads());
    byName.put(parameter.name(), made);
    return made;
  }

  private List<Matrix> state(Matrix value) {
    List<Matrix> state =
        IntStream.range(0, kept).mapToObj(i -> memory.dense(value.rows(), value.columns())).toList();
    if (initial != 0) {
      state.forEach(matrix -> matrix.fill(initial));
    }
    return state;
  }

  /** Frees what is kept. */
  @Override
  public final void close() {
    memory.close();
  }
}
