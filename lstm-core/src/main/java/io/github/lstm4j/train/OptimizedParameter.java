package io.github.lstm4j.train;

import io.github.lstm4j.layer.Parameter;
import io.github.lstm4j.memory.Matrix;
import java.util.List;
import java.util.stream.IntStream;

/** A parameter as an optimizer sees it, from its first update on: the views of all that a step writes, made once. */
final class OptimizedParameter {
  private final Parameter parameter;
  private final Slice whole;
  private final List<Slice> parts;
  private long updates;

  /**
   * A parameter.
   *
   * @param parameter which
   * @param state what is kept of it
   * @param updates those that the state has seen
   * @param threads how many share a step
   */
  OptimizedParameter(Parameter parameter, List<Matrix> state, long updates, int threads) {
    this.parameter = parameter;
    this.updates = updates;
    Slice all = new Slice(parameter.value(), parameter.gradient(), state);
    whole = all;
    parts = threads == 1 ? List.of() : IntStream.range(0, threads).mapToObj(part -> all.part(threads, part)).toList();
  }

  Parameter parameter() {
    return parameter;
  }

  /**
   * The same state for another parameter of this name, with storage of its own.
   *
   * @throws IllegalArgumentException if its shape is another
   */
  OptimizedParameter of(Parameter other, int threads) {
    if (!other.shape().equals(parameter.shape())) {
      throw new IllegalArgumentException(
          "parameter " + other.name() + " has the shape " + other.shape() + "; the optimizer's state is of "
              + parameter.shape());
    }
    return new OptimizedParameter(other, whole.state(), updates, threads);
  }

  Slice whole() {
    return whole;
  }

  Slice part(int part) {
    return parts.get(part);
  }

  /**
   * The number of the update that begins: 1 for the first. Counted by parameter, since one may be frozen for a while.
   */
  long nextUpdate() {
    return ++updates;
  }
}
