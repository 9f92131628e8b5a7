package io.github.lstm4j.model;

import io.github.lstm4j.kernels.Kernels;
import io.github.lstm4j.layer.CellKind;
import io.github.lstm4j.layer.Embedding;
import io.github.lstm4j.layer.ParameterSpec;
import io.github.lstm4j.layer.PoolOverTime;
import io.github.lstm4j.layer.RecurrentOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Puts a {@link SequenceModel} together, layers one on top of the other. */
public final class ModelBuilder {
  private final int inputSize;
  final List<LayerSpec> specs = new ArrayList<>();
  long seed;
  int threads = 1;
  @Nullable Kernels kernels;
  long memoryLimit = Long.MAX_VALUE;

  ModelBuilder(int inputSize) {
    if (inputSize < 1) {
      throw new IllegalArgumentException("input size is " + inputSize + "; expected 1 or more");
    }
    this.inputSize = inputSize;
  }

  private int size() {
    return specs.isEmpty() ? inputSize : specs.getLast().outputSize();
  }

  private boolean pooled() {
    for (LayerSpec spec : specs) {
      if (spec.pools()) {
        return true;
      }
    }
    return false;
  }

  /**
   * Adds an LSTM of one layer, with biases.
   *
   * @param name prefix of its parameters' names
   * @param hiddenSize units of the state
   * @return this builder
   */
  public ModelBuilder lstm(String name, int hiddenSize) {
    return lstm(name, hiddenSize, options -> options);
  }

  /**
   * Adds a GRU of one layer, with biases.
   *
   * @param name prefix of its parameters' names
   * @param hiddenSize units of the state
   * @return this builder
   */
  public ModelBuilder gru(String name, int hiddenSize) {
    return gru(name, hiddenSize, options -> options);
  }

  /**
   * Adds a plain recurrent layer with tanh and biases.
   *
   * @param name prefix of its parameters' names
   * @param hiddenSize units of the state
   * @return this builder
   */
  public ModelBuilder rnn(String name, int hiddenSize) {
    return rnn(name, hiddenSize, options -> options);
  }

  /**
   * Adds a plain recurrent stack with tanh; for relu see {@link #recurrent} with {@link CellKind#RNN_RELU}.
   *
   * @param name prefix of its parameters' names
   * @param hiddenSize units of the state
   * @param options changes to the defaults
   * @return this builder
   */
  public ModelBuilder rnn(String name, int hiddenSize, UnaryOperator<RecurrentOptions> options) {
    return recurrent(name, size -> options.apply(RecurrentOptions.of(CellKind.RNN_TANH, size, hiddenSize)));
  }

  /**
   * Adds an LSTM.
   *
   * @param name prefix of its parameters' names
   * @param hiddenSize units of the state
   * @param options changes to the defaults
   * @return this builder
   */
  public ModelBuilder lstm(String name, int hiddenSize, UnaryOperator<RecurrentOptions> options) {
    return recurrent(name, size -> options.apply(RecurrentOptions.of(CellKind.LSTM, size, hiddenSize)));
  }

  /**
   * Adds a GRU.
   *
   * @param name prefix of its parameters' names
   * @param hiddenSize units of the state
   * @param options changes to the defaults
   * @return this builder
   */
  public ModelBuilder gru(String name, int hiddenSize, UnaryOperator<RecurrentOptions> options) {
    return recurrent(name, size -> options.apply(RecurrentOptions.of(CellKind.GRU, size, hiddenSize)));
  }

  /**
   * Adds a table of vectors, looked up by token id; it stands first, on an input of one feature.
   *
   * @param name prefix of its parameters' names
   * @param entries number of tokens
   * @param size features of a vector
   * @return this builder
   */
  public ModelBuilder embedding(String name, int entries, int size) {
    return embedding(name, entries, size, Embedding.NO_PADDING);
  }

  /**
   * Adds a table of vectors with an entry that stays zero.
   *
   * @param name prefix of its parameters' names
   * @param entries number of tokens
   * @param size features of a vector
   * @param padding the entry that gets no gradient
   * @return this builder
   */
  public ModelBuilder embedding(String name, int entries, int size, int padding) {
    if (!specs.isEmpty()) {
      throw new IllegalArgumentException("embedding " + name + " stands above another layer; expected it first");
    }
    return add(new LayerSpec.Lookup(name, entries, size, padding));
  }

  /**
   * Adds dropout.
   *
   * @param name part of the key of its masks: another one for each dropout layer
   * @param rate the probability of zeroing an element while training
   * @return this builder
   */
  public ModelBuilder dropout(String name, float rate) {
    return add(new LayerSpec.Drop(name, size(), rate));
  }

  /**
   * Takes the mean over each sequence's own steps.
   *
   * @return this builder
   */
  public ModelBuilder meanOverTime() {
    return add(new LayerSpec.Pool(PoolOverTime.Kind.MEAN, size()));
  }

  /**
   * Takes the largest value over each sequence's own steps, unit by unit.
   *
   * @return this builder
   */
  public ModelBuilder maxOverTime() {
    return add(new LayerSpec.Pool(PoolOverTime.Kind.MAX, size()));
  }

  /**
   * Adds a recurrent stack.
   *
   * @param name prefix of its parameters' names
   * @param options from the features of the layer below to what it is
   * @return this builder
   * @throws IllegalArgumentException if its input size does not fit the layer below, a layer has that name already, or
   *     it stands above a pooling over time
   */
  public ModelBuilder recurrent(String name, IntFunction<RecurrentOptions> options) {
    if (pooled()) {
      throw new IllegalArgumentException(name + " stands above a pooling over time; expected it below");
    }
    RecurrentOptions built = options.apply(size());
    if (!built.batchFirst()) {
      throw new IllegalArgumentException(
          name + " has batch_first = false; a model's tensors are [batch, steps, features], expected it to be true");
    }
    return add(new LayerSpec.Recurrent(name, built));
  }

  /**
   * Keeps each sequence's last valid step only.
   *
   * @return this builder
   */
  public ModelBuilder lastStep() {
    return add(new LayerSpec.Last(size()));
  }

  /**
   * Adds a linear layer.
   *
   * @param name prefix of its parameters' names
   * @param outputSize features of its output
   * @return this builder
   */
  public ModelBuilder linear(String name, int outputSize) {
    return linear(name, outputSize, true);
  }

  /**
   * Adds a linear layer with or without a bias.
   *
   * @param name prefix of its parameters' names
   * @param outputSize features of its output
   * @param bias whether there is a bias
   * @return this builder
   */
  public ModelBuilder linear(String name, int outputSize, boolean bias) {
    return add(new LayerSpec.Dense(name, size(), outputSize, bias, null));
  }

  /**
   * Adds a linear layer whose weight is the first layer's embedding: as many outputs as tokens. Source: Press, Wolf,
   * "Using the output embedding to improve language models", 2017.
   *
   * @param name prefix of its bias' name
   * @return this builder
   * @throws IllegalArgumentException if there is no embedding, or its vectors are of another size than the layer below
   */
  public ModelBuilder tiedLinear(String name) {
    return tiedLinear(name, true);
  }

  /**
   * Adds a linear layer whose weight is the first layer's embedding, with or without a bias.
   *
   * @param name prefix of its bias' name
   * @param bias whether there is a bias
   * @return this builder
   * @throws IllegalArgumentException if there is no embedding, or its vectors are of another size than the layer below
   */
  public ModelBuilder tiedLinear(String name, boolean bias) {
    if (specs.isEmpty() || !(specs.getFirst() instanceof LayerSpec.Lookup table)) {
      throw new IllegalArgumentException("linear layer " + name + " can be tied to an embedding only; there is none");
    }
    if (table.outputSize() != size()) {
      throw new IllegalArgumentException(
          "linear layer " + name + " takes " + size() + " features; the embedding it is tied to has vectors of "
              + table.outputSize());
    }
    return add(new LayerSpec.Dense(name, size(), table.entries(), bias, table.prefix() + "weight"));
  }

  List<ParameterSpec> parameters() {
    List<ParameterSpec> all = new ArrayList<>();
    for (LayerSpec spec : specs) {
      all.addAll(spec.parameters());
    }
    return all;
  }

  ModelBuilder add(LayerSpec spec) {
    for (LayerSpec other : specs) {
      if (!spec.pools() && !other.pools() && other.name().equals(spec.name())) {
        throw new IllegalArgumentException(
            "two layers are named \"" + spec.name() + "\": give layers different names, they start their parameters'");
      }
    }
    if (spec.inputSize() != size()) {
      throw new IllegalArgumentException(
          "layer " + spec.name() + " takes " + spec.inputSize() + " features; the layer below gives " + size());
    }
    specs.add(spec);
    return this;
  }

  /**
   * Sets the seed of all first values.
   *
   * @param value any number
   * @return this builder
   */
  public ModelBuilder seed(long value) {
    seed = value;
    return this;
  }

  /**
   * Sets how many threads compute; results do not depend on it.
   *
   * @param value 1 or more
   * @return this builder
   */
  public ModelBuilder threads(int value) {
    if (value < 1) {
      throw new IllegalArgumentException("threads is " + value + "; expected 1 or more");
    }
    threads = value;
    return this;
  }

  /**
   * Sets what computes, instead of the best kernels of this JVM; results do not depend on it.
   *
   * @param value the kernels
   * @return this builder
   */
  public ModelBuilder kernels(Kernels value) {
    kernels = Objects.requireNonNull(value);
    return this;
  }

  /**
   * Caps the off-heap storage of each pass and session.
   *
   * @param bytes the most that one may hold
   * @return this builder
   */
  public ModelBuilder memoryLimit(long bytes) {
    if (bytes < 0) {
      throw new IllegalArgumentException("memory limit is " + bytes + " bytes; expected 0 or more");
    }
    memoryLimit = bytes;
    return this;
  }

  /**
   * Makes the model.
   *
   * @return the model; close it
   * @throws IllegalArgumentException if there is no layer, one has no size, or there are no threads
   */
  public SequenceModel build() {
    if (specs.isEmpty()) {
      throw new IllegalArgumentException("a model of no layers; add one before build()");
    }
    return new SequenceModel(this);
  }

  /** Names of weights that are other layers' parameters: name → the parameter's name. */
  Map<String, String> aliases() {
    return LayerSpec.aliases(specs);
  }
}
