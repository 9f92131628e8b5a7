package io.github.lstm4j.layer;

import io.github.lstm4j.memory.Matrix;
import io.github.lstm4j.memory.Memory;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The weights of a recurrent stack: layers on top of each other, one or two directions each. */
public final class RecurrentStack implements Layer {
  private final RecurrentOptions options;
  private final String prefix;
  private final Execution execution;
  private final Memory memory;
  private final DirectionWeights[][] weights;
  private final List<Parameter> parameters;

  /**
   * A stack over parameters that somebody else owns.
   *
   * @param options what it is
   * @param parameters where its parameters are
   * @param prefix of their names, such as {@code "rnn."}, or nothing
   * @param execution how it computes
   */
  public RecurrentStack(RecurrentOptions options, Parameters parameters, String prefix, Execution execution) {
    this.options = options;
    this.prefix = prefix;
    this.execution = execution;
    this.memory = Memory.unlimited("packed weights of " + (prefix.isEmpty() ? options.cell().label() : prefix));
    List<Parameter> own = new ArrayList<>();
    for (ParameterSpec spec : options.parameters(prefix)) {
      own.add(parameters.get(spec.name()));
    }
    this.parameters = List.copyOf(own);
    weights = new DirectionWeights[options.layers()][options.directions()];
    for (int layer = 0; layer < options.layers(); layer++) {
      for (int direction = 0; direction < options.directions(); direction++) {
        weights[layer][direction] =
            new DirectionWeights(
                options, layer, direction == 1, parameters, prefix, execution.kernels(), memory);
      }
    }
  }

  /**
   * First values, as PyTorch draws them (from another generator).
   *
   * @param parameters where the parameters are
   * @param seed the model's seed
   */
  public void initialise(Parameters parameters, long seed) {
    Initialization.recurrent(options, parameters, prefix, seed);
  }

  /**
   * What it is.
   *
   * @return the options
   */
  public RecurrentOptions options() {
    return options;
  }

  Execution execution() {
    return execution;
  }

  String prefix() {
    return prefix;
  }

  /** Whether a parameter of a layer below the given one is trained. */
  boolean trainsBelow(int layer) {
    int perLayer = parameters.size() / options.layers();
    for (int i = 0; i < layer * perLayer; i++) { // by index: an iterator would be an object a step
      if (parameters.get(i).trainable()) {
        return true;
      }
    }
    return false;
  }

  DirectionWeights weights(int layer, int direction) {
    return weights[layer][direction];
  }

  @Override
  public String describe() {
    StringBuilder text = new StringBuilder(options.cell().name());
    text.append('(').append(options.inputSize()).append(", ").append(options.hiddenSize());
    if (options.layers() > 1) {
      text.append(", num_layers=").append(options.layers());
    }
    if (!options.bias()) {
      text.append(", bias=False");
    }
    if (options.dropout() > 0) {
      text.append(", dropout=").append(options.dropout());
    }
    if (options.bidirectional()) {
      text.append(", bidirectional=True");
    }
    if (options.projSize() > 0) {
      text.append(", proj_size=").append(options.projSize());
    }
    return text.append(')').toString();
  }

  @Override
  public int outputSize() {
    return options.outputSize();
  }

  @Override
  public List<Parameter> parameters() {
    return parameters;
  }

  @Override
  public RecurrentStackPass pass(
      StepPlan plan, Matrix input, @Nullable Matrix inputGradient, Mode mode, Memory passMemory) {
    return new RecurrentStackPass(this, plan, input, inputGradient, mode, passMemory);
  }

  /** Frees the packed weights. */
  @Override
  public void close() {
    memory.close();
  }
}
