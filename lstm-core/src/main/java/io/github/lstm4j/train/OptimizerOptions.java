package io.github.lstm4j.train;

import io.github.lstm4j.kernels.Kernels;

/** Which optimizer, with its settings: {@link Adam.Options}, {@link Sgd.Options}, {@link RmsProp.Options}, {@link Adagrad.Options}. */
public interface OptimizerOptions {
  /**
   * Makes the optimizer, without history.
   *
   * @param kernels what computes
   * @return the optimizer; close it
   */
  Optimizer create(Kernels kernels);
}
