package io.github.lstm4j.layer;

import io.github.lstm4j.memory.Tensor;
import org.jspecify.annotations.Nullable;

/** One step of an LSTM: {@code nn.LSTMCell}. */
public final class LstmCell extends StepCell {
  /**
   * A cell with PyTorch's initialisation.
   *
   * @param inputSize features of the input
   * @param hiddenSize units of the state
   * @param bias whether there are biases
   * @param seed of its first values
   */
  public LstmCell(int inputSize, int hiddenSize, boolean bias, long seed) {
    super(CellKind.LSTM, inputSize, hiddenSize, bias, seed);
  }

  /**
   * One step.
   *
   * @param x [batch, input_size]
   * @param h the hidden state [batch, hidden_size], or null for zeros
   * @param c the cell state [batch, hidden_size], or null for zeros
   * @return the new states
   * @throws IllegalArgumentException if a shape is wrong
   */
  public State forward(Tensor x, @Nullable Tensor h, @Nullable Tensor c) {
    return step(x, h, c);
  }
}
