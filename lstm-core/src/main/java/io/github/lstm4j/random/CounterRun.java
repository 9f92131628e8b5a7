package io.github.lstm4j.random;

import java.util.Objects;

/**
 * The numbers of consecutive counters, equal to {@link CounterRandom}'s and several times as fast: a round of all of
 * them after the other, in loops over arrays that the JVM compiles to vectors. Its arrays are one thread's at a time.
 */
public final class CounterRun {
  /** How many counters a run has at most. */
  public static final int LENGTH = 256;

  private static final long LOW = 0xFFFF_FFFFL;

  // Where the four words of the counters stand in the one array: the JVM can't tell that two arrays are not the same.
  private static final int C1 = LENGTH;
  private static final int C2 = 2 * LENGTH;
  private static final int C3 = 3 * LENGTH;

  private final long[] words = new long[4 * LENGTH]; // as unsigned numbers

  /** A run without numbers yet. */
  public CounterRun() {}

  /**
   * Makes the numbers of the counters first, first + 1, ….
   *
   * @param seed the key
   * @param stream what the numbers are for
   * @param first the first counter
   * @param count how many, at most {@link #LENGTH}
   * @throws IndexOutOfBoundsException if there are more
   */
  public void generate(long seed, long stream, long first, int count) {
    Objects.checkFromIndexSize(0, count, LENGTH);
    long[] c = words;
    for (int j = 0; j < count; j++) {
      c[j] = (first + j) & LOW;
      c[C1 + j] = (first + j) >>> Integer.SIZE;
      c[C2 + j] = stream & LOW;
      c[C3 + j] = stream >>> Integer.SIZE;
    }
    int k0 = (int) seed;
    int k1 = (int) (seed >>> Integer.SIZE);
    for (int round = 0; round < CounterRandom.ROUNDS; round++) {
      round(c, Integer.toUnsignedLong(k0), Integer.toUnsignedLong(k1), count);
      k0 += CounterRandom.WEYL_0;
      k1 += CounterRandom.WEYL_1;
    }
  }

  private static void round(long[] c, long k0, long k1, int count) {
    for (int j = 0; j < count; j++) {
      long p0 = (CounterRandom.MULTIPLIER_0 & LOW) * c[j];
      long p1 = (CounterRandom.MULTIPLIER_1 & LOW) * c[C2 + j];
      c[j] = (p1 >>> Integer.SIZE) ^ c[C1 + j] ^ k0;
      c[C2 + j] = (p0 >>> Integer.SIZE) ^ c[C3 + j] ^ k1;
      c[C1 + j] = p1 & LOW;
      c[C3 + j] = p0 & LOW;
    }
  }

  /**
   * A number of those made last.
   *
   * @param index which, from 0
   * @return the bits that {@link CounterRandom#bits} has for its counter
   */
  public long bits(int index) {
    return (words[C1 + index] << Integer.SIZE) | words[index];
  }
}
