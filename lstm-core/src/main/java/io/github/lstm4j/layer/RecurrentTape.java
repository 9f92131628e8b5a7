package io.github.lstm4j.layer;

import io.github.lstm4j.memory.Matrix;
import io.github.lstm4j.memory.Memory;
import io.github.lstm4j.memory.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * One run of a recurrent layer and what its backward pass needs. Each run has its own, so many threads can run one
 * layer; going backward adds to the layer's gradients, so only one thread may do that at a time. The tape holds
 * off-heap memory until it is closed.
 */
public final class RecurrentTape implements AutoCloseable {
  private final RecurrentOptions options;
  private final boolean batched;
  private final StepPlan plan;
  private final Memory memory;
  private final @Nullable Matrix inputGradient;
  private final RecurrentStackPass pass;
  private final RecurrentOutput output;
  private boolean used;

  RecurrentTape(RecurrentStack stack, RecurrentInput input, Mode mode, Noise noise) {
    options = stack.options();
    Tensor x = input.x();
    batched = x.rank() != 2;
    plan = plan(input);
    memory = Memory.unlimited("a run of " + stack.describe());
    try {
      Matrix rows = memory.matrix(plan.rows(), options.inputSize());
      boolean wanted = mode == Mode.TRAINING && input.needsInputGradient();
      inputGradient = wanted ? memory.matrix(plan.rows(), options.inputSize()) : null;
      pass = stack.pass(plan, rows, inputGradient, mode, memory);
      SequenceRows.pack(x, options.batchFirst(), plan, rows);
      pass.states()
          .setInitial(
              toBatch(input.h0(), "h0", options.stateSize()), toBatch(input.c0(), "c0", options.hiddenSize()));
      pass.forward(noise);
      output =
          new RecurrentOutput(
              y(), fromBatch(pass.states().finalHidden()), cellFromBatch(pass.states().finalCell()));
    } catch (RuntimeException | Error e) {
      memory.close();
      throw e;
    }
  }

  private StepPlan plan(RecurrentInput input) {
    Tensor x = input.x();
    String layout = options.batchFirst() ? "[batch, steps, " : "[steps, batch, ";
    if (x.rank() < 2 || x.rank() > 3 || x.size(x.rank() - 1) != options.inputSize()) {
      throw new IllegalArgumentException(
          "x has shape " + x.shapeText() + "; expected " + layout + options.inputSize()
              + "], or [steps, " + options.inputSize() + "] for a single sequence");
    }
    int batch = batched ? x.size(options.batchFirst() ? 0 : 1) : 1;
    int steps = batched ? x.size(options.batchFirst() ? 1 : 0) : x.size(0);
    int[] lengths = input.lengths();
    if (lengths == null) {
      return StepPlan.of(batch, steps);
    }
    if (lengths.length != batch) {
      throw new IllegalArgumentException(
          "lengths has " + lengths.length + " elements; expected " + batch + ", one for each sequence of the batch");
    }
    return StepPlan.of(steps, lengths);
  }

  /** States of a single sequence get the batch dimension that they lack. */
  private @Nullable Tensor toBatch(@Nullable Tensor state, String name, int size) {
    if (state == null || batched) {
      return state;
    }
    int rows = options.layers() * options.directions();
    return state.require(name + " (of an x without a batch dimension)", rows, size).reshape(rows, 1, size);
  }

  private Tensor fromBatch(Tensor state) {
    return batched ? state : state.reshape(state.size(0), state.size(2));
  }

  private @Nullable Tensor cellFromBatch(@Nullable Tensor state) {
    return state == null ? null : fromBatch(state);
  }

  private Tensor y() {
    return unpack(pass.output());
  }

  /**
   * What the run returned.
   *
   * @return outputs and final states
   */
  public RecurrentOutput output() {
    return output;
  }

  /**
   * What a gate let through at each step: its value after activation. A copy, to look at.
   *
   * @param gate which gate of the cell
   * @param layer which layer of the stack, from 0
   * @param direction 0 for forward, 1 for reverse
   * @return [batch, steps, hidden_size] in the layout of the input; 0 past a sequence's length
   * @throws IllegalArgumentException if the cell has no such gate, or the stack no such layer or direction
   * @throws IllegalStateException if the run was made for inference, or {@link #backward} was called: the gradients
   *     overwrite the gates
   */
  public Tensor gate(Gate gate, int layer, int direction) {
    int block = Gate.of(options.cell()).indexOf(gate);
    if (block < 0) {
      throw new IllegalArgumentException(
          "gate is " + gate + "; expected one of " + Gate.of(options.cell()) + ", the gates of " + options.cell());
    }
    checkPlace(layer, direction);
    if (used) {
      throw new IllegalStateException("this tape went backward, which overwrites the gates: read them before");
    }
    return unpack(pass.gates(layer, direction).columns(block * options.hiddenSize(), options.hiddenSize()));
  }

  /**
   * The cell state c after each step. A copy, to look at.
   *
   * @param layer which layer of the stack, from 0
   * @param direction 0 for forward, 1 for reverse
   * @return [batch, steps, hidden_size] in the layout of the input; 0 past a sequence's length
   * @throws IllegalArgumentException if the cell has no cell state, or the stack no such layer or direction
   * @throws IllegalStateException if the run was made for inference
   */
  public Tensor cellStates(int layer, int direction) {
    checkPlace(layer, direction);
    Matrix cells = pass.cellStates(layer, direction);
    if (cells == null) {
      throw new IllegalArgumentException("cell is " + options.cell() + ", which has no cell state; expected LSTM");
    }
    return unpack(cells.rows(plan.batch(), plan.rows()));
  }

  private void checkPlace(int layer, int direction) {
    if (layer < 0 || layer >= options.layers() || direction < 0 || direction >= options.directions()) {
      throw new IllegalArgumentException(
          "layer " + layer + ", direction " + direction + "; expected a layer of 0 to " + (options.layers() - 1)
              + " and a direction of 0 to " + (options.directions() - 1));
    }
    if (pass.outputGradient() == null) {
      throw new IllegalStateException("the run was made for inference, which keeps no gates: use Mode.TRAINING");
    }
  }

  private Tensor unpack(Matrix rows) {
    Tensor tensor = SequenceRows.unpack(rows, options.batchFirst(), plan);
    return batched ? tensor : tensor.reshape(plan.steps(), rows.columns());
  }

  /**
   * Goes backward: adds to the gradients of all trainable parameters. A tape can be used once, since the gradients
   * overwrite the gates.
   *
   * @param dY gradient of the output, shaped like it; what lies past a sequence's length is not read
   * @param dHn gradient of the final hidden states, or null for zeros
   * @param dCn gradient of the final cell states, or null for zeros
   * @return gradients of the input and the initial states
   * @throws IllegalArgumentException if a shape differs
   * @throws IllegalStateException if the run was made for inference, or the tape was used before
   */
  public RecurrentGradients backward(Tensor dY, @Nullable Tensor dHn, @Nullable Tensor dCn) {
    Matrix gradient = pass.outputGradient();
    if (gradient == null) {
      throw new IllegalStateException("the run was made for inference: run the layer with Mode.TRAINING");
    }
    if (used) {
      throw new IllegalStateException("this tape was used before: run the layer forward again");
    }
    dY.require("gradient of y", output.y().shape());
    pass.states()
        .setFinalGradients(
            toBatch(dHn, "gradient of h_n", options.stateSize()),
            toBatch(dCn, "gradient of c_n", options.hiddenSize()));
    used = true;
    SequenceRows.pack(dY, options.batchFirst(), plan, gradient);
    pass.backwardToStates();
    return new RecurrentGradients(
        inputGradient == null ? null : unpack(inputGradient),
        fromBatch(pass.states().initialHiddenGradient()),
        cellFromBatch(pass.states().initialCellGradient()));
  }

  /** Frees the tape; outputs and gradients that it returned stay valid. */
  @Override
  public void close() {
    memory.close();
  }
}
