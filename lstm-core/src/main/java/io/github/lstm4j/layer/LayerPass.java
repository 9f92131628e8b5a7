package io.github.lstm4j.layer;

import io.github.lstm4j.memory.Matrix;
import org.jspecify.annotations.Nullable;

/**
 * A layer bound to one batch shape: its buffers, and forward and backward over them. It may run any number of times;
 * what it reads and writes stays in the same place.
 */
public interface LayerPass {
  /**
   * How the output lies in rows.
   *
   * @return the plan; pooling over time makes it one of single steps
   */
  StepPlan plan();

  /**
   * The output.
   *
   * @return [rows, output size]
   */
  Matrix output();

  /**
   * Where the gradient of the output is to be written before {@link #backward}; the backward pass may destroy it.
   *
   * @return [rows, output size], null in inference
   */
  @Nullable Matrix outputGradient();

  /**
   * Computes the output from the input this pass was made with.
   *
   * @param noise the key of random masks
   */
  void forward(Noise noise);

  /**
   * Adds to the gradients of all trainable parameters and overwrites the input's, where the pass was made with one.
   *
   * @param needsInput whether the input's gradient is wanted now: not where all that lies below is frozen
   */
  void backward(boolean needsInput);

  /** Goes backward with the input's gradient. */
  default void backward() {
    backward(true);
  }
}
