package io.github.lstm4j.cli;

import java.util.Locale;

/** The values of options that name one of a few things; each is written in lower case. */
final class Choices {
  private Choices() {}

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /** {@code --missing}: what becomes of missing values. */
  enum Missing {
    FAIL,
    FORWARD,
    LINEAR,
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
    LOG,
    SQRT,
    DIFFERENCE;

    @Override
    public String toString() {
      return lower(this);
    }
  }

  /** {@code --cell}: the kind of recurrent layer. */
  enum Cell {
    LSTM,
    GRU,
    RNN;

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
