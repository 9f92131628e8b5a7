package io.github.lstm4j.train;

import io.github.lstm4j.data.BatchSource;
import io.github.lstm4j.loss.Loss;
import io.github.lstm4j.model.SequenceModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** How a model is trained. Every method returns this, so options chain; {@link Trainer} reads them. */
public final class TrainerOptions {
  /** Of validation: after each epoch. Training counts updates from 1, so no number of them is this. */
  static final int EACH_EPOCH = 0;

  final Loss loss;
  Schedule schedule = Schedule.constant(1e-3);
  OptimizerOptions optimizer = Adam.Options.DEFAULT;
  final List<ParameterGroup> groups = new ArrayList<>();
  Clipping clipping = Clipping.NONE;
  int epochs = 1;
  long maxUpdates = Long.MAX_VALUE;
  int accumulate = 1;
  long seed;
  @Nullable ToDoubleFunction<SequenceModel> validation;
  int validateEvery = EACH_EPOCH;
  int patience = Integer.MAX_VALUE;
  @Nullable Path checkpoint;
  Consumer<EpochRecord> onEpoch = epoch -> {};
  Consumer<UpdateRecord> onUpdate = update -> {};

  /**
   * Defaults: one epoch of Adam at 1e-3, no clipping, no validation.
   *
   * @param loss what to make small
   */
  public TrainerOptions(Loss loss) {
    this.loss = Objects.requireNonNull(loss, "loss");
  }

  /**
   * Sets the learning rate.
   *
   * @param value constant over the training
   * @return this
   */
  public TrainerOptions rate(double value) {
    return schedule(Schedule.constant(value));
  }

  /**
   * Sets the learning rate over time.
   *
   * @param value the schedule
   * @return this
   */
  public TrainerOptions schedule(Schedule value) {
    schedule = Objects.requireNonNull(value, "schedule");
    return this;
  }

  /**
   * Sets the optimizer; Adam with PyTorch's defaults serves otherwise.
   *
   * @param value its settings, such as {@link Adam.Options#ADAMW}
   * @return this
   */
  public TrainerOptions optimizer(OptimizerOptions value) {
    optimizer = Objects.requireNonNull(value, "optimizer");
    return this;
  }

  /**
   * Adds a group of parameters with an optimizer's settings and a rate of their own. A parameter belongs to the first
   * group that takes it, and to the trainer's own settings if none does.
   *
   * @param group which parameters, and how
   * @return this
   */
  public TrainerOptions group(ParameterGroup group) {
    groups.add(Objects.requireNonNull(group, "group"));
    return this;
  }

  /**
   * Bounds the gradients.
   *
   * @param value by norm or by value
   * @return this
   */
  public TrainerOptions clipping(Clipping value) {
    clipping = Objects.requireNonNull(value, "clipping");
    return this;
  }

  /**
   * Sets how often the source is gone through.
   *
   * @param value 1 or more
   * @return this
   */
  public TrainerOptions epochs(int value) {
    epochs = atLeastOne("epochs", value);
    return this;
  }

  /**
   * Sets after how many updates training ends, in the middle of an epoch if need be; the source is gone through as
   * often as that takes.
   *
   * @param value 1 or more
   * @return this
   */
  public TrainerOptions updates(int value) {
    maxUpdates = atLeastOne("updates", value);
    epochs = Integer.MAX_VALUE;
    return this;
  }

  /**
   * Sets how many batches make one update: their gradients are averaged.
   *
   * @param value 1 or more
   * @return this
   */
  public TrainerOptions accumulate(int value) {
    accumulate = atLeastOne("accumulated batches", value);
    return this;
  }

  /**
   * Sets the seed of dropout masks.
   *
   * @param value any number
   * @return this
   */
  public TrainerOptions seed(long value) {
    seed = value;
    return this;
  }

  /**
   * Sets what the loss is measured on after each epoch. The parameters with the lowest validation loss are kept at the
   * end.
   *
   * @param source its batches
   * @return this
   */
  public TrainerOptions validation(BatchSource source) {
    return validateBy(model -> Trainer.evaluate(model, loss, source));
  }

  /**
   * Sets a measure of one's own that is taken after each epoch, in place of the loss on a source.
   *
   * @param measure of the model as it is; lower is better
   * @return this
   */
  public TrainerOptions validateBy(ToDoubleFunction<SequenceModel> measure) {
    validation = Objects.requireNonNull(measure, "measure");
    return this;
  }

  /**
   * Sets after how many updates the validation loss is measured, whatever the epochs do, and once more at the end if
   * updates are left over. An {@link EpochRecord}, {@link #patience}, the checkpoint and {@link #onEpoch} then count
   * these stretches of updates where they count epochs otherwise; {@link #epochs(int)} still counts how often the
   * source is gone through.
   *
   * @param updates 1 or more
   * @return this
   */
  public TrainerOptions validateEvery(int updates) {
    validateEvery = atLeastOne("updates between validations", updates);
    return this;
  }

  String recordName() {
    return validateEvery == EACH_EPOCH ? "epoch" : "validation";
  }

  /**
   * Sets after how many epochs without a lower validation loss training ends.
   *
   * @param value 1 or more
   * @return this
   */
  public TrainerOptions patience(int value) {
    patience = atLeastOne("patience", value);
    return this;
  }

  /**
   * Sets a file that holds the best parameters so far (without validation: the latest), written after an epoch.
   *
   * @param file a model file, replaced in one move
   * @return this
   */
  public TrainerOptions checkpoint(Path file) {
    checkpoint = file;
    return this;
  }

  /**
   * Sets who is told about each epoch.
   *
   * @param listener called on the training thread
   * @return this
   */
  public TrainerOptions onEpoch(Consumer<EpochRecord> listener) {
    onEpoch = Objects.requireNonNull(listener, "listener");
    return this;
  }

  /**
   * Sets who is told about each update.
   *
   * @param listener called on the training thread
   * @return this
   */
  public TrainerOptions onUpdate(Consumer<UpdateRecord> listener) {
    onUpdate = Objects.requireNonNull(listener, "listener");
    return this;
  }

  private static int atLeastOne(String option, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(option + " is " + value + "; expected 1 or more");
    }
    return value;
  }
}
