package io.github.lstm4j.train;

import io.github.lstm4j.data.Batch;
import io.github.lstm4j.data.BatchSource;
import io.github.lstm4j.layer.Execution;
import io.github.lstm4j.layer.Mode;
import io.github.lstm4j.layer.Noise;
import io.github.lstm4j.layer.Parameter;
import io.github.lstm4j.loss.BadTargetException;
import io.github.lstm4j.loss.Loss;
import io.github.lstm4j.loss.LossSum;
import io.github.lstm4j.memory.Matrix;
import io.github.lstm4j.model.ModelPass;
import io.github.lstm4j.model.SequenceModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Trains a model: truncated back-propagation through time, with the state carried, detached, from batch to batch where
 * the source says that sequences go on.
 *
 * <pre>{@code
 * History history = new Trainer(model, new TrainerOptions(new MeanSquaredError())
 *     .rate(1e-2).clipping(new Clipping.ByNorm(1)).epochs(100).validation(validation).patience(10))
 *     .fit(training);
 * }</pre>
 *
 * <p>One seed gives the same bits in every run, with any kernels and any number of threads.
 */
public final class Trainer {
  private static final String REMEDY = ". A lower learning rate or clipping may help; so may a look at the data";

  private final SequenceModel model;
  private final TrainerOptions options;
  private final List<Parameter> parameters;
  private final Execution execution;

  /**
   * A trainer.
   *
   * @param model what to train
   * @param options how
   */
  public Trainer(SequenceModel model, TrainerOptions options) {
    this.model = model;
    this.options = options;
    this.parameters = List.copyOf(model.parameters());
    this.execution = model.execution();
  }

  /**
   * Trains. At the end the model has the parameters with the lowest validation loss, or the last ones without
   * validation.
   *
   * @param source the training batches
   * @return what happened
   * @throws TrainingException if a loss or gradient is not finite; the parameters are those before that update
   * @throws IllegalArgumentException if the source has no batch, one does not fit the model, or the schedule gives a
   *     rate that is negative or not finite
   */
  public History fit(BatchSource source) {
    Run run = new Run(source);
    try (run) {
      return run.fit();
    }
  }

  /**
   * The loss over a source, without training.
   *
   * @param model what to evaluate
   * @param loss what to measure
   * @param source the batches
   * @return the mean loss
   */
  public static double evaluate(SequenceModel model, Loss loss, BatchSource source) {
    LossSum sum = LossSum.ZERO;
    try (PassCache cache = new PassCache(model, Mode.INFERENCE)) {
      Iterator<Batch> batches = source.epoch(0);
      while (batches.hasNext()) {
        ModelPass pass = cache.load(batches.next());
        pass.forward(Noise.NONE);
        sum = sum.plus(loss.evaluate(model.execution(), pass.outputRows(), cache.target(), null, 1));
      }
    }
    if (sum.weight() == 0) {
      throw new IllegalArgumentException("the source to evaluate on has no batch, or all of its targets are ignored");
    }
    return sum.mean();
  }

  /** One call of fit: what changes while it runs. */
  private final class Run implements AutoCloseable {
    private final BatchSource source;
    private final Optimizer optimizer = new GroupedOptimizer(options, parameters, execution);
    private final PassCache cache = new PassCache(model, Mode.TRAINING);
    private final List<EpochRecord> epochs = new ArrayList<>();
    private final List<UpdateRecord> updates = new ArrayList<>();
    private final Snapshot best = new Snapshot(parameters);
    private double lowest = Double.POSITIVE_INFINITY;
    private int bestEpoch;
    private double rate;
    private long batchesSeen;
    private @Nullable Long updatesPerEpoch;
    private LossSum unrecorded = LossSum.ZERO; // of the updates since the last record
    private int recorded; // updates that records tell of

    Run(BatchSource source) {
      this.source = source;
    }

    History fit() {
      boolean goesOn = true;
      for (int epoch = 0; goesOn && epoch < options.epochs && updates.size() < options.maxUpdates; epoch++) {
        goesOn = epoch(epoch);
      }
      if (recorded < updates.size()) {
        record();
      }
      if (options.validation != null) {
        best.restore(parameters);
      }
      return new History(epochs, updates, bestEpoch);
    }

    /** Goes through the source once; false if training shall stop. */
    private boolean epoch(int epoch) {
      int before = updates.size();
      Iterator<Batch> batches = source.epoch(epoch);
      while (batches.hasNext() && updates.size() < options.maxUpdates) {
        // Taken before the first is computed: an epoch may end with fewer, and the average is over what there is.
        List<Batch> together = new ArrayList<>();
        while (together.size() < options.accumulate && batches.hasNext()) {
          together.add(batches.next());
        }
        model.zeroGradients();
        LossSum update = LossSum.ZERO;
        for (Batch batch : together) {
          update = update.plus(gradient(batch, 1.0 / together.size()));
        }
        if (update.weight() == 0) {
          throw new TrainingException(
              updates.size(), "training stopped at update " + updates.size() + ": all of its targets are ignored");
        }
        apply(update.mean());
        unrecorded = unrecorded.plus(update);
        if (updates.size() - recorded == options.validateEvery && !record()) {
          return false;
        }
      }
      if (updates.size() == before) {
        throw new IllegalArgumentException("the training source has no batch in epoch " + epoch);
      }
      updatesPerEpoch = (long) updates.size() - before;
      return options.validateEvery != TrainerOptions.EACH_EPOCH || record();
    }

    private LossSum gradient(Batch batch, double scale) {
      ModelPass pass = cache.load(batch);
      pass.forward(new Noise(options.seed, batchesSeen++));
      LossSum sum = loss(pass, scale);
      pass.backward();
      return sum;
    }

    private LossSum loss(ModelPass pass, double scale) {
      try {
        return options.loss.evaluate(execution, pass.outputRows(), cache.target(), pass.outputGradient(), scale);
      } catch (BadTargetException e) {
        throw new IllegalArgumentException(e.getMessage() + " (" + pass.place(e.row()) + " of its batch)", e);
      }
    }

    private void apply(double loss) {
      long update = updates.size();
      double norm = Clipping.globalNorm(execution, parameters);
      if (!Double.isFinite(loss) || !Double.isFinite(norm)) {
        throw new TrainingException(update, diagnosis(update, loss));
      }
      float scale = options.clipping.apply(parameters, norm);
      rate = options.schedule.rate(update, progress(update));
      if (!(rate >= 0) || Double.isInfinite(rate)) {
        throw new IllegalArgumentException(
            "the schedule gives a learning rate of " + rate + " at update " + update + "; expected 0 or more, finite");
      }
      optimizer.step(parameters, rate, scale);
      UpdateRecord record = new UpdateRecord(update, loss, norm);
      updates.add(record);
      options.onUpdate.accept(record);
    }

    /** The part of the training that is done; within the first epoch of unknown length it is taken to be the start. */
    private double progress(long update) {
      if (options.maxUpdates != Long.MAX_VALUE) {
        return (double) update / options.maxUpdates;
      }
      Long perEpoch = updatesPerEpoch;
      return perEpoch == null ? 0 : Math.min(1, (double) update / ((double) perEpoch * options.epochs));
    }

    private String diagnosis(long update, double loss) {
      StringBuilder text = new StringBuilder("training stopped at update " + update + ": ");
      text.append(Double.isFinite(loss) ? "" : "the loss is " + loss);
      parameters.stream()
          .filter(parameter -> parameter.trainable() && !finite(parameter.gradient()))
          .findFirst()
          .ifPresent(parameter -> text.append(Double.isFinite(loss) ? "" : " and ")
              .append("the gradient of ").append(parameter.name()).append(" is not finite"));
      text.append("; the parameters are those before this update").append(lastCheckpoint());
      return text.append(REMEDY).toString();
    }

    private String lastCheckpoint() {
      return options.checkpoint == null || bestEpoch == 0
          ? ""
          : ", the last checkpoint is " + options.checkpoint + " of " + options.recordName() + " " + bestEpoch;
    }

    private boolean finite(Matrix gradient) {
      return Double.isFinite(execution.kernels().sumOfSquares(gradient));
    }

    /** Validates, and records the updates since the last time; false if training shall stop. */
    private boolean record() {
      int number = epochs.size() + 1;
      ToDoubleFunction<SequenceModel> measure = options.validation;
      double validation = measure == null ? Double.NaN : measure.applyAsDouble(model);
      if (measure != null && !Double.isFinite(validation)) {
        best.restore(parameters);
        throw new TrainingException(
            updates.size(),
            "training stopped after " + options.recordName() + " " + number + ", update "
                + updates.size() + ": the validation loss is " + validation
                + (bestEpoch == 0 ? "" : "; the parameters are those of " + options.recordName() + " " + bestEpoch)
                + lastCheckpoint() + REMEDY);
      }
      boolean better = measure == null || validation < lowest;
      if (better) {
        lowest = validation;
        bestEpoch = number;
        if (measure != null) {
          best.take(parameters);
        }
        checkpoint();
      }
      double norm =
          updates.subList(recorded, updates.size()).stream().mapToDouble(UpdateRecord::gradientNorm).max().orElse(0);
      EpochRecord record =
          new EpochRecord(number, updates.size(), unrecorded.mean(), validation, norm, rate, better);
      epochs.add(record);
      unrecorded = LossSum.ZERO;
      recorded = updates.size();
      options.onEpoch.accept(record);
      return measure == null || number - bestEpoch < options.patience;
    }

    private void checkpoint() {
      if (options.checkpoint != null) {
        try {
          model.save(options.checkpoint, Map.of());
        } catch (IOException e) {
          throw new UncheckedIOException("the checkpoint " + options.checkpoint + " can't be written", e);
        }
      }
    }

    @Override
    public void close() {
      optimizer.close();
      cache.close();
    }
  }
}
