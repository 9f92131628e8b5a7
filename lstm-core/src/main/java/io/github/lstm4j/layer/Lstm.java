package io.github.lstm4j.layer;

import io.github.lstm4j.memory.Tensor;

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
 * <p>Immutable while it serves: many threads may run it at once, each run holds its own buffers.
 */
public final class Lstm implements AutoCloseable {
  private final Parameters parameters;
  private final Execution execution;
  private final RecurrentStack stack;

  private Lstm(RecurrentOptions options, Execution execution) {
    if (options.cell() != CellKind.LSTM) {
      throw new IllegalArgumentException("an Lstm was given options of " + options.cell());
    }
    this.parameters = Parameters.allocate(options.parameters(""));
    this.execution = execution;
    this.stack = new RecurrentStack(options, parameters, "", execution);
  }

  /**
   * An LSTM with PyTorch's initialisation, on the best kernels of this JVM and one thread.
   *
   * @param options what it is
   * @param seed of its first values
   * @return the layer
   */
  public static Lstm create(RecurrentOptions options, long seed) {
    return create(options, seed, Execution.of(1));
  }

  /**
   * An LSTM with PyTorch's initialisation.
   *
   * @param options what it is
   * @param seed of its first values
   * @param execution kernels and threads; closed with the layer
   * @return the layer
   */
  public static Lstm create(RecurrentOptions options, long seed, Execution execution) {
    Lstm lstm = new Lstm(options, execution);
    lstm.stack.initialise(lstm.parameters, seed);
    return lstm;
  }

  /**
   * Its parameters under PyTorch's names: {@code weight_ih_l0}, {@code weight_hh_l0}, …
   *
   * @return the parameters
   */
  public Parameters parameters() {
    return parameters;
  }

  /**
   * Its options.
   *
   * @return the options
   */
  public RecurrentOptions options() {
    return stack.options();
  }

  /**
   * Runs it for its outputs.
   *
   * @param input sequences, states, lengths
   * @return outputs and final states
   * @throws IllegalArgumentException if a shape or a length is wrong
   */
  public RecurrentOutput run(RecurrentInput input) {
    try (RecurrentTape tape = run(input, Mode.INFERENCE)) {
      return tape.output();
    }
  }

  /**
   * Runs it and keeps what the backward pass needs.
   *
   * @param input sequences, states, lengths
   * @param mode training for a backward pass
   * @return the run; close it
   * @throws IllegalArgumentException if a shape or a length is wrong
   */
  public RecurrentTape run(RecurrentInput input, Mode mode) {
    return run(input, mode, Noise.NONE);
  }

  /**
   * Runs it with dropout masks of a given key.
   *
   * @param input sequences, states, lengths
   * @param mode training for a backward pass
   * @param noise the key: another one for each update
   * @return the run; close it
   */
  public RecurrentTape run(RecurrentInput input, Mode mode, Noise noise) {
    if (mode == Mode.TRAINING) {
      parameters.allocateGradients();
    }
    return new RecurrentTape(stack, input, mode, noise);
  }

  /**
   * Replaces a parameter.
   *
   * @param name PyTorch's name
   * @param value of the parameter's shape
   */
  public void set(String name, Tensor value) {
    parameters.get(name).set(value);
  }

  /** Frees parameters and packed weights and ends the threads. */
  @Override
  public void close() {
    stack.close();
    parameters.close();
    execution.close();
  }

  @Override
  public String toString() {
    return stack.describe();
  }
}
