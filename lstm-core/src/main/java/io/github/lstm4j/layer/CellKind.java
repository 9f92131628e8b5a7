package io.github.lstm4j.layer;

/** The recurrent cells, with the number of gate blocks in their weights. */
public enum CellKind {
  /** Long short-term memory: gates i, f, g, o. */
  LSTM("lstm", 4);

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
}
