package io.github.lstm4j.data;

import io.github.lstm4j.memory.Tensor;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Sequences with what a network should make of them.
 *
 * @param input [batch, steps, features]; token ids are features of size 1
 * @param target [batch, steps, outputs] for a network with an output at each step, [batch, outputs] for one that pools
 *     over time; class indices are outputs of size 1
 * @param lengths the valid steps of each sequence, or null where all are valid
 * @param continues whether the sequences go on where the previous batch of the source stopped: then the state is
 *     carried
 */
@SuppressWarnings("ArrayRecordComponent") // a parameter object: nobody compares it
public record Batch(Tensor input, Tensor target, int @Nullable [] lengths, boolean continues) {
  /**
   * A batch of whole sequences of the same length, starting afresh.
   *
   * @param input [batch, steps, features]
   * @param target [batch, steps, outputs] or [batch, outputs]
   * @return the batch
   */
  public static Batch of(Tensor input, Tensor target) {
    return new Batch(input, target, null, false);
  }

  /**
   * The same sequences as the continuation of those of the previous batch: the state is carried.
   *
   * @return a new batch over the same tensors
   */
  public Batch continuing() {
    return new Batch(input, target, lengths, true);
  }

  /**
   * The same sequences with lengths of their own.
   *
   * @param valid the valid steps of each sequence
   * @return a new batch over the same tensors
   * @throws IllegalArgumentException if there is not a length of 1 to steps for each sequence
   */
  public Batch withLengths(int... valid) {
    return new Batch(input, target, valid, continues);
  }

  /**
   * A batch.
   *
   * @throws IllegalArgumentException if the shapes do not fit each other (the message names both), or there is not a
   *     length of 1 to steps for each sequence
   */
  public Batch {
    boolean shaped = input.rank() == 3 && (target.rank() == 2 || target.rank() == 3);
    if (!shaped || input.size(0) != target.size(0) || (target.rank() == 3 && input.size(1) != target.size(1))) {
      throw new IllegalArgumentException(
          "input " + input.shapeText() + " with target " + target.shapeText()
              + "; expected [batch, steps, features] with [batch, steps, outputs] or [batch, outputs]");
    }
    if (input.size(0) == 0 || input.size(1) == 0) {
      throw new IllegalArgumentException(
          "input " + input.shapeText() + " is empty; expected a sequence and a step or more");
    }
    if (lengths != null) {
      checkLengths(lengths, input);
    }
  }

  private static void checkLengths(int[] lengths, Tensor input) {
    boolean fits = Arrays.stream(lengths).allMatch(length -> length >= 1 && length <= input.size(1));
    if (lengths.length != input.size(0) || !fits) {
      throw new IllegalArgumentException(
          "lengths are " + Arrays.toString(lengths) + " for input " + input.shapeText() + "; expected "
              + input.size(0) + " of them, 1 to " + input.size(1));
    }
  }
}
