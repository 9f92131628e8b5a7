package io.github.lstm4j.kernels;

import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/**
 * Which kernels serve, and why: the usable provider with the highest preference, or the one that {@code
 * -Dlstm4j.kernels=NAME} forces.
 *
 * @param kernels what serves
 * @param verdicts a line for each provider found: chosen, usable, or rejected with its reason and remedy
 */
public record KernelSelection(Kernels kernels, List<String> verdicts) {
  /** The system property that forces a provider by name. */
  public static final String PROPERTY = "lstm4j.kernels";

  private static final System.Logger LOGGER = System.getLogger(KernelSelection.class.getName());

  /**
   * A selection.
   *
   * @param kernels what serves
   * @param verdicts a line for each provider
   */
  public KernelSelection {
    verdicts = List.copyOf(verdicts);
  }

  /** Chosen once for the JVM, logged once. */
  private static @Nullable KernelSelection chosen;

  /**
   * The selection of this JVM, made at the first call.
   *
   * @return the selection
   * @throws IllegalStateException if a forced provider is missing or refuses, with all reasons
   */
  public static synchronized KernelSelection get() {
    // Not in a static initializer: a refusal would leave it as an error without its message from the second call on.
    KernelSelection selection = chosen;
    if (selection == null) {
      selection = logged(select(providers(), System.getProperty(PROPERTY)));
      chosen = selection;
    }
    return selection;
  }

  /**
   * The kernels of this JVM.
   *
   * @return {@code get().kernels()}
   */
  public static Kernels best() {
    return get().kernels();
  }

  /**
   * Selects among providers.
   *
   * @param providers all that were found
   * @param forced the name of the only one allowed, or null
   * @return the selection
   * @throws IllegalStateException if nothing usable is left, with all reasons
   */
  static KernelSelection select(List<KernelsProvider> providers, @Nullable String forced) {
    List<KernelsProvider> ordered = new ArrayList<>(providers);
    ordered.sort(Comparator.comparingInt(KernelsProvider::preference).reversed().thenComparing(KernelsProvider::name));
    List<String> verdicts = new ArrayList<>();
    Kernels chosen = null;
    for (KernelsProvider provider : ordered) {
      Optional<String> reason = provider.unsupportedReason();
      if (forced != null && !forced.equals(provider.name())) {
        verdicts.add(provider.name() + ": passed over, -D" + PROPERTY + "=" + forced);
      } else if (reason.isPresent()) {
        verdicts.add(provider.name() + ": rejected, " + reason.get());
      } else if (chosen != null) {
        verdicts.add(provider.name() + ": usable, passed over for " + chosen.name());
      } else {
        chosen = provider.create();
        verdicts.add(provider.name() + ": chosen, " + chosen.description());
      }
    }
    if (chosen == null) {
      throw new IllegalStateException(
          (forced == null ? "no usable kernels" : "-D" + PROPERTY + "=" + forced + " can't be had")
              + "; providers found: " + (verdicts.isEmpty() ? "none" : String.join("; ", verdicts)));
    }
    return new KernelSelection(chosen, verdicts);
  }

  private static List<KernelsProvider> providers() {
    List<KernelsProvider> found = new ArrayList<>();
    ServiceLoader.load(KernelsProvider.class, KernelSelection.class.getClassLoader()).forEach(found::add);
    return found;
  }

  private static KernelSelection logged(KernelSelection selection) {
    LOGGER.log(Level.INFO, "kernels: " + String.join("; ", selection.verdicts()));
    return selection;
  }
}
