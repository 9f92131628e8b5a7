package io.github.lstm4j.train;

import io.github.lstm4j.layer.Execution;

/**
 * Which optimizer, with its settings: {@link Adam.Options}, {@link Sgd.Options}, {@link RmsProp.Options},
 * {@link Adagrad.Options}.
 */
public interface OptimizerOptions {
  /**
   * Makes the optimizer, without history.
   *
   * @param execution what computes, and the threads that share each step; it outlives the optimizer
   * @return the optimizer; close it
   */
  Optimizer create(Execution execution);
}
