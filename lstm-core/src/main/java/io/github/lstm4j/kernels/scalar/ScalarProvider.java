package io.github.lstm4j.kernels.scalar;

import io.github.lstm4j.kernels.Kernels;
import io.github.lstm4j.kernels.KernelsProvider;
import java.util.Optional;

/** Offers the scalar kernels: always usable, preferred to nothing. */
public final class ScalarProvider implements KernelsProvider {
  /** The provider, as the service loader makes it. */
  public ScalarProvider() {}

  @Override
  public String name() {
    return "scalar";
  }

  @Override
  public int preference() {
    return 0;
  }

  @Override
  public Optional<String> unsupportedReason() {
    return Optional.empty();
  }

  @Override
  public Kernels create() {
    return new ScalarKernels();
  }
}
