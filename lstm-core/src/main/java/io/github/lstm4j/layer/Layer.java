package io.github.lstm4j.layer;

import io.github.lstm4j.memory.Matrix;
import io.github.lstm4j.memory.Memory;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A part of a network: named parameters and a way to make passes. Immutable while it serves. */
public interface Layer extends AutoCloseable {
  /**
   * What kind of layer it is, in words.
   *
   * @return such as {@code LSTM(10, 20, num_layers=2)}
   */
  String describe();

  /**
   * Features of the output.
   *
   * @return columns
   */
  int outputSize();

  /**
   * The parameters, in order.
   *
   * @return unmodifiable
   */
  List<Parameter> parameters();

  /**
   * Binds the layer to a batch.
   *
   * @param plan how the batch lies in rows
   * @param input [rows, input size], owned by the layer below
   * @param inputGradient the same shape, or null where nobody needs it
   * @param mode whether a backward pass will follow
   * @param memory who owns the buffers
   * @return the pass
   */
  LayerPass pass(StepPlan plan, Matrix input, @Nullable Matrix inputGradient, Mode mode, Memory memory);

  @Override
  void close();
}
