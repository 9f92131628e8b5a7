package io.github.lstm4j.cli;

import io.github.lstm4j.cli.Choices.Cell;
import picocli.CommandLine.Option;

/** What is trained and how: the options that {@code forecast} shows under "Network" and "Training". */
final class TrainingOptions {
  /** Both weights of a layer together hold up to 8 times the square of it, and an int has to hold that number. */
  private static final int MOST_HIDDEN = 16_383;

  private static final int MOST_LAYERS = 100;
  private static final int MOST_THREADS = 1_024;

  @Option(
      names = "--cell",
      paramLabel = "KIND",
      description = "The kind of recurrent layer: ${COMPLETION-CANDIDATES}. Default:"
          + " ${DEFAULT-VALUE}.")
  Cell cell = Cell.LSTM;

  @Option(
      names = "--window",
      paramLabel = "ROWS",
      description = "Rows of a training window (truncated back-propagation through time); when forecasting, the state"
          + " is carried from the first row. Default: ${DEFAULT-VALUE}.")
  int window = 64;

  @Option(names = "--hidden", paramLabel = "UNITS",
      description = "Hidden units of each layer. Default: ${DEFAULT-VALUE}.")
  int hidden = 32;

  @Option(names = "--layers", paramLabel = "N", description = "Stacked layers. Default: ${DEFAULT-VALUE}.")
  int layers = 1;

  @Option(
      names = "--dropout",
      paramLabel = "RATE",
      description = "The share of outputs dropped between stacked layers in training. Default: ${DEFAULT-VALUE}.")
  double dropout = 0;

  @Option(names = "--epochs", paramLabel = "N",
      description = "The most passes over the training rows. Default: ${DEFAULT-VALUE}.")
  int epochs = 400;

  @Option(
      names = "--patience",
      paramLabel = "N",
      description = "Stop after so many epochs without a lower validation loss; the best weights are kept."
          + " Default: ${DEFAULT-VALUE}.")
  int patience = 15;

  @Option(names = "--batch", paramLabel = "N", description = "Windows in a batch. Default: ${DEFAULT-VALUE}.")
  int batch = 32;

  @Option(names = "--lr", paramLabel = "RATE", description = "Adam's learning rate. Default: ${DEFAULT-VALUE}.")
  double learningRate = 0.002;

  @Option(
      names = "--clip",
      paramLabel = "NORM",
      description = "The largest norm of the gradient; a longer one is scaled down. Default: ${DEFAULT-VALUE}.")
  double clip = 1;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "The seed of weights, shuffling and dropout: one seed, the same bits. Default: ${DEFAULT-VALUE}.")
  long seed = 1;

  @Option(
      names = "--seeds",
      paramLabel = "K",
      description = "Train with K seeds from --seed on and report the mean error as well. Default: ${DEFAULT-VALUE}.")
  int seeds = 1;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads to train with; the result does not depend on it. Default: ${DEFAULT-VALUE}, as this"
          + " machine has processors.")
  int threads = Runtime.getRuntime().availableProcessors();

  /** Checks every value. */
  void validate() {
    Check.atLeast("--window", window, 1);
    Check.within("--hidden", hidden, 1, MOST_HIDDEN);
    Check.within("--layers", layers, 1, MOST_LAYERS);
    Check.share("--dropout", dropout);
    Check.atLeast("--epochs", epochs, 1);
    Check.atLeast("--patience", patience, 1);
    Check.atLeast("--batch", batch, 1);
    Check.positive("--lr", learningRate);
    Check.positive("--clip", clip);
    Check.atLeast("--seeds", seeds, 1);
    Check.within("--threads", threads, 1, MOST_THREADS);
    if (dropout > 0 && layers == 1) {
      throw new IllegalArgumentException(
          "--dropout is " + dropout + " with --layers 1; it acts between layers, expected --layers 2 or more with it");
    }
  }
}
