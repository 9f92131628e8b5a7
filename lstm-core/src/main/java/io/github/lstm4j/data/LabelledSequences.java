package io.github.lstm4j.data;

import io.github.lstm4j.memory.Tensor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Sequences of variable length, each of one of a few classes, with the same channels. It is immutable; sequences count
 * from 0 in every method and every message.
 *
 * <p>The usual order: {@link TsFile#read} → {@link #completed} → {@link StratifiedSplit#of} → {@link #select} →
 * {@link Scaler#fit} on {@link #steps()} of the training part → {@link #scaled} of everything →
 * {@link SequenceBatches}.
 */
public final class LabelledSequences {
  private final List<String> classes;
  private final List<LabelledSequence> sequences;

  private LabelledSequences(List<String> classes, List<LabelledSequence> sequences) {
    this.classes = classes;
    this.sequences = sequences;
  }

  /**
   * Sequences.
   *
   * @param classes the names of the classes; labels are indices of it
   * @param sequences one or more
   * @return the sequences
   * @throws IllegalArgumentException if there is none, a class has no name or that of another, a label is no index of a
   *     class, or two sequences have different channels
   */
  public static LabelledSequences of(List<String> classes, List<LabelledSequence> sequences) {
    if (new HashSet<>(classes).size() != classes.size() || classes.stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException(
          "the classes are " + classes + "; expected different names, none of them blank");
    }
    if (sequences.isEmpty()) {
      throw new IllegalArgumentException("there are no sequences; expected 1 or more");
    }
    int channels = sequences.getFirst().channels();
    for (int i = 0; i < sequences.size(); i++) {
      LabelledSequence sequence = sequences.get(i);
      if (sequence.label() >= classes.size()) {
        throw new IllegalArgumentException(
            "the label of sequence " + i + " is " + sequence.label() + "; expected 0 to " + (classes.size() - 1)
                + ", an index of " + classes);
      }
      if (sequence.channels() != channels) {
        throw new IllegalArgumentException(
            "sequence " + i + " has " + sequence.channels() + " channels; expected " + channels + " as sequence 0 has");
      }
    }
    return new LabelledSequences(List.copyOf(classes), List.copyOf(sequences));
  }

  /**
   * The names of the classes.
   *
   * @return in the order of the labels
   */
  public List<String> classes() {
    return classes;
  }

  /**
   * How many sequences there are.
   *
   * @return 1 or more
   */
  public int count() {
    return sequences.size();
  }

  /**
   * How many values each step has.
   *
   * @return 1 or more
   */
  public int channels() {
    return sequences.getFirst().channels();
  }

  /**
   * One of the sequences.
   *
   * @param index which one
   * @return the sequence
   */
  public LabelledSequence get(int index) {
    return sequences.get(index);
  }

  /**
   * The labels.
   *
   * @return one for each sequence
   */
  public int[] labels() {
    return sequences.stream().mapToInt(LabelledSequence::label).toArray();
  }

  /**
   * How often each class occurs.
   *
   * @return one number for each class; sequences without a label are in none
   */
  public int[] classCounts() {
    int[] counts = new int[classes.size()];
    for (LabelledSequence sequence : sequences) {
      if (sequence.label() != LabelledSequence.NO_LABEL) {
        counts[sequence.label()]++;
      }
    }
    return counts;
  }

  /**
   * Some of the sequences.
   *
   * @param indices which ones, in which order; one or more
   * @return those, with the same classes
   * @throws IllegalArgumentException if there is none
   */
  public LabelledSequences select(int... indices) {
    return of(classes, IntStream.of(indices).mapToObj(sequences::get).toList());
  }

  /**
   * The steps of all sequences, one below the other, to fit a {@link Scaler} on.
   *
   * @return a series of the columns {@code channel 0}, {@code channel 1} and so on
   */
  public Series steps() {
    return series(sequences);
  }

  private static Series series(List<LabelledSequence> sequences) {
    int channels = sequences.getFirst().channels();
    int rows = sequences.stream().mapToInt(LabelledSequence::length).reduce(0, Math::addExact);
    List<String> names = IntStream.range(0, channels).mapToObj(c -> "channel " + c).toList();
    double[][] columns = new double[channels][rows];
    int row = 0;
    for (LabelledSequence sequence : sequences) {
      float[] values = sequence.values().data();
      for (int step = 0; step < sequence.length(); step++, row++) {
        for (int c = 0; c < channels; c++) {
          columns[c][row] = values[step * channels + c];
        }
      }
    }
    return Series.ofColumns(names, columns, rows);
  }

  /**
   * The sequences with every channel scaled.
   *
   * @param scaler fitted on the {@link #steps()} of the training part
   * @return as many sequences of the same lengths and labels
   * @throws IllegalArgumentException if a channel was not fitted, or a value overflows (the message names the sequence)
   */
  public LabelledSequences scaled(Scaler scaler) {
    return each(scaler::transform);
  }

  /**
   * The sequences without their missing values, each filled from itself alone.
   *
   * @param how what is done about missing values
   * @return as many sequences with the same labels
   * @throws IllegalArgumentException if a value can't be filled (the message names the sequence, the channel as a
   *     column and the step as a row)
   */
  public LabelledSequences completed(MissingValues how) {
    return each(how::applyTo);
  }

  /** What is done to a sequence as a series of its own. */
  @FunctionalInterface
  private interface SeriesChange {
    Series apply(Series series);
  }

  private LabelledSequences each(SeriesChange change) {
    List<LabelledSequence> changed = new ArrayList<>();
    for (int i = 0; i < sequences.size(); i++) {
      LabelledSequence sequence = sequences.get(i);
      try {
        Series series = change.apply(series(List.of(sequence)));
        changed.add(new LabelledSequence(tensor(series), sequence.label()));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("sequence " + i + ": " + e.getMessage(), e);
      }
    }
    return of(classes, changed);
  }

  private static Tensor tensor(Series series) {
    int channels = series.names().size();
    Tensor values = Tensor.zeros(series.rows(), channels);
    for (int step = 0; step < series.rows(); step++) {
      for (int c = 0; c < channels; c++) {
        values.data()[step * channels + c] = (float) series.value(step, c);
      }
    }
    return values;
  }

  /**
   * Some of the sequences as a batch: as many steps as the longest has, the lengths telling which are valid.
   *
   * @param indices which ones, in which order; one or more
   * @return input [batch, steps, channels], target [batch, 1], the class index
   * @throws IllegalArgumentException if there is none
   */
  public Batch batch(int... indices) {
    int steps = 0;
    int[] lengths = new int[indices.length];
    for (int i = 0; i < indices.length; i++) {
      lengths[i] = sequences.get(indices[i]).length();
      steps = Math.max(steps, lengths[i]);
    }
    Tensor input = Tensor.zeros(indices.length, steps, channels());
    Tensor target = Tensor.zeros(indices.length, 1);
    for (int i = 0; i < indices.length; i++) {
      LabelledSequence sequence = sequences.get(indices[i]);
      float[] values = sequence.values().data();
      System.arraycopy(values, 0, input.data(), i * steps * channels(), values.length);
      target.data()[i] = sequence.label();
    }
    return new Batch(input, target, lengths, false);
  }
}
