package io.github.lstm4j.train;

import io.github.lstm4j.layer.Parameter;
import java.util.List;

/** A rule that turns gradients into new values. */
public interface Optimizer extends AutoCloseable {
  /**
   * One update of all trainable parameters.
   *
   * @param parameters the same ones, in the same order, at every call
   * @param rate the learning rate of this update
   * @param gradientScale a factor of every gradient: the clipping coefficient
   */
  void step(List<Parameter> parameters, double rate, float gradientScale);

  /** Frees the moments. */
  @Override
  void close();
}
