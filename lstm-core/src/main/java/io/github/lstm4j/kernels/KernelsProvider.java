package io.github.lstm4j.kernels;

import java.util.Optional;

/** A way to get kernels, found through {@link java.util.ServiceLoader}. Loading one must link no optional class. */
public interface KernelsProvider {
  /**
   * The name by which {@code -Dlstm4j.kernels=…} forces it.
   *
   * @return a short name such as {@code scalar} or {@code simd}
   */
  String name();

  /**
   * How much it is to be preferred: the usable provider with the highest number serves.
   *
   * @return 0 for the scalar reference
   */
  int preference();

  /**
   * Why this machine or JVM cannot use it, and the remedy.
   *
   * @return the reason in one sentence, or empty if it is usable
   */
  Optional<String> unsupportedReason();

  /**
   * Makes the kernels.
   *
   * @return stateless, thread-safe kernels
   * @throws IllegalStateException if {@link #unsupportedReason()} is present
   */
  Kernels create();
}
