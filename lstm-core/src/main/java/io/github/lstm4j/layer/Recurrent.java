package io.github.lstm4j.layer;

import io.github.lstm4j.memory.Tensor;

/**
 * A stack of recurrent layers of any cell, with PyTorch's options, parameter names, shapes, gate order and results. For
 * use by itself; in a network, see {@code SequenceModel}.
 *
 * <p>Immutable while it serves: many threads may run it for outputs at once, each run holds its own buffers. Backward
 * passes add to the parameters' gradients, so only one may go on at a time.
 */
public abstract sealed class Recurrent implements AutoCloseable permits Lstm, Gru, Rnn {
  private final Parameters parameters;
  private final Execution execution;
  private final boolean ownsExecution;
  private final RecurrentStack stack;

  Recurrent(RecurrentOptions options, long seed, Execution execution, boolean ownsExecution) {
    this.ownsExecution = ownsExecution;
    this.parameters = Parameters.allocate(options.parameters(""));
    this.execution = execution;
    this.stack = new RecurrentStack(options, parameters, "", execution);
    stack.initialise(parameters, seed);
  }

  /**
   * A stack of the options' cell, with PyTorch's initialisation, on the best kernels of this JVM and one thread.
   *
   * @param options what it is
   * @param seed of its first values
   * @return an {@link Lstm}, {@link Gru} or {@link Rnn}
   */
  public static Recurrent of(RecurrentOptions options, long seed) {
    return switch (options.cell()) {
      case LSTM -> Lstm.create(options, seed);
      case GRU -> Gru.create(options, seed);
      case RNN_TANH, RNN_RELU -> Rnn.create(options, seed);
    };
  }

  /**
   * A stack of the options' cell, with PyTorch's initialisation.
   *
   * @param options what it is
   * @param seed of its first values
   * @param execution kernels and threads; stays the caller's to close
   * @return an {@link Lstm}, {@link Gru} or {@link Rnn}
   */
  public static Recurrent of(RecurrentOptions options, long seed, Execution execution) {
    return switch (options.cell()) {
      case LSTM -> Lstm.create(options, seed, execution);
      case GRU -> Gru.create(options, seed, execution);
      case RNN_TANH, RNN_RELU -> Rnn.create(options, seed, execution);
    };
  }

  /**
   * Its parameters under PyTorch's names: {@code weight_ih_l0}, {@code weight_hh_l0}, …
   *
   * @return the parameters
   */
  public final Parameters parameters() {
    return parameters;
  }

  /**
   * Its options.
   *
   * @return the options
   */
  public final RecurrentOptions options() {
    return stack.options();
  }

  /**
   * Runs it for its outputs.
   *
   * @param input sequences, states, lengths
   * @return outputs and final states
   * @throws IllegalArgumentException if a shape or a length is wrong
   */
  public final RecurrentOutput run(RecurrentInput input) {
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
  public final RecurrentTape run(RecurrentInput input, Mode mode) {
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
  public final RecurrentTape run(RecurrentInput input, Mode mode, Noise noise) {
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
  public final void set(String name, Tensor value) {
    parameters.get(name).set(value);
  }

  /** Frees parameters and packed weights. */
  @Override
  public final void close() {
    stack.close();
    parameters.close();
    if (ownsExecution) {
      execution.close();
    }
  }

  @Override
  public String toString() {
    return stack.describe();
  }
}
