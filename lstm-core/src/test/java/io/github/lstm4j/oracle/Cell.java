package io.github.lstm4j.oracle;

/** The recurrent cells of PyTorch. */
public enum Cell {
  /** nn.LSTM: rows i, f, g, o. */
  LSTM(4),
  /** nn.GRU: rows r, z, n. */
  GRU(3),
  /** nn.RNN with nonlinearity tanh. */
  RNN_TANH(1),
  /** nn.RNN with nonlinearity relu. */
  RNN_RELU(1);

  private final int gates;

  Cell(int gates) {
    this.gates = gates;
  }

  /**
   * The blocks of H rows in a weight.
   *
   * @return 4, 3 or 1
   */
  public int gates() {
    return gates;
  }
}
