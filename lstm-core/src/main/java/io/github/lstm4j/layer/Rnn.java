package io.github.lstm4j.layer;

/**
 * A stack of plain recurrent layers with PyTorch's {@code nn.RNN} as model, with tanh or relu.
 */
public final class Rnn extends Recurrent {
  private Rnn(RecurrentOptions options, long seed, Execution execution, boolean ownsExecution) {
    super(options, seed, execution, ownsExecution);
  }

  /**
   * An RNN with PyTorch's initialisation, on the best kernels of this JVM and one thread.
   *
   * @param options what it is
   * @param seed of its first values
   * @return the layer
   * @throws IllegalArgumentException if the options are of another cell
   */
  public static Rnn create(RecurrentOptions options, long seed) {
    check(options);
    return new Rnn(options, seed, Execution.of(1), true);
  }

  /**
   * An RNN with PyTorch's initialisation.
   *
   * @param options what it is
   * @param seed of its first values
   * @param execution kernels and threads; stays the caller's to close
   * @return the layer
   * @throws IllegalArgumentException if the options are of another cell
   */
  public static Rnn create(RecurrentOptions options, long seed, Execution execution) {
    check(options);
    return new Rnn(options, seed, execution, false);
  }

  private static void check(RecurrentOptions options) {
    if (options.cell() != CellKind.RNN_TANH && options.cell() != CellKind.RNN_RELU) {
      throw new IllegalArgumentException("an RNN was given options of " + options.cell());
    }
  }
}
