package io.github.lstm4j.simd;

import io.github.lstm4j.kernels.KernelSelection;
import io.github.lstm4j.kernels.Kernels;
import io.github.lstm4j.kernels.KernelsProvider;
import java.util.Optional;

/**
 * Offers the kernels on the Vector API. {@code -Dlstm4j.vectorBits=128|256|512} forces a width; one that the CPU lacks
 * is emulated: slow, with the same bits. Until the vectors of a forward pass are compiled, plain code serves in their
 * place, with the same bits too; a forced width or forced kernels are vectors from the first call on. The class links
 * no vector type, so it loads where the module is missing.
 */
public final class SimdProvider implements KernelsProvider {
  /** The provider, as the service loader makes it. */
  public SimdProvider() {}

  @Override
  public String name() {
    return "simd";
  }

  @Override
  public int preference() {
    return 100;
  }

  @Override
  public Optional<String> unsupportedReason() {
    return new Requirements.Here().firstUnmet();
  }

  /**
   * Makes the kernels.
   *
   * @return stateless, thread-safe kernels
   * @throws IllegalStateException if this JVM can't run them, or if the system property {@code lstm4j.vectorBits} is
   *     anything but 128, 256 or 512
   */
  @Override
  public Kernels create() {
    Optional<String> reason = unsupportedReason();
    if (reason.isPresent()) {
      throw new IllegalStateException("simd kernels: " + reason.get());
    }
    // It refuses before Lanes is loaded: there it would be an ExceptionInInitializerError
    boolean forced = VectorBits.forced().isPresent();
    boolean vectorsAtOnce = forced || System.getProperty(KernelSelection.PROPERTY) != null;
    return vectorsAtOnce ? new SimdKernels() : new StartingKernels(true);
  }
}
