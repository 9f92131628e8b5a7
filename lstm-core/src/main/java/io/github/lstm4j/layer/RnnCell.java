package io.github.lstm4j.layer;

import io.github.lstm4j.kernels.Nonlinearity;
import io.github.lstm4j.memory.Tensor;
import org.jspecify.annotations.Nullable;

/** One step of a plain recurrent cell: {@code nn.RNNCell}. */
public final class RnnCell extends StepCell {
  /**
   * A cell with PyTorch's initialisation.
   *
   * @param inputSize features of the input
   * @param hiddenSize units of the state
   * @param bias whether there are biases
   * @param nonlinearity the activation
   * @param seed of its first values
   */
  public RnnCell(int inputSize, int hiddenSize, boolean bias, Nonlinearity nonlinearity, long seed) {
    super(
        nonlinearity == Nonlinearity.RELU ? CellKind.RNN_RELU : CellKind.RNN_TANH, inputSize, hiddenSize, bias, seed);
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
