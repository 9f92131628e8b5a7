package io.github.lstm4j.layer;

import java.util.List;

/** The gates of recurrent cells, by what they do. Source of the names: torch.nn.LSTM and torch.nn.GRU. */
public enum Gate {
  /** An LSTM's i, 0 to 1: how much of the candidate enters the cell state. */
  INPUT,
  /** An LSTM's f, 0 to 1: how much of the cell state stays. */
  FORGET,
  /** An LSTM's g or a GRU's n, −1 to 1: the new value that may enter the state. */
  CANDIDATE,
  /** An LSTM's o, 0 to 1: how much of the cell state shows. */
  OUTPUT,
  /** A GRU's r, 0 to 1: how much of the past the candidate sees. */
  RESET,
  /** A GRU's z, 0 to 1: how much of the hidden state stays. */
  UPDATE;

  /**
   * The gates of a cell.
   *
   * @param cell which cell
   * @return its gates in the order of their blocks in PyTorch's weights; none for a plain recurrence
   */
  public static List<Gate> of(CellKind cell) {
    return switch (cell) {
      case LSTM -> List.of(INPUT, FORGET, CANDIDATE, OUTPUT);
      case GRU -> List.of(RESET, UPDATE, CANDIDATE);
      case RNN_TANH, RNN_RELU -> List.of();
    };
  }
}
