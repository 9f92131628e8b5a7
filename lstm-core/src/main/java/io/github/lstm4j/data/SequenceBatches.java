package io.github.lstm4j.data;

import io.github.lstm4j.random.CounterRandom;
import java.util.Arrays;
import java.util.Iterator;
import java.util.stream.IntStream;

/**
 * Labelled sequences in batches. Each epoch goes through all of them once; shuffled, the order depends on (seed, epoch)
 * alone. Batches are as equal as can be. Sequences are not grouped by length: rows are packed, so nothing is computed
 * for steps that a sequence does not have.
 */
public final class SequenceBatches implements BatchSource {
  private static final long STREAM = CounterRandom.stream("SequenceBatches");

  private final LabelledSequences sequences;
  private final int batches;
  private final boolean shuffled;
  private final long seed;

  /**
   * Shuffled batches, for training.
   *
   * @param sequences what to go through; each has a label
   * @param batchSize sequences in a batch, about
   * @param seed of the shuffling
   * @throws IllegalArgumentException if the batch size is below 1, or a sequence has no label
   */
  public SequenceBatches(LabelledSequences sequences, int batchSize, long seed) {
    this(sequences, batchSize, true, seed);
    int unlabelled = IntStream.range(0, sequences.count())
        .filter(i -> sequences.get(i).label() == LabelledSequence.NO_LABEL)
        .findFirst()
        .orElse(-1);
    if (unlabelled >= 0) {
      throw new IllegalArgumentException(
          "sequence " + unlabelled + " has no label; expected a class for each sequence to train on");
    }
  }

  private SequenceBatches(LabelledSequences sequences, int batchSize, boolean shuffled, long seed) {
    if (batchSize < 1) {
      throw new IllegalArgumentException("batch size is " + batchSize + "; expected 1 or more");
    }
    this.sequences = sequences;
    this.batches = Math.max(1, Math.round((float) sequences.count() / batchSize));
    this.shuffled = shuffled;
    this.seed = seed;
  }

  /**
   * The same batches in every epoch, in the sequences' own order, for evaluation.
   *
   * @param sequences what to go through
   * @param batchSize sequences in a batch, about
   * @return a source of them
   * @throws IllegalArgumentException if the batch size is below 1
   */
  public static SequenceBatches inOrder(LabelledSequences sequences, int batchSize) {
    return new SequenceBatches(sequences, batchSize, false, 0);
  }

  @Override
  public Iterator<Batch> epoch(int epoch) {
    int count = sequences.count();
    int[] order =
        shuffled
            ? CounterRandom.permutation(seed, STREAM + epoch, count)
            : IntStream.range(0, count).toArray();
    return IntStream.range(0, batches)
        .mapToObj(batch -> sequences.batch(Arrays.copyOfRange(order, from(batch), from(batch + 1))))
        .iterator();
  }

  private int from(int batch) {
    return (int) ((long) sequences.count() * batch / batches);
  }
}
