package io.github.lstm4j.layer;

/**
 * A stack of GRU layers with PyTorch's {@code nn.GRU} as model: gates r, z, n, the reset gate applied after the
 * product.
 */
public final class Gru extends Recurrent {
  private Gru(RecurrentOptions options, long seed, Execution execution, boolean ownsExecution) {
    super(options, seed, execution, ownsExecution);
  }

  /**
   * A GRU with PyTorch's initialisation, on the best kernels of this JVM and one thread.
   *
   * @param options what it is
   * @param seed of its first values
   * @return the layer
   * @throws IllegalArgumentException if the options are of another cell
   */
  public static Gru create(RecurrentOptions options, long seed) {
    check(options);
    return new Gru(options, seed, Execution.of(1), true);
  }

  /**
   * A GRU with PyTorch's initialisation.
   *
   * @param options what it is
   * @param seed of its first values
   * @param execution kernels and threads; stays the caller's to close
   * @return the layer
   * @throws IllegalArgumentException if the options are of another cell
   */
  public static Gru create(RecurrentOptions options, long seed, Execution execution) {
    check(options);
    return new Gru(options, seed, execution, false);
  }

  private static void check(RecurrentOptions options) {
    if (options.cell() != CellKind.GRU) {
      throw new IllegalArgumentException("a GRU was given options of " + options.cell());
    }
  }
}
