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

  private static final long LOG_DELAY_MILLIS = 250;

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
      String forced = System.getProperty(PROPERTY);
      selection = logged(select(providers(), forced), forced != null);
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
    ordered.sort(new Preference());
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
    for (KernelsProvider provider : ServiceLoader.load(KernelsProvider.class, KernelSelection.class.getClassLoader())) {
      found.add(provider);
    }
    return found;
  }

  /** The preferred one first; among equals, by name. */
  private static final class Preference implements Comparator<KernelsProvider> {
    @Override
    public int compare(KernelsProvider a, KernelsProvider b) {
      int byPreference = Integer.compare(b.preference(), a.preference());
      return byPreference != 0 ? byPreference : a.name().compareTo(b.name());
    }
  }

  /**
   * In one line; at once where somebody forced a choice. Otherwise later: the first line that a JVM logs takes 35 ms,
   * and a program's first inference goes first. A program that ends before that logs nothing.
   */
  private static KernelSelection logged(KernelSelection selection, boolean atOnce) {
    String line = "kernels: " + String.join("; ", selection.verdicts());
    if (atOnce) {
      log(line);
    } else {
      Thread later = new LogLater(line);
      later.setDaemon(true);
      later.start();
    }
    return selection;
  }

  /** A class, like {@link Preference}: a lambda takes the start of a program 1 to 2 ms to make. */
  private static final class LogLater extends Thread {
    private final String line;

    LogLater(String line) {
      super("lstm4j-log");
      this.line = line;
    }

    @Override
    public void run() {
      try {
        Thread.sleep(LOG_DELAY_MILLIS);
        log(line);
      } catch (InterruptedException e) {
        interrupt(); // ends here
      }
    }
  }

  private static void log(String line) {
    System.getLogger(KernelSelection.class.getName()).log(Level.INFO, line);
  }
}
