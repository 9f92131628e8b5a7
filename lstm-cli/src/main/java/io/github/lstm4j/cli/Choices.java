package io.github.lstm4j.cli;

import io.github.lstm4j.layer.CellKind;
import java.util.Locale;

/** The values of options that name one of a few things; each is written in lower case. */
public final class Choices {
  private Choices() {}

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /** {@code --missing}: what becomes of missing values. */
  public enum Missing {
    /** The first missing value is an error. */
    FAIL,
    /** A missing value repeats the one before. */
    FORWARD,
    /** A missing value lies on a line between its neighbours. */
    LINEAR,
    /** The row is left out. */
    DROP;

    @Override
    public String toString() {
      return lower(this);
    }
  }

  /** {@code --scaling}: how columns are brought to one size, fitted on the training part. */
  enum Scaling {
    NONE,
    STANDARD,
    MINMAX;

    @Override
    public String toString() {
      return lower(this);
    }
  }

  /** {@code --transform}: what is done to the column to forecast before scaling. */
  enum Transform {
    NONE,
    SQRT,
    LOG;

    @Override
    public String toString() {
      return lower(this);
    }
  }

  /** {@code --cell}: the kind of recurrent layer. */
  public enum Cell {
    /** Long short-term memory. */
    LSTM,
    /** Gated recurrent units. */
    GRU,
    /** A plain recurrent layer with tanh. */
    RNN;

    /**
     * What a model is built from.
     *
     * @return the library's name for it
     */
    public CellKind kind() {
      return switch (this) {
        case LSTM -> CellKind.LSTM;
        case GRU -> CellKind.GRU;
        case RNN -> CellKind.RNN_TANH;
      };
    }

    @Override
    public String toString() {
      return lower(this);
    }
  }

  /** {@code --nonlinearity}: the activation of a plain recurrent layer. */
  enum Nonlinearity {
    TANH,
    RELU;

    @Override
    public String toString() {
      return lower(this);
    }
  }
}
