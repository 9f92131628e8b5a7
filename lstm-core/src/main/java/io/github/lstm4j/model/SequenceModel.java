package io.github.lstm4j.model;

import io.github.lstm4j.io.SafetensorsFile;
import io.github.lstm4j.kernels.KernelSelection;
import io.github.lstm4j.kernels.Kernels;
import io.github.lstm4j.layer.Execution;
import io.github.lstm4j.layer.Layer;
import io.github.lstm4j.layer.Mode;
import io.github.lstm4j.layer.Noise;
import io.github.lstm4j.layer.Parameter;
import io.github.lstm4j.layer.Parameters;
import io.github.lstm4j.layer.StepPlan;
import io.github.lstm4j.memory.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A stack of layers with named parameters.
 *
 * <pre>{@code
 * try (var model = SequenceModel.builder(1).lstm("rnn", 32, o -> o.withLayers(2)).linear("head", 1).seed(7).build()) {
 *   System.out.println(model.summary());
 *   Tensor y = model.predict(x);                       // x [batch, steps, 1] -> y [batch, steps, 1]
 *   model.save(Path.of("model.safetensors"), Map.of());
 * }
 * }</pre>
 *
 * <p>Immutable while it serves: any number of threads may predict, each {@link Session} holds one stream's state. While
 * a trainer changes its parameters, nothing else may use it.
 */
public final class SequenceModel implements AutoCloseable {
  private final List<LayerSpec> specs;
  private final Parameters parameters;
  private final Execution execution;
  private final List<Layer> layers = new ArrayList<>();
  private final long memoryLimit;
  private volatile boolean closed;

  SequenceModel(ModelBuilder builder) {
    specs = List.copyOf(builder.specs);
    memoryLimit = builder.memoryLimit;
    Kernels kernels = builder.kernels == null ? KernelSelection.best() : builder.kernels;
    parameters = Parameters.allocate(builder.parameters());
    try {
      execution = new Execution(kernels, builder.threads);
    } catch (RuntimeException | Error e) {
      parameters.close();
      throw e;
    }
    try {
      for (LayerSpec spec : specs) {
        layers.add(spec.create(parameters, execution, builder.seed));
      }
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  /**
   * Starts a model.
   *
   * @param inputSize features of the input
   * @return a builder
   */
  public static ModelBuilder builder(int inputSize) {
    return new ModelBuilder(inputSize);
  }

  /**
   * Opens a model that {@link #save} wrote: its layers are described in the file.
   *
   * @param file the model file
   * @return the model
   * @throws IOException if the file can't be read, is damaged, or holds no description of a model
   */
  public static SequenceModel open(Path file) throws IOException {
    return open(file, 1);
  }

  /**
   * Opens a model that {@link #save} wrote.
   *
   * @param file the model file
   * @param threads how many threads compute
   * @return the model
   * @throws IOException if the file can't be read, is damaged, or holds no description of a model
   */
  public static SequenceModel open(Path file, int threads) throws IOException {
    return ModelFiles.open(file, threads);
  }

  /**
   * A forward pass for outputs.
   *
   * @param x [batch, steps, features]
   * @return [batch, steps, outputs], or [batch, outputs] where the model pools over time
   * @throws IllegalArgumentException if the shape is wrong
   */
  public Tensor predict(Tensor x) {
    return predict(x, null);
  }

  /**
   * A forward pass for outputs over sequences of their own lengths.
   *
   * @param x [batch, steps, features]
   * @param lengths the valid steps of each sequence, or null where all are valid
   * @return [batch, steps, outputs] with 0 past a sequence's length, or [batch, outputs] where the model pools over
   *     time
   * @throws IllegalArgumentException if a shape or a length is wrong
   */
  public Tensor predict(Tensor x, int @Nullable [] lengths) {
    try (ModelPass pass = pass(ModelPass.plan(this, x, lengths), Mode.INFERENCE)) {
      pass.setInput(x);
      pass.forward(Noise.NONE);
      return pass.output();
    }
  }

  /**
   * Starts streams: step by step, the state kept in between.
   *
   * @param batch how many streams go side by side
   * @return the session; close it
   * @throws IllegalStateException if a layer needs whole sequences: it runs backwards in time, or pools over it
   */
  public Session session(int batch) {
    return new Session(this, batch);
  }

  /**
   * Binds the model to a batch shape, for a loop of one's own; the trainer uses it too.
   *
   * @param plan how a batch lies in rows
   * @param mode training for a backward pass
   * @return the pass; close it
   */
  public ModelPass pass(StepPlan plan, Mode mode) {
    if (closed) {
      throw new IllegalStateException("the model is closed");
    }
    if (mode == Mode.TRAINING) {
      parameters.allocateGradients();
    }
    return new ModelPass(this, plan, mode, memoryLimit);
  }

  List<Layer> layers() {
    return layers;
  }

  List<LayerSpec> specs() {
    return specs;
  }

  /**
   * The features that the input has.
   *
   * @return input size of the first layer
   */
  public int inputSize() {
    return specs.getFirst().inputSize();
  }

  /**
   * The features that the output has.
   *
   * @return output size of the last layer
   */
  public int outputSize() {
    return specs.getLast().outputSize();
  }

  /**
   * Kernels and threads.
   *
   * @return how the model computes
   */
  public Execution execution() {
    return execution;
  }

  /**
   * All parameters, in the order of the layers.
   *
   * @return unmodifiable
   */
  public Collection<Parameter> parameters() {
    return parameters.all();
  }

  /**
   * One parameter.
   *
   * @param name such as {@code rnn.weight_ih_l0}
   * @return the parameter
   * @throws IllegalArgumentException if there is none; the message lists all names
   */
  public Parameter parameter(String name) {
    return parameters.get(name);
  }

  /** Sets all gradients to zero. */
  public void zeroGradients() {
    parameters.zeroGradients();
  }

  /**
   * Freezes or unfreezes parameters by the start of their names.
   *
   * @param prefix such as {@code rnn.} or a whole name
   * @param trainable false to freeze
   * @throws IllegalArgumentException if no name starts with it
   */
  public void setTrainable(String prefix, boolean trainable) {
    List<Parameter> matching = parameters().stream().filter(p -> p.name().startsWith(prefix)).toList();
    if (matching.isEmpty()) {
      throw new IllegalArgumentException(
          "no parameter's name starts with \"" + prefix + "\"; there are " + parameters.byName().keySet());
    }
    matching.forEach(parameter -> parameter.trainable(trainable));
  }

  /**
   * A table of layers: output shape, weights, parameters, trainable or not, bytes.
   *
   * @return lines of text
   */
  public String summary() {
    return Summary.of(this);
  }

  /**
   * Off-heap storage of parameters and gradients; passes and sessions hold their own.
   *
   * @return bytes
   */
  public long bytes() {
    return parameters.bytes();
  }

  /**
   * Writes the model: parameters under their names, the layers' description in the metadata.
   *
   * @param file replaced in one move once everything is written
   * @param metadata more entries of the caller's
   * @throws IOException if it can't be written; an old file is then untouched
   */
  public void save(Path file, Map<String, String> metadata) throws IOException {
    ModelFiles.save(this, file, metadata);
  }

  /**
   * Loads values by name, such as a state_dict that PyTorch exported: every parameter of this model must be there with
   * its shape, and nothing else may.
   *
   * @param file a safetensors file
   * @throws IOException if the file can't be read or is damaged
   * @throws IllegalArgumentException if tensors are missing, unknown or of another shape: all are named, nothing is
   *     changed
   */
  public void load(Path file) throws IOException {
    load(file, Map.of(), true);
  }

  /**
   * Loads values under other prefixes.
   *
   * @param file a safetensors file
   * @param prefixes start of a name in the file → start of a name in this model; the longest one that fits a name
   *     counts, names that none fits stay
   * @param strict whether missing and unknown tensors are errors
   * @return what became of each tensor
   * @throws IOException if the file can't be read or is damaged
   * @throws IllegalArgumentException if a tensor has another shape, two get the same name, or strict finds a
   *     difference: all are named, nothing is changed
   */
  public LoadReport load(Path file, Map<String, String> prefixes, boolean strict) throws IOException {
    try (SafetensorsFile tensors = SafetensorsFile.open(file)) {
      return ModelFiles.load(this, file, tensors, prefixes, strict);
    }
  }

  /** Frees parameters and packed weights and ends the threads. */
  @Override
  public void close() {
    closed = true;
    layers.forEach(Layer::close);
    parameters.close();
    execution.close();
  }

  @Override
  public String toString() {
    return layers.stream().map(Layer::describe).toList().toString();
  }
}
