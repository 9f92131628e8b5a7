package io.github.lstm4j.cli.text;

import io.github.lstm4j.cli.Check;
import io.github.lstm4j.cli.Choices.Cell;
import io.github.lstm4j.layer.RecurrentOptions;
import io.github.lstm4j.model.ModelBuilder;
import io.github.lstm4j.model.SequenceModel;
import picocli.CommandLine.Option;

/** What {@code text train} trains, and how. */
final class NetworkArguments {
  /** Both weights of a layer together hold up to 8 times the square of it, and an int has to hold that number. */
  private static final int MOST_HIDDEN = 16_383;

  private static final int MOST_LAYERS = 100;
  private static final int MOST_THREADS = 1_024;

  @Option(
      names = "--cell",
      paramLabel = "KIND",
      description = "The kind of recurrent layer: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  Cell cell = Cell.LSTM;

  @Option(names = "--embedding", paramLabel = "SIZE",
      description = "The numbers that stand for a symbol. Default: ${DEFAULT-VALUE}.")
  int embedding = 64;

  @Option(names = "--hidden", paramLabel = "UNITS",
      description = "Hidden units of each layer. Default: ${DEFAULT-VALUE}.")
  int hidden = 256;

  @Option(names = "--layers", paramLabel = "N", description = "Stacked layers. Default: ${DEFAULT-VALUE}.")
  int layers = 2;

  @Option(
      names = "--dropout",
      paramLabel = "RATE",
      description = "The share of outputs dropped between stacked layers in training. Default: ${DEFAULT-VALUE}.")
  double dropout = 0;

  @Option(
      names = "--tied",
      description = "Use the numbers that stand for a symbol as its output weights too; expects --embedding as large as"
          + " --hidden.")
  boolean tied;

  @Option(names = "--batch", paramLabel = "N",
      description = "Parallel streams that the text is cut into. Default: ${DEFAULT-VALUE}.")
  int batch = 32;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "Symbols of each stream in an update: as far as gradients go back. The state goes on from update to"
          + " update. Default: ${DEFAULT-VALUE}.")
  int steps = 64;

  @Option(names = "--updates", paramLabel = "N",
      description = "Steps of the optimizer, Adam; the text is gone through as often as that takes. Default:"
          + " ${DEFAULT-VALUE}.")
  int updates = 600;

  @Option(
      names = "--evaluate",
      paramLabel = "N",
      description = "Measure the held-out loss after every N updates, and keep the weights with the lowest. Default:"
          + " only at the end.")
  int evaluate;

  @Option(names = "--lr", paramLabel = "RATE", description = "The learning rate. Default: ${DEFAULT-VALUE}.")
  double learningRate = 0.002;

  @Option(
      names = "--clip",
      paramLabel = "NORM",
      description = "The largest norm of the gradient; a longer one is scaled down. Default: ${DEFAULT-VALUE}.")
  double clip = 1;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "The seed of weights and dropout: one seed, the same bits. Default: ${DEFAULT-VALUE}.")
  long seed = 1;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads to train with; the result does not depend on it. Default: ${DEFAULT-VALUE}, as this"
          + " machine has processors.")
  int threads = Runtime.getRuntime().availableProcessors();

  void validate() {
    Check.within("--embedding", embedding, 1, MOST_HIDDEN);
    Check.within("--hidden", hidden, 1, MOST_HIDDEN);
    Check.within("--layers", layers, 1, MOST_LAYERS);
    Check.share("--dropout", dropout);
    Check.atLeast("--batch", batch, 1);
    Check.atLeast("--steps", steps, 1);
    Check.atLeast("--updates", updates, 1);
    Check.atLeast("--evaluate", evaluate, 0);
    Check.positive("--lr", learningRate);
    Check.positive("--clip", clip);
    Check.within("--threads", threads, 1, MOST_THREADS);
    if (dropout > 0 && layers == 1) {
      throw new IllegalArgumentException(
          "--dropout is " + dropout + " with --layers 1; it acts between layers, expected --layers 2 or more with it");
    }
    if (tied && embedding != hidden) {
      throw new IllegalArgumentException(
          "--tied with --embedding " + embedding + " and --hidden " + hidden + "; expected both of one size");
    }
  }

  /** The network: PyTorch's first values, so that a recipe carries over. */
  SequenceModel build(int symbols) {
    ModelBuilder builder =
        SequenceModel.builder(1)
            .embedding("embedding", symbols, embedding)
            .recurrent(
                "rnn",
                size -> RecurrentOptions.of(cell.kind(), size, hidden).withLayers(layers).withDropout((float) dropout));
    return (tied ? builder.tiedLinear("head") : builder.linear("head", symbols)).seed(seed).threads(threads).build();
  }
}
