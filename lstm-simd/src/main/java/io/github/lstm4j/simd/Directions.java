package io.github.lstm4j.simd;

/**
 * In which order a thread meets the panels of a right operand, or groups of them ({@link RowSweep}): ascending in one
 * product and descending in the next one with the same operand, so that what a cache still holds of it is met first. A
 * stream has several operands by turns; each has its own order, and threads that share an operand don't turn it for
 * each other. B1 T1 H256, whose two weights are as large as L2, takes 28 µs a step, and 33 where all operands of a
 * thread turn together.
 */
final class Directions {
  /** A bit for each operand, by its number; those with equal last bits of it share one, which does no harm. */
  private long descending;

  /**
   * Turns the order of an operand.
   *
   * @param number the operand's
   * @return whether they are met in descending order this time
   */
  boolean turn(int number) {
    long bit = 1L << number; // of the last six bits
    descending ^= bit;
    return (descending & bit) != 0;
  }
}
