package io.github.lstm4j.bench;

import io.github.lstm4j.kernels.Kernels;
import io.github.lstm4j.kernels.KernelsProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/** Kernels by the name of their provider, so that one JVM can measure either. */
final class KernelsByName {
  private KernelsByName() {}

  /**
   * Makes kernels.
   *
   * @param name of the provider, such as {@code simd}
   * @return its kernels
   * @throws IllegalStateException if it can't serve here, with its reason, or is not there, with the names of those
   *     that are
   */
  static Kernels of(String name) {
    List<String> names = new ArrayList<>();
    for (KernelsProvider provider : ServiceLoader.load(KernelsProvider.class)) {
      names.add(provider.name());
      if (provider.name().equals(name)) {
        provider.unsupportedReason().ifPresent(reason -> {
          throw new IllegalStateException("kernels " + name + ": " + reason);
        });
        return provider.create();
      }
    }
    throw new IllegalStateException("kernels \"" + name + "\" are not there; expected one of " + names);
  }
}
