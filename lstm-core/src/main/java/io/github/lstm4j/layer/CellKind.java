package io.github.lstm4j.layer;

/** The recurrent cells, with the number of gate blocks in their weights. */
public enum CellKind {
  /** Long short-term memory: gates i, f, g, o. */
  LSTM("lstm", 4),
  /** Gated recurrent unit: gates r, z, n. */
  GRU("gru", 3),
  /** Plain recurrence with tanh. */
  RNN_TANH("rnn_tanh", 1),
  /** Plain recurrence with max(x, 0). */
  RNN_RELU("rnn_relu", 1);

  private final String label;
  private final int gates;

  CellKind(String label, int gates) {
    this.label = label;
    this.gates = gates;
  }

  /**
   * The name in files and on the command line.
   *
   * @return a short name in lower case
   */
  public String label() {
    return label;
  }

  /**
   * The number of blocks of hidden_size rows in a weight.
   *
   * @return 4 for an LSTM
   */
  public int gates() {
    return gates;
  }

  /** How many of these blocks have their two products summed before activation: a GRU's n keeps them apart. */
  int summedGates() {
    return this == GRU ? 2 : gates;
  }

  /**
   * Whether there is a cell state beside the hidden state.
   *
   * @return true for an LSTM
   */
  public boolean hasCellState() {
    return this == LSTM;
  }
}
