package io.github.lstm4j.layer;

import io.github.lstm4j.memory.Tensor;
import org.jspecify.annotations.Nullable;

/** One step of a GRU: {@code nn.GRUCell}. */
public final class GruCell extends StepCell {
  /**
   * A cell with PyTorch's initialisation.
   *
   * @param inputSize features of the input
   * @param hiddenSize units of the state
   * @param bias whether there are biases
   * @param seed of its first values
   */
  public GruCell(int inputSize, int hiddenSize, boolean bias, long seed) {
    super(CellKind.GRU, inputSize, hiddenSize, bias, seed);
  }

  /**
   * One step.
   *
   * @param x [batch, input_size]
   * @param h the hidden state [batch, hidden_size], or null for zeros
   * @return the new hidden state [batch, hidden_size]
   * @throws IllegalArgumentException if a shape is wrong
   */
  public Tensor forward(Tensor x, @Nullable Tensor h) {
    return step(x, h, null).h();
  }
}
