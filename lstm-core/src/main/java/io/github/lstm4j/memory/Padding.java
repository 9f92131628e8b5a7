package io.github.lstm4j.memory;

/** How sizes are rounded up so that rows start on cache lines. */
public final class Padding {
  /** Floats in a cache line of 64 bytes: also the lanes of the widest vector. */
  public static final int FLOATS_PER_LINE = 16;

  private Padding() {}

  /**
   * The distance between the rows of a padded matrix.
   *
   * @param columns number of columns
   * @return columns rounded up to whole cache lines, in floats
   */
  public static int stride(int columns) {
    return Math.toIntExact(toMultiple(columns, FLOATS_PER_LINE));
  }

  /**
   * Rounds up.
   *
   * @param size what to round, 0 or more
   * @param multiple of what, a power of two
   * @return the smallest multiple that is not below size
   * @throws IllegalArgumentException if the size is negative or too large to round
   */
  public static long toMultiple(long size, int multiple) {
    if (size < 0 || size > Long.MAX_VALUE - multiple) {
      throw new IllegalArgumentException("size " + size + " is out of range");
    }
    return (size + multiple - 1) & -multiple;
  }
}
