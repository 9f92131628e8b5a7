package io.github.lstm4j.train;

import io.github.lstm4j.layer.Parameter;
import java.util.List;

/** A rule that turns gradients into new values, with the state that it keeps of each parameter. */
public interface Optimizer extends AutoCloseable {
  /**
   * One update of all trainable parameters.
   *
   * @param parameters the parameters of this update
   * @param rate the learning rate of this update
   * @param gradientScale a factor of every gradient: the clipping coefficient
   */
  void step(List<Parameter> parameters, double rate, float gradientScale);

  /** Frees the state. */
  @Override
  void close();
}
