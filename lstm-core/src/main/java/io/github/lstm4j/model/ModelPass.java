package io.github.lstm4j.model;

import io.github.lstm4j.layer.Layer;
import io.github.lstm4j.layer.LayerPass;
import io.github.lstm4j.layer.Mode;
import io.github.lstm4j.layer.Noise;
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
 * A model bound to one batch shape: all buffers between its layers, forward and backward over them. It can run again and
 * again, with other numbers of the same shape, and allocates nothing then.
 */
public final class ModelPass implements AutoCloseable {
  private final Memory memory;
  private final StepPlan plan;
  private final Matrix input;
  private final List<LayerPass> passes = new ArrayList<>();
  private final List<RecurrentStates> states = new ArrayList<>();
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
      for (Layer layer : model.layers()) {
        LayerPass pass = layer.pass(rows, below, somethingTrainsBelow ? gradientBelow : null, mode, memory);
        passes.add(pass);
        if (pass instanceof RecurrentStackPass recurrent) {
          states.add(recurrent.states());
        }
        somethingTrainsBelow |= !layer.parameters().isEmpty();
        rows = pass.plan();
        below = pass.output();
        gradientBelow = pass.outputGradient();
      }
      last = passes.getLast();
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
    for (int i = 0; i < states.size(); i++) {
      states.get(i).setInitial(null, null);
    }
    carriable = false;
  }

  /** Starts all recurrent layers from where the last forward pass left them, without a gradient through it. */
  public void carryStates() {
    if (carriable) {
      for (int i = 0; i < states.size(); i++) {
        states.get(i).carry();
      }
    }
  }

  /**
   * Takes over the final states of another pass of the same batch size.
   *
   * @param other a pass of the same model
   */
  public void takeStates(ModelPass other) {
    for (int i = 0; i < states.size(); i++) {
      states.get(i).setInitial(other.states.get(i).finalHidden(), other.states.get(i).finalCell());
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
    return states.get(index);
  }

  /**
   * Computes the output.
   *
   * @param noise the key of random masks
   */
  public void forward(Noise noise) {
    for (int layer = 0; layer < passes.size(); layer++) { // by index: an iterator would be an object a step
      passes.get(layer).forward(noise);
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
   * @return [batch, steps, outputs] with 0 past a sequence's length, or [batch, outputs] where the model pools over time
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

  /** Adds to the gradients of all trainable parameters. */
  public void backward() {
    for (int layer = passes.size() - 1; layer >= 0; layer--) { // by index: an iterator would be an object a step
      passes.get(layer).backward();
    }
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
