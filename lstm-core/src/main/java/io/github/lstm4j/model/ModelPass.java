package io.github.lstm4j.model;

import io.github.lstm4j.layer.Layer;
import io.github.lstm4j.layer.LayerPass;
import io.github.lstm4j.layer.Mode;
import io.github.lstm4j.layer.Noise;
import io.github.lstm4j.layer.Parameter;
import io.github.lstm4j.layer.RecurrentStackPass;
import io.github.lstm4j.layer.RecurrentStates;
import io.github.lstm4j.layer.SequenceRows;
import io.github.lstm4j.layer.StepPlan;
import io.github.lstm4j.memory.Matrix;
import io.github.lstm4j.memory.Memory;
import io.github.lstm4j.memory.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A model bound to one batch shape: all buffers between its layers, forward and backward over them. It can run again
 * and again, with other numbers of the same shape, and allocates nothing then.
 */
public final class ModelPass implements AutoCloseable {
  private final Memory memory;
  private final StepPlan plan;
  private final Matrix input;
  private final LayerPass[] passes; // arrays: an iterator would be an allocation in every step
  private final RecurrentStates[] states;
  private final Parameter[][] layers; // the parameters of each
  private final LayerPass last;
  private boolean carriable;

  ModelPass(SequenceModel model, StepPlan plan, Mode mode, long memoryLimit) {
    this.plan = plan;
    memory = Memory.limited("a pass of the model", memoryLimit);
    try {
      input = memory.matrix(plan.rows(), model.inputSize());
      StepPlan rows = plan;
      Matrix below = input;
      Matrix gradientBelow = null;
      boolean somethingTrainsBelow = false;
      List<LayerPass> made = new ArrayList<>();
      List<RecurrentStates> carried = new ArrayList<>();
      List<Parameter[]> parameters = new ArrayList<>();
      for (Layer layer : model.layers()) {
        LayerPass pass = layer.pass(rows, below, somethingTrainsBelow ? gradientBelow : null, mode, memory);
        made.add(pass);
        if (pass instanceof RecurrentStackPass recurrent) {
          carried.add(recurrent.states());
        }
        parameters.add(layer.parameters().toArray(new Parameter[0]));
        somethingTrainsBelow |= !layer.parameters().isEmpty();
        rows = pass.plan();
        below = pass.output();
        gradientBelow = pass.outputGradient();
      }
      last = made.getLast();
      passes = made.toArray(new LayerPass[0]);
      states = carried.toArray(new RecurrentStates[0]);
      layers = parameters.toArray(new Parameter[0][]);
    } catch (RuntimeException | Error e) {
      memory.close();
      throw e;
    }
  }

  /** The plan of an input, with the checks that name what is wrong with it. */
  static StepPlan plan(SequenceModel model, Tensor x, int @Nullable [] lengths) {
    if (x.rank() != 3 || x.size(2) != model.inputSize()) {
      throw new IllegalArgumentException(
          "x has shape " + x.shapeText() + "; expected [batch, steps, " + model.inputSize() + "]");
    }
    if (lengths == null) {
      return StepPlan.of(x.size(0), x.size(1));
    }
    if (lengths.length != x.size(0)) {
      throw new IllegalArgumentException(lengths.length + " lengths were given for a batch of " + x.size(0));
    }
    return StepPlan.of(x.size(1), lengths);
  }

  /**
   * How the batch lies in rows.
   *
   * @return the plan this pass was made for
   */
  public StepPlan plan() {
    return plan;
  }

  /**
   * The input's rows, for those who fill them without a tensor.
   *
   * @return [rows, features], time-major, sequences by descending length
   */
  public Matrix input() {
    return input;
  }

  /**
   * Sets the input.
   *
   * @param x [batch, steps, features] of the plan's batch and steps
   */
  public void setInput(Tensor x) {
    x.require("x", plan.batch(), plan.steps(), input.columns());
    SequenceRows.pack(x, true, plan, input);
  }

  /** Starts all recurrent layers from zero states. */
  public void resetStates() {
    for (RecurrentStates state : states) {
      state.setInitial(null, null);
    }
    carriable = false;
  }

  /** Starts all recurrent layers from where the last forward pass left them, without a gradient through it. */
  public void carryStates() {
    if (carriable) {
      for (RecurrentStates state : states) {
        state.carry();
      }
    }
  }

  /**
   * Takes over the final states of another pass of the same batch size.
   *
   * @param other a pass of the same model
   */
  public void takeStates(ModelPass other) {
    for (int i = 0; i < states.length; i++) {
      states[i].setInitial(other.states[i].finalHidden(), other.states[i].finalCell());
    }
    carriable = false;
  }

  /**
   * The states of a recurrent layer.
   *
   * @param index which recurrent layer of the model, from 0
   * @return its states
   */
  public RecurrentStates states(int index) {
    return states[index];
  }

  /**
   * Computes the output.
   *
   * @param noise the key of random masks
   */
  public void forward(Noise noise) {
    for (LayerPass pass : passes) {
      pass.forward(noise);
    }
    carriable = true;
  }

  /**
   * The output's rows.
   *
   * @return [rows, outputs] of {@link #outputPlan()}
   */
  public Matrix outputRows() {
    return last.output();
  }

  /**
   * How the output lies in rows.
   *
   * @return {@link #plan()}, or a plan of single steps where the model pools over time
   */
  public StepPlan outputPlan() {
    return last.plan();
  }

  /**
   * The output.
   *
   * @return [batch, steps, outputs] with 0 past a sequence's length, or [batch, outputs] where the model pools over
   *     time
   */
  public Tensor output() {
    Tensor y = SequenceRows.unpack(last.output(), true, last.plan());
    return last.plan() == plan ? y : y.reshape(plan.batch(), y.size(2));
  }

  /**
   * Copies targets into rows that meet the output's rows.
   *
   * @param target [batch, steps, outputs], or [batch, outputs] where the model pools over time
   * @param rows result [output rows, outputs]
   * @throws IllegalArgumentException if the shape is wrong
   */
  public void packTarget(Tensor target, Matrix rows) {
    if (last.plan() == plan) {
      target.require("target", plan.batch(), plan.steps(), rows.columns());
      SequenceRows.pack(target, true, plan, rows);
    } else {
      target.require("target", plan.batch(), rows.columns());
      SequenceRows.pack(target.reshape(plan.batch(), 1, rows.columns()), true, last.plan(), rows);
    }
  }

  /**
   * Where an output's row stands in the batch, for messages.
   *
   * @param row a row of {@link #outputRows()}
   * @return such as {@code sequence 2, step 5}
   */
  public String place(int row) {
    StepPlan outputs = last.plan();
    int step = 0;
    while (step + 1 < outputs.longest() && outputs.offset(step + 1) <= row) {
      step++;
    }
    String sequence = "sequence " + outputs.sequence(row - outputs.offset(step));
    return outputs == plan ? sequence + ", step " + step : sequence;
  }

  /**
   * Where the gradient of the output goes before {@link #backward}.
   *
   * @return [output rows, outputs]
   * @throws IllegalStateException if the pass was made for inference
   */
  public Matrix outputGradient() {
    Matrix gradient = last.outputGradient();
    if (gradient == null) {
      throw new IllegalStateException("this pass was made for inference: make it with Mode.TRAINING");
    }
    return gradient;
  }

  /** Adds to the gradients of all trainable parameters; goes no further down than the lowest layer that has one. */
  public void backward() {
    int lowest = 0;
    while (lowest < layers.length && !trains(layers[lowest])) {
      lowest++;
    }
    for (int i = passes.length - 1; i >= lowest; i--) {
      passes[i].backward(i > lowest);
    }
  }

  private static boolean trains(Parameter[] parameters) {
    for (Parameter parameter : parameters) {
      if (parameter.trainable()) {
        return true;
      }
    }
    return false;
  }

  /**
   * Off-heap storage of this pass.
   *
   * @return bytes
   */
  public long bytes() {
    return memory.bytes();
  }

  /** Frees the buffers. */
  @Override
  public void close() {
    memory.close();
  }
}
