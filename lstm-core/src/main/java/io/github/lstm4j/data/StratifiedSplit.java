package io.github.lstm4j.data;

import io.github.lstm4j.random.CounterRandom;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A random split in two parts that hold every class in the same proportion, as nearly as whole numbers allow.
 *
 * @param kept indices of the larger part, ascending
 * @param heldOut indices of the part that is held out, ascending
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record StratifiedSplit(int[] kept, int[] heldOut) {
  private static final long STREAM = CounterRandom.stream("StratifiedSplit");

  /**
   * Splits each class on its own. The share is rounded to whole numbers class by class, but at least one of a class is
   * kept, and of a class of two or more at least one is held out.
   *
   * @param labels a class index for each element
   * @param share the part of each class to hold out, above 0 and below 1
   * @param seed of the choice; it depends on (seed, labels, share) alone
   * @return the split
   * @throws IllegalArgumentException if the share is out of range, a label is negative, or no class has two elements
   */
  public static StratifiedSplit of(int[] labels, double share, long seed) {
    if (!(share > 0 && share < 1)) {
      throw new IllegalArgumentException("the share to hold out is " + share + "; expected above 0 and below 1");
    }
    boolean[] held = new boolean[labels.length];
    for (int label : IntStream.of(labels).distinct().sorted().toArray()) {
      if (label < 0) {
        throw new IllegalArgumentException("an element has no label (" + label + "); expected a class index from 0");
      }
      int[] members = IntStream.range(0, labels.length).filter(i -> labels[i] == label).toArray();
      int[] order = CounterRandom.permutation(seed, STREAM + label, members.length);
      long wanted = Math.round(members.length * share);
      int count = (int) Math.min(Math.max(1, wanted), members.length - 1L);
      Arrays.stream(order).limit(count).forEach(i -> held[members[i]] = true);
    }
    int[] heldOut = IntStream.range(0, labels.length).filter(i -> held[i]).toArray();
    if (heldOut.length == 0) {
      throw new IllegalArgumentException(
          labels.length + " elements can't be split: no class has two; expected one with 2 or more");
    }
    return new StratifiedSplit(IntStream.range(0, labels.length).filter(i -> !held[i]).toArray(), heldOut);
  }
}
