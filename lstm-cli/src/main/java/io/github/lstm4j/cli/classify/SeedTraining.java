package io.github.lstm4j.cli.classify;

import io.github.lstm4j.cli.LossCurve;
import io.github.lstm4j.cli.Progress;
import io.github.lstm4j.data.LabelledSequences;
import io.github.lstm4j.data.Scaler;
import io.github.lstm4j.data.Scaling;
import io.github.lstm4j.data.SequenceBatches;
import io.github.lstm4j.data.StratifiedSplit;
import io.github.lstm4j.layer.CellKind;
import io.github.lstm4j.layer.RecurrentOptions;
import io.github.lstm4j.loss.CrossEntropy;
import io.github.lstm4j.model.ModelBuilder;
import io.github.lstm4j.model.SequenceModel;
import io.github.lstm4j.train.Clipping;
import io.github.lstm4j.train.EpochRecord;
import io.github.lstm4j.train.History;
import io.github.lstm4j.train.Trainer;
import io.github.lstm4j.train.TrainerOptions;
import org.jspecify.annotations.Nullable;

/**
 * The training of one seed: on a part of the training cases, the rest telling how many epochs serve best; then anew on
 * all of them for as many epochs. The test part is not looked at.
 */
final class SeedTraining {
  /** The forget gate starts open: what a cell holds, it keeps. Jozefowicz, Zaremba, Sutskever, ICML 2015. */
  private static final float FORGET_BIAS = 1;

  private final Cases cases;
  private final double validation;
  private final NetworkOptions options;
  private final long seed;

  SeedTraining(Cases cases, double validation, NetworkOptions options, long seed) {
    this.cases = cases;
    this.validation = validation;
    this.options = options;
    this.seed = seed;
  }

  /**
   * What a training comes to.
   *
   * @param losses of the run that chose the number of epochs
   * @param epochs the number that was chosen
   * @param model the network; whoever has it closes it
   * @param scaler of its input; null with texts
   */
  record Outcome(LossCurve losses, int epochs, SequenceModel model, @Nullable Scaler scaler) {
    LabelledSequences scaled(LabelledSequences sequences) {
      return scaler == null ? sequences : sequences.scaled(scaler);
    }
  }

  Outcome run(Progress progress) {
    LabelledSequences all = cases.training();
    StratifiedSplit split = StratifiedSplit.of(all.labels(), validation, seed);
    LabelledSequences fitted = all.select(split.kept());
    History history;
    progress.begin("seed " + seed, options.epochs);
    try (SequenceModel model = build()) {
      Scaler scaler = scaler(fitted);
      SequenceBatches held = SequenceBatches.inOrder(scaled(all.select(split.heldOut()), scaler), batch());
      history = train(model, scaled(fitted, scaler), progress,
          trainer().epochs(options.epochs).patience(options.patience(text())).validation(held));
    }
    progress.end();
    progress.begin("seed " + seed + ", refit", history.bestEpoch());
    Scaler scaler = scaler(all);
    SequenceModel model = build();
    try {
      train(model, scaled(all, scaler), progress, trainer().epochs(history.bestEpoch()));
    } catch (RuntimeException | Error e) {
      model.close();
      throw e;
    }
    progress.end();
    LossCurve losses =
        new LossCurve(
            history.epochs().stream().mapToDouble(EpochRecord::trainingLoss).toArray(),
            history.epochs().stream().mapToDouble(EpochRecord::validationLoss).toArray());
    return new Outcome(losses, history.bestEpoch(), model, scaler);
  }

  private boolean text() {
    return cases.symbols() != null;
  }

  private int batch() {
    return options.batch(text());
  }

  private @Nullable Scaler scaler(LabelledSequences fitted) {
    return text() ? null : Scaler.fit(fitted.steps(), Scaling.STANDARD);
  }

  private static LabelledSequences scaled(LabelledSequences sequences, @Nullable Scaler scaler) {
    return scaler == null ? sequences : sequences.scaled(scaler);
  }

  private SequenceModel build() {
    ModelBuilder model = SequenceModel.builder(cases.training().channels());
    SymbolTable symbols = cases.symbols();
    if (symbols != null) {
      model.embedding("embedding", symbols.size(), options.embedding);
    }
    if (options.inputDropout > 0) {
      model.dropout("input", (float) options.inputDropout);
    }
    model.recurrent("rnn", this::layer);
    switch (options.pool) {
      case LAST -> model.lastStep();
      case MEAN -> model.meanOverTime();
      case MAX -> model.maxOverTime();
    }
    if (options.dropout > 0) {
      model.dropout("pooled", (float) options.dropout);
    }
    return model.linear("head", cases.training().classes().size()).seed(seed).threads(options.threads).build();
  }

  private RecurrentOptions layer(int size) {
    CellKind cell =
        switch (options.cell) {
          case LSTM -> CellKind.LSTM;
          case GRU -> CellKind.GRU;
          case RNN -> CellKind.RNN_TANH;
        };
    RecurrentOptions layer =
        RecurrentOptions.of(cell, size, options.hidden(text()))
            .withLayers(options.layers)
            .withBidirectional(options.bidirectional)
            .withDropout(options.layers > 1 ? (float) options.dropout : 0);
    return cell == CellKind.LSTM ? layer.withForgetBias(FORGET_BIAS) : layer;
  }

  private TrainerOptions trainer() {
    return new TrainerOptions(new CrossEntropy())
        .rate(options.rate)
        .clipping(new Clipping.ByNorm(options.clip))
        .seed(seed);
  }

  private History train(
      SequenceModel model, LabelledSequences sequences, Progress progress, TrainerOptions trainer) {
    trainer.onEpoch(epoch -> progress.epoch(epoch.epoch(), epoch.trainingLoss(), epoch.validationLoss()));
    return new Trainer(model, trainer).fit(new SequenceBatches(sequences, batch(), seed));
  }
}
