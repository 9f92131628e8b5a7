package io.github.lstm4j.random;

import java.util.Objects;

/**
 * Randomness by position: a number is a function of (seed, stream, counter) alone. No state is kept, so results do not
 * depend on threads, on splits of a batch, or on resuming.
 *
 * <p>The function is Philox4x32-10. Source: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3",
 * SC 2011.
 */
public final class CounterRandom {
  static final int MULTIPLIER_0 = 0xD2511F53;
  static final int MULTIPLIER_1 = 0xCD9E8D57;
  static final int WEYL_0 = 0x9E3779B9;
  static final int WEYL_1 = 0xBB67AE85;
  static final int ROUNDS = 10;

  private CounterRandom() {}

  /**
   * 64 random bits.
   *
   * @param seed the key: every seed is its own universe
   * @param stream the upper half of the counter: what the number is for
   * @param counter the lower half of the counter: which number of the stream
   * @return uniformly distributed bits
   */
  public static long bits(long seed, long stream, long counter) {
    int c0 = (int) counter;
    int c1 = (int) (counter >>> 32);
    int c2 = (int) stream;
    int c3 = (int) (stream >>> 32);
    int k0 = (int) seed;
    int k1 = (int) (seed >>> 32);
    for (int round = 0; round < ROUNDS; round++) {
      long p0 = Integer.toUnsignedLong(MULTIPLIER_0) * Integer.toUnsignedLong(c0);
      long p1 = Integer.toUnsignedLong(MULTIPLIER_1) * Integer.toUnsignedLong(c2);
      int n0 = (int) (p1 >>> 32) ^ c1 ^ k0;
      int n2 = (int) (p0 >>> 32) ^ c3 ^ k1;
      c1 = (int) p1;
      c3 = (int) p0;
      c0 = n0;
      c2 = n2;
      k0 += WEYL_0;
      k1 += WEYL_1;
    }
    return ((long) c1 << 32) | Integer.toUnsignedLong(c0);
  }

  /**
   * A uniform number.
   *
   * @param seed the key
   * @param stream what the number is for
   * @param counter which number of the stream
   * @return a multiple of 2⁻²⁴ in [0, 1)
   */
  public static float uniform(long seed, long stream, long counter) {
    return (bits(seed, stream, counter) >>> 40) * 0x1p-24f;
  }

  /**
   * A uniform number with 53 bits.
   *
   * @param seed the key
   * @param stream what the number is for
   * @param counter which number of the stream
   * @return a multiple of 2⁻⁵³ in [0, 1)
   */
  public static double uniformDouble(long seed, long stream, long counter) {
    return (bits(seed, stream, counter) >>> 11) * 0x1p-53;
  }

  /**
   * Fills part of an array with uniform numbers around 0: bound·(2·u − 1) for each {@link #uniformDouble} u, rounded to
   * float. (Its formula stands here once more: a program that has just started makes a model's first values before
   * calls are compiled into one, and one call less a number spares it some milliseconds.)
   *
   * @param to what to fill
   * @param from the first index to fill
   * @param count how many
   * @param bound the numbers are in [−bound, bound]
   * @param seed the key
   * @param stream what the numbers are for
   * @param counter which number of the stream the first is
   * @throws IndexOutOfBoundsException if the array has no such part
   */
  public static void fillAroundZero(
      float[] to, int from, int count, double bound, long seed, long stream, long counter) {
    Objects.checkFromIndexSize(from, count, to.length);
    for (int i = 0; i < count; i++) {
      to[from + i] = (float) (bound * (2 * ((bits(seed, stream, counter + i) >>> 11) * 0x1p-53) - 1));
    }
  }

  /**
   * A normally distributed number, mean 0, variance 1, by the Box–Muller transform with {@link StrictMath}.
   *
   * @param seed the key
   * @param stream what the number is for
   * @param counter which number of the stream
   * @return the number
   */
  public static double normal(long seed, long stream, long counter) {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - uniformDouble(seed, stream, 2 * counter)));
    return radius * StrictMath.cos(2 * StrictMath.PI * uniformDouble(seed, stream, 2 * counter + 1));
  }

  /**
   * The stream of a name, such as a parameter's.
   *
   * @param name any text
   * @return its 64-bit FNV-1a hash
   */
  public static long stream(String name) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < name.length(); i++) {
      hash = (hash ^ name.charAt(i)) * 0x100000001b3L;
    }
    return hash;
  }

  /**
   * A random permutation of 0 … n − 1 (Fisher–Yates).
   *
   * @param seed the key
   * @param stream which permutation
   * @param n its length
   * @return the permutation
   */
  public static int[] permutation(long seed, long stream, int n) {
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      int j = (int) (uniformDouble(seed, stream, i) * (i + 1));
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }
}
