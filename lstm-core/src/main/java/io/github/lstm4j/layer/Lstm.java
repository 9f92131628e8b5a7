package io.github.lstm4j.layer;

/**
 * A stack of LSTM layers with PyTorch's {@code nn.LSTM} as model: its options, parameter names, shapes, gate order,
 * results. For use by itself; in a network, see {@code SequenceModel}.
 *
 * <pre>{@code
 * try (var lstm = Lstm.create(RecurrentOptions.of(CellKind.LSTM, 10, 20).withLayers(2), 42)) {
 *   RecurrentOutput out = lstm.run(RecurrentInput.of(x));          // x [batch, steps, 10] -> y [batch, steps, 20]
 *   try (var tape = lstm.run(RecurrentInput.of(x), Mode.TRAINING)) {
 *     Tensor dY = lossGradient(tape.output().y());                 // a loss of your own
 *     RecurrentGradients gradients = tape.backward(dY, null, null); // parameters' gradients are added to theirs
 *   }
 * }
 * }</pre>
 *
 * <p>Immutable while it serves: many threads may run it for outputs at once, each run holds its own buffers. Backward
 * passes add to the parameters' gradients, so only one may go on at a time.
 */
public final class Lstm extends Recurrent {
  private Lstm(RecurrentOptions options, long seed, Execution execution, boolean ownsExecution) {
    super(options, seed, execution, ownsExecution);
  }

  /**
   * An LSTM with PyTorch's initialisation, on the best kernels of this JVM and one thread.
   *
   * @param options what it is
   * @param seed of its first values
   * @return the layer
   * @throws IllegalArgumentException if the options are of another cell
   */
  public static Lstm create(RecurrentOptions options, long seed) {
    check(options);
    return new Lstm(options, seed, Execution.of(1), true);
  }

  /**
   * An LSTM with PyTorch's initialisation.
   *
   * @param options what it is
   * @param seed of its first values
   * @param execution kernels and threads; stays the caller's to close
   * @return the layer
   * @throws IllegalArgumentException if the options are of another cell
   */
  public static Lstm create(RecurrentOptions options, long seed, Execution execution) {
    check(options);
    return new Lstm(options, seed, execution, false);
  }

  private static void check(RecurrentOptions options) {
    if (options.cell() != CellKind.LSTM) {
      throw new IllegalArgumentException("an LSTM was given options of " + options.cell());
    }
  }
}
