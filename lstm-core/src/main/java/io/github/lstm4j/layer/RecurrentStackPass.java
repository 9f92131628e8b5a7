package io.github.lstm4j.layer;

import io.github.lstm4j.memory.Matrix;
import io.github.lstm4j.memory.Memory;
import io.github.lstm4j.random.CounterRandom;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A recurrent stack over one batch: each layer's output, with dropout where there is some, is the next one's input. The
 * directions of a layer write side by side into the same rows.
 */
public final class RecurrentStackPass implements LayerPass {
  private final RecurrentStack stack;
  private final RecurrentOptions options;
  private final StepPlan plan;
  private final boolean training;
  private final Matrix[] states; // per layer: [B + N, D·R]
  private final @Nullable Matrix[] stateGradients; // likewise
  private final Matrix[] outputs; // per layer: [N, D·R], views of the states, made once
  private final @Nullable Matrix[] outputGradients; // likewise
  private final Matrix[] inputs; // per layer: [N, in]
  private final @Nullable Matrix[] inputGradients;
  private final SideBySide[] passes; // per layer
  private final @Nullable DropoutMask dropout;
  private final RecurrentStates initial;
  private final Start start = new Start();
  private final long[] places; // per layer: the random stream of the dropout below it
  private Noise noise = Noise.NONE;

  RecurrentStackPass(
      RecurrentStack stack, StepPlan plan, Matrix input, @Nullable Matrix inputGradient, Mode mode, Memory memory) {
    this.stack = stack;
    this.options = stack.options();
    this.plan = plan;
    this.training = mode == Mode.TRAINING;
    int layers = options.layers();
    int stateRows = Math.addExact(plan.batch(), plan.rows());
    states = new Matrix[layers];
    stateGradients = new Matrix[layers];
    outputs = new Matrix[layers];
    outputGradients = new Matrix[layers];
    inputs = new Matrix[layers];
    inputGradients = new Matrix[layers];
    passes = new SideBySide[layers];
    DirectionPass<?, ?>[][] directions = new DirectionPass<?, ?>[layers][options.directions()];
    places = new long[layers];
    for (int layer = 1; layer < layers; layer++) {
      places[layer] = CounterRandom.stream(stack.prefix() + "dropout_l" + (layer - 1));
    }
    boolean drops = training && options.dropout() > 0 && layers > 1;
    dropout = drops ? new DropoutMask(plan, options.dropout(), stack.execution().workers()) : null;
    for (int layer = 0; layer < layers; layer++) {
      states[layer] = memory.matrix(stateRows, options.outputSize());
      Matrix gradients = training ? memory.matrix(stateRows, options.outputSize()) : null;
      stateGradients[layer] = gradients;
      outputs[layer] = states[layer].rows(plan.batch(), plan.rows());
      outputGradients[layer] = gradients == null ? null : gradients.rows(plan.batch(), plan.rows());
      inputs[layer] = layer == 0 ? input : layerInput(layer, memory);
      inputGradients[layer] = layer == 0 ? inputGradient : layerInputGradient(layer, memory);
      for (int direction = 0; direction < options.directions(); direction++) {
        directions[layer][direction] =
            pass(stack.weights(layer, direction), buffers(layer, direction), mode, memory, stack.execution());
      }
      passes[layer] = new SideBySide(directions[layer], stack.execution().workers());
    }
    initial = new RecurrentStates(options, plan, states, stateGradients, directions, start);
  }

  /** The one place that knows which cell has which loop. */
  private static DirectionPass<?, ?> pass(
      DirectionWeights weights, PassBuffers buffers, Mode mode, Memory memory, Execution execution) {
    return switch (weights.cell) {
      case LSTM -> new LstmPass(weights, buffers, mode, memory, execution);
      case GRU -> new GruPass(weights, buffers, mode, memory, execution);
      case RNN_TANH, RNN_RELU -> new RnnPass(weights, buffers, mode, memory, execution);
    };
  }

  /** Without dropout a layer reads the rows that the layer below wrote. */
  private Matrix layerInput(int layer, Memory memory) {
    return dropout == null ? outputs(layer - 1) : memory.matrix(plan.rows(), options.outputSize());
  }

  private @Nullable Matrix layerInputGradient(int layer, Memory memory) {
    if (!training) {
      return null;
    }
    return dropout == null ? outputGradients(layer - 1) : memory.matrix(plan.rows(), options.outputSize());
  }

  private PassBuffers buffers(int layer, int direction) {
    int from = direction * options.stateSize();
    Matrix gradients = stateGradients[layer];
    int threads = stack.execution().threads();
    boolean even = threads % options.directions() == 0; // else the directions share all threads
    return new PassBuffers(
        plan,
        inputs[layer],
        inputGradients[layer],
        direction > 0,
        states[layer].columns(from, options.stateSize()),
        start,
        even ? threads / options.directions() : threads,
        gradients == null ? null : gradients.columns(from, options.stateSize()));
  }

  private Matrix outputs(int layer) {
    return outputs[layer];
  }

  private Matrix outputGradients(int layer) {
    return Objects.requireNonNull(outputGradients[layer]);
  }

  @Override
  public StepPlan plan() {
    return plan;
  }

  @Override
  public Matrix output() {
    return outputs(options.layers() - 1);
  }

  @Override
  public @Nullable Matrix outputGradient() {
    return training ? outputGradients(options.layers() - 1) : null;
  }

  /**
   * The states before the first and after the last step, and their gradients.
   *
   * @return access to the states
   */
  public RecurrentStates states() {
    return initial;
  }

  /** The gates of a layer's direction, activated: [N, G·H] after a forward and until a backward pass. */
  Matrix gates(int layer, int direction) {
    return passes[layer].direction(direction).gates;
  }

  /** The cell states of a layer's direction: [B + N, H] while training, null for cells without. */
  @Nullable Matrix cellStates(int layer, int direction) {
    return passes[layer].direction(direction).cellStates();
  }

  @Override
  public void forward(Noise passNoise) {
    noise = passNoise;
    for (int layer = 0; layer < options.layers(); layer++) {
      if (layer > 0 && dropout != null) {
        dropout.apply(inputs[layer], outputs(layer - 1), key(layer));
      }
      passes[layer].forward();
    }
  }

  /** Stops where nothing below is trained and the input's gradient is not wanted: what is frozen costs nothing. */
  @Override
  public void backward(boolean needsInput) {
    backward(needsInput, false);
  }

  /** Goes backward through all layers, so that the gradients of all initial states are there. */
  void backwardToStates() {
    backward(true, true);
  }

  private void backward(boolean needsInput, boolean needsStates) {
    if (!training) {
      throw new IllegalStateException("this pass was made for inference: it has no tape to go backward over");
    }
    initial.beforeBackward(needsStates);
    for (int layer = options.layers() - 1; layer >= 0; layer--) {
      boolean needsBelow = needsInput || (layer > 0 && (needsStates || stack.trainsBelow(layer)));
      initial.seed(layer);
      passes[layer].backward(needsBelow);
      if (!needsBelow && !needsStates) {
        if (layer > 0) {
          start.stop();
        }
        break;
      }
      if (layer > 0 && dropout != null) {
        dropout.apply(outputGradients(layer - 1), Objects.requireNonNull(inputGradients[layer]), key(layer));
      }
    }
    initial.afterBackward();
  }

  private long key(int layer) {
    return noise.key(places[layer]);
  }
}
