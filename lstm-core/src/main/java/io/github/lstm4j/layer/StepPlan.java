package io.github.lstm4j.layer;

import io.github.lstm4j.kernels.RowOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntBinaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How a batch of sequences lies in rows, and which rows a time step works on.
 *
 * <p>Rows are time-major and packed: sequences are sorted by descending length (stably), so the sequences that are
 * still running at step t are the first {@code active(t)}, and step t owns rows
 * {@code offset(t) … offset(t) + active(t) − 1}. Nothing is padded, so nothing is computed in vain.
 *
 * <p>States lie in a matrix of {@code batch + rows} rows: first the initial states of all sequences, then the states
 * after each row. So "the previous state" is always a range of rows of the same matrix, for both directions, and the
 * backward pass can accumulate into it.
 */
public final class StepPlan {
  private final int batch;
  private final int steps;
  private final int @Nullable [] lengths;
  private final int[] sequence; // position after sorting -> index in the user's batch
  private final int[] active;
  private final int[] offset;
  private final int rows;

  private StepPlan(int batch, int steps, int @Nullable [] lengths) {
    this.batch = batch;
    this.steps = steps;
    this.lengths = lengths;
    this.sequence = sort(batch, lengths);
    int longest = lengths == null ? steps : lengths[sequence[0]];
    this.active = new int[longest];
    this.offset = new int[longest];
    int row = 0;
    for (int t = 0; t < longest; t++) {
      active[t] = countActive(t);
      offset[t] = row;
      row += active[t];
    }
    this.rows = row;
  }

  /**
   * Sequences of the same length.
   *
   * @param batch number of sequences, 1 or more
   * @param steps time steps of each, 1 or more
   * @return the plan
   * @throws IllegalArgumentException if the batch or the sequences are empty, or there are more steps in all than an
   *     int counts
   */
  public static StepPlan of(int batch, int steps) {
    check(batch, steps);
    checkTotal(batch, (long) batch * steps);
    return new StepPlan(batch, steps, null);
  }

  /**
   * Sequences of their own lengths.
   *
   * @param steps time steps of the padded input
   * @param lengths a length for each sequence, 1 to steps, in any order
   * @return the plan
   * @throws IllegalArgumentException if a length is out of range; the message names the sequence; or if there are more
   *     steps than an int counts
   */
  public static StepPlan of(int steps, int[] lengths) {
    check(lengths.length, steps);
    long total = 0;
    for (int b = 0; b < lengths.length; b++) {
      if (lengths[b] < 1 || lengths[b] > steps) {
        throw new IllegalArgumentException(
            "lengths[" + b + "] is " + lengths[b] + "; expected 1 to " + steps + ", the steps of the input");
      }
      total += lengths[b];
    }
    checkTotal(lengths.length, total);
    boolean full = total == (long) lengths.length * steps;
    return new StepPlan(lengths.length, steps, full ? null : lengths.clone());
  }

  private static void check(int batch, int steps) {
    if (batch < 1 || steps < 1) {
      throw new IllegalArgumentException("batch " + batch + " of " + steps + " steps; expected 1 or more of both");
    }
  }

  /** States are counted by an int: an initial one for each sequence, and one after each time step. */
  private static void checkTotal(int batch, long total) {
    if (batch + total > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "batch " + batch + " has " + total + " time steps in all; expected at most " + (Integer.MAX_VALUE - batch)
              + ": use smaller batches or fewer steps");
    }
  }

  private static int[] sort(int batch, int @Nullable [] lengths) {
    if (lengths == null) {
      int[] identity = new int[batch];
      for (int b = 0; b < batch; b++) {
        identity[b] = b;
      }
      return identity;
    }
    return IntStream.range(0, batch)
        .boxed()
        .sorted((a, b) -> Integer.compare(lengths[b], lengths[a]))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private int countActive(int step) {
    if (lengths == null) {
      return batch;
    }
    int count = 0;
    while (count < batch && lengths[sequence[count]] > step) {
      count++;
    }
    return count;
  }

  /**
   * Number of sequences.
   *
   * @return 1 or more
   */
  public int batch() {
    return batch;
  }

  /**
   * Time steps of the padded input and output.
   *
   * @return 1 or more
   */
  public int steps() {
    return steps;
  }

  /**
   * Rows of all steps together.
   *
   * @return the sum of all lengths
   */
  public int rows() {
    return rows;
  }

  /**
   * The longest sequence.
   *
   * @return the number of steps that have rows
   */
  public int longest() {
    return active.length;
  }

  /**
   * Sequences running at a step.
   *
   * @param step 0 to longest − 1
   * @return how many
   */
  public int active(int step) {
    return active[step];
  }

  /**
   * Where a step's rows start.
   *
   * @param step 0 to longest − 1
   * @return the first row
   */
  public int offset(int step) {
    return offset[step];
  }

  /**
   * Which sequence of the user's batch stands at a position after sorting.
   *
   * @param position 0 to batch − 1
   * @return its index in the batch
   */
  public int sequence(int position) {
    return sequence[position];
  }

  /**
   * The length of a sequence.
   *
   * @param position its position after sorting
   * @return its time steps
   */
  public int length(int position) {
    return lengths == null ? steps : lengths[sequence[position]];
  }

  /**
   * Where the state after a sequence's last computed step stands, in the matrix of states.
   *
   * @param position the sequence's position after sorting
   * @param reverse whether time runs backwards: then the last computed step is step 0
   * @return the row
   */
  public int finalState(int position, boolean reverse) {
    return batch + offset[reverse ? 0 : length(position) - 1] + position;
  }

  /** Where the state before (step, position) stands, in the matrix of states. */
  private int previous(int step, int position, boolean reverse) {
    int before = reverse ? step + 1 : step - 1;
    boolean starts = before < 0 || before == active.length || position >= active[before];
    return starts ? position : batch + offset[before] + position;
  }

  /**
   * The runs of a time loop: ranges of rows that are computed by one call each, in order.
   *
   * @param reverse whether time runs backwards
   * @param from the first position of the batch (after sorting)
   * @param to one past the last
   * @param range which steps
   * @return the runs of these sequences
   */
  List<Run> runs(boolean reverse, int from, int to, StepRange range) {
    List<Run> runs = new ArrayList<>();
    for (int i = 0; i < range.count(); i++) {
      int step = reverse ? range.to() - 1 - i : range.from() + i;
      int end = Math.min(to, active[step]);
      int start = from;
      while (start < end) {
        int previous = previous(step, start, reverse);
        int count = 1;
        while (start + count < end && previous(step, start + count, reverse) == previous + count) {
          count++;
        }
        runs.add(new Run(offset[step] + start, previous, start, count, previous < batch));
        start += count;
      }
    }
    return runs;
  }

  /**
   * A range of rows that one call computes.
   *
   * @param row the first row
   * @param previous the first row of the previous states, in the matrix of states
   * @param position the first sequence's position in the sorted batch
   * @param count how many rows
   * @param starts whether the previous states are initial ones, those of all rows: they follow each other in the matrix
   *     of states, where no computed one follows an initial one of the same run
   */
  record Run(int row, int previous, int position, int count, boolean starts) {}

  /** Rows met with rows, by descending time, then ascending position. */
  RowOrder inputOrder() {
    return order((step, position) -> offset[step] + position);
  }

  /** Rows met with the previous states, by descending time, then ascending position. */
  RowOrder recurrentOrder(boolean reverse) {
    return order((step, position) -> previous(step, position, reverse));
  }

  private RowOrder order(IntBinaryOperator partner) {
    int[] left = new int[rows];
    int[] right = new int[rows];
    int p = 0;
    for (int step = active.length - 1; step >= 0; step--) {
      for (int position = 0; position < active[step]; position++) {
        left[p] = offset[step] + position;
        right[p++] = partner.applyAsInt(step, position);
      }
    }
    return RowOrder.of(left, right);
  }

  /**
   * Whether another batch lies in the same rows in the same order, so that a pass can be used again.
   *
   * @param other another plan
   * @return true if nothing differs
   */
  public boolean sameAs(StepPlan other) {
    return batch == other.batch && steps == other.steps && Arrays.equals(lengths, other.lengths);
  }
}
