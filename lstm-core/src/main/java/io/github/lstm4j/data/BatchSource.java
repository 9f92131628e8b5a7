package io.github.lstm4j.data;

import java.util.Iterator;
import java.util.List;

/** Where a trainer gets its batches from. */
public interface BatchSource {
  /**
   * The batches of an epoch, in order. The same epoch gives the same batches every time.
   *
   * @param epoch which epoch, from 0: shuffling depends on it
   * @return the batches
   */
  Iterator<Batch> epoch(int epoch);

  /**
   * The same batches in every epoch.
   *
   * @param batches one or more
   * @return a source of them
   * @throws IllegalArgumentException if there are none
   */
  static BatchSource of(List<Batch> batches) {
    if (batches.isEmpty()) {
      throw new IllegalArgumentException("a source of batches was given none");
    }
    List<Batch> copy = List.copyOf(batches);
    return epoch -> copy.iterator();
  }
}
