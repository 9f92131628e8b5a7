package io.github.lstm4j.train;

import java.util.List;

/**
 * The course of a training.
 *
 * @param epochs one record an epoch, or one for each {@link TrainerOptions#validateEvery} updates
 * @param updates one record an update
 * @param bestEpoch the number of the record whose parameters the model has now, from 1; the last one where there is no
 *     validation
 */
public record History(List<EpochRecord> epochs, List<UpdateRecord> updates, int bestEpoch) {
  /**
   * A history.
   *
   * @param epochs one record an epoch
   * @param updates one record an update
   * @param bestEpoch the epoch whose parameters the model has now, from 1
   */
  public History {
    epochs = List.copyOf(epochs);
    updates = List.copyOf(updates);
  }

  /**
   * The record of the epoch whose parameters the model has now.
   *
   * @return the best epoch
   */
  public EpochRecord best() {
    return epochs.get(bestEpoch - 1);
  }
}
