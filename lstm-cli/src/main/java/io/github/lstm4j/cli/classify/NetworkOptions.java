package io.github.lstm4j.cli.classify;

import io.github.lstm4j.cli.Check;
import io.github.lstm4j.cli.Choices.Cell;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is trained and how: the options that {@code classify train} shows under "Network and training". */
final class NetworkOptions {
  private static final int MOST_HIDDEN = 16_383;
  private static final int MOST_LAYERS = 100;
  private static final int MOST_THREADS = 1_024;

  /** {@code --pool}: what becomes of the outputs of all steps. */
  enum Pool {
    LAST,
    MEAN,
    MAX;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Option(names = "--cell", paramLabel = "KIND",
      description = "The kind of recurrent layer: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  Cell cell = Cell.LSTM;

  @Option(names = "--hidden", paramLabel = "UNITS",
      description = "Hidden units of each layer and direction. Default: 64, with text 128.")
  @Nullable Integer hidden;

  @Option(names = "--layers", paramLabel = "N", description = "Stacked layers. Default: ${DEFAULT-VALUE}.")
  int layers = 1;

  @Option(
      names = "--bidirectional",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "Whether each layer also reads from the end. Default: ${DEFAULT-VALUE}.")
  boolean bidirectional = true;

  @Option(
      names = "--pool",
      paramLabel = "HOW",
      description = "What the class is told from: the outputs' ${COMPLETION-CANDIDATES} over a sequence's own steps."
          + " Default: ${DEFAULT-VALUE}.")
  Pool pool = Pool.MEAN;

  @Option(names = "--embedding", paramLabel = "SIZE",
      description = "Features of a character, with text. Default: ${DEFAULT-VALUE}.")
  int embedding = 32;

  @Option(
      names = "--dropout",
      paramLabel = "RATE",
      description = "The share of outputs dropped in training, between layers and below the last one."
          + " Default: ${DEFAULT-VALUE}.")
  double dropout = 0.4;

  @Option(names = "--input-dropout", paramLabel = "RATE",
      description = "The share of inputs dropped in training. Default: ${DEFAULT-VALUE}.")
  double inputDropout = 0.2;

  @Option(names = "--epochs", paramLabel = "N",
      description = "The most passes over the training cases. Default: ${DEFAULT-VALUE}.")
  int epochs = 150;

  @Option(
      names = "--patience",
      paramLabel = "N",
      description = "Stop after so many epochs without a lower validation loss. Default: 30, with text 4.")
  @Nullable Integer patience;

  @Option(names = "--batch", paramLabel = "N",
      description = "Cases in a batch. Default: 32, with text 64.")
  @Nullable Integer batch;

  @Option(names = "--lr", paramLabel = "RATE", description = "Adam's learning rate. Default: ${DEFAULT-VALUE}.")
  double rate = 0.002;

  @Option(names = "--clip", paramLabel = "NORM",
      description = "The largest norm of the gradient; a longer one is scaled down. Default: ${DEFAULT-VALUE}.")
  double clip = 1;

  @Option(names = "--seed", paramLabel = "N",
      description = "The seed of weights, validation part, shuffling and dropout: one seed, the same bits."
          + " Default: ${DEFAULT-VALUE}.")
  long seed = 1;

  @Option(names = "--seeds", paramLabel = "K",
      description = "Train with K seeds from --seed on and report mean and spread. Default: ${DEFAULT-VALUE}.")
  int seeds = 1;

  @Option(names = "--threads", paramLabel = "N",
      description = "Threads to train with; the result does not depend on it. Default: ${DEFAULT-VALUE}, as this"
          + " machine has processors.")
  int threads = Runtime.getRuntime().availableProcessors();

  int hidden(boolean text) {
    return hidden == null ? (text ? 128 : 64) : hidden;
  }

  int patience(boolean text) {
    return patience == null ? (text ? 4 : 30) : patience;
  }

  int batch(boolean text) {
    return batch == null ? (text ? 64 : 32) : batch;
  }

  void validate() {
    Check.within("--hidden", hidden(false), 1, MOST_HIDDEN);
    Check.within("--layers", layers, 1, MOST_LAYERS);
    Check.atLeast("--embedding", embedding, 1);
    Check.share("--dropout", dropout);
    Check.share("--input-dropout", inputDropout);
    Check.atLeast("--epochs", epochs, 1);
    Check.atLeast("--patience", patience(false), 1);
    Check.atLeast("--batch", batch(false), 1);
    Check.positive("--lr", rate);
    Check.positive("--clip", clip);
    Check.atLeast("--seeds", seeds, 1);
    Check.within("--threads", threads, 1, MOST_THREADS);
  }
}
