package io.github.lstm4j.model;

import io.github.lstm4j.layer.Execution;
import io.github.lstm4j.layer.LastStep;
import io.github.lstm4j.layer.Layer;
import io.github.lstm4j.layer.Linear;
import io.github.lstm4j.layer.ParameterSpec;
import io.github.lstm4j.layer.Parameters;
import io.github.lstm4j.layer.RecurrentOptions;
import io.github.lstm4j.layer.RecurrentStack;
import java.util.List;

/** A layer of a model before it has parameters: what is written to a model file and read back from it. */
sealed interface LayerSpec {
  /** The layer's name, a prefix of its parameters' names. */
  String name();

  int inputSize();

  int outputSize();

  List<ParameterSpec> parameters();

  /** Makes the layer, with first values where a seed is given. */
  Layer create(Parameters parameters, Execution execution, long seed);

  default String prefix() {
    return name().isEmpty() ? "" : name() + ".";
  }

  /** A recurrent stack. */
  record Recurrent(String name, RecurrentOptions options) implements LayerSpec {
    @Override
    public int inputSize() {
      return options.inputSize();
    }

    @Override
    public int outputSize() {
      return options.outputSize();
    }

    @Override
    public List<ParameterSpec> parameters() {
      return options.parameters(prefix());
    }

    @Override
    public Layer create(Parameters parameters, Execution execution, long seed) {
      RecurrentStack stack = new RecurrentStack(options, parameters, prefix(), execution);
      stack.initialise(parameters, seed);
      return stack;
    }
  }

  /** Each sequence's last step. */
  record Last(int inputSize) implements LayerSpec {
    @Override
    public String name() {
      return "";
    }

    @Override
    public int outputSize() {
      return inputSize;
    }

    @Override
    public List<ParameterSpec> parameters() {
      return List.of();
    }

    @Override
    public Layer create(Parameters parameters, Execution execution, long seed) {
      return new LastStep(inputSize);
    }
  }

  /** A linear layer. */
  record Dense(String name, int inputSize, int outputSize, boolean bias) implements LayerSpec {
    @Override
    public List<ParameterSpec> parameters() {
      return Linear.specs(prefix(), inputSize, outputSize, bias);
    }

    @Override
    public Layer create(Parameters parameters, Execution execution, long seed) {
      Linear linear = new Linear(prefix(), bias, parameters, execution);
      linear.initialise(seed);
      return linear;
    }
  }
}
