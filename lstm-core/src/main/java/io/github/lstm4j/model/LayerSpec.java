package io.github.lstm4j.model;

import io.github.lstm4j.layer.Dropout;
import io.github.lstm4j.layer.Embedding;
import io.github.lstm4j.layer.Execution;
import io.github.lstm4j.layer.LastStep;
import io.github.lstm4j.layer.Layer;
import io.github.lstm4j.layer.Linear;
import io.github.lstm4j.layer.ParameterSpec;
import io.github.lstm4j.layer.Parameters;
import io.github.lstm4j.layer.PoolOverTime;
import io.github.lstm4j.layer.RecurrentOptions;
import io.github.lstm4j.layer.RecurrentStack;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A layer of a model before it has parameters: what is written to a model file and read back from it. */
sealed interface LayerSpec {
  /** The layer's name, a prefix of its parameters' names. */
  String name();

  int inputSize();

  int outputSize();

  List<ParameterSpec> parameters();

  /** Makes the layer, with first values where a seed is given. */
  Layer create(Parameters parameters, Execution execution, long seed);

  /** Names of weights that are other layers' parameters: name → the parameter's name. */
  static Map<String, String> aliases(List<LayerSpec> specs) {
    Map<String, String> aliases = new LinkedHashMap<>();
    for (LayerSpec spec : specs) {
      if (spec instanceof LayerSpec.Dense dense && dense.tiedTo() != null) {
        aliases.put(dense.prefix() + "weight", dense.tiedTo());
      }
    }
    return aliases;
  }

  /** Whether each sequence has one output instead of one at each step. */
  default boolean pools() {
    return false;
  }

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
    public boolean pools() {
      return true;
    }

    @Override
    public Layer create(Parameters parameters, Execution execution, long seed) {
      return new LastStep(inputSize);
    }
  }

  /** A table of vectors, looked up by token. */
  record Lookup(String name, int entries, int outputSize, int padding) implements LayerSpec {
    /** Checked before anything is allocated. */
    public Lookup {
      Embedding.checkPadding(padding, entries);
    }

    @Override
    public int inputSize() {
      return 1;
    }

    @Override
    public List<ParameterSpec> parameters() {
      return Embedding.specs(prefix(), entries, outputSize);
    }

    @Override
    public Layer create(Parameters parameters, Execution execution, long seed) {
      Embedding embedding = new Embedding(prefix(), padding, parameters, execution);
      embedding.initialise(seed);
      return embedding;
    }
  }

  /** Dropout while training. */
  record Drop(String name, int inputSize, float rate) implements LayerSpec {
    /** Checked before anything is allocated. */
    public Drop {
      Dropout.checkRate(rate);
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
      return new Dropout(name, inputSize, rate);
    }
  }

  /** The mean or maximum over each sequence's steps. */
  record Pool(PoolOverTime.Kind kind, int inputSize) implements LayerSpec {
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
    public boolean pools() {
      return true;
    }

    @Override
    public Layer create(Parameters parameters, Execution execution, long seed) {
      return new PoolOverTime(kind, inputSize);
    }
  }

  /** A linear layer; its weight may be another layer's: then tiedTo is that parameter's name. */
  record Dense(String name, int inputSize, int outputSize, boolean bias, @Nullable String tiedTo) implements LayerSpec {
    @Override
    public List<ParameterSpec> parameters() {
      List<ParameterSpec> specs = Linear.specs(prefix(), inputSize, outputSize, bias);
      return tiedTo == null ? specs : specs.subList(1, specs.size());
    }

    @Override
    public Layer create(Parameters parameters, Execution execution, long seed) {
      String weight = tiedTo == null ? prefix() + "weight" : tiedTo;
      Linear linear = new Linear(prefix(), weight, bias, parameters, execution);
      linear.initialise(seed);
      return linear;
    }
  }
}
