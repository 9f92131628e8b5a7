package io.github.lstm4j.layer;

/**
 * How the threads share the time loop of a layer in one direction. Outputs are split, never a sum, so the results are
 * those of one thread.
 */
enum Split {
  /** One thread runs the loop. */
  NONE,

  /**
   * Each thread runs the whole loop on its sequences: no barrier, but every thread reads the whole recurrent weight.
   */
  BATCH,

  /**
   * Each thread computes its hidden units of all sequences: one barrier a step, and every thread reads its part of the
   * recurrent weight only, which then stays in its cache.
   */
  UNITS;

  /** Which split a loop gets. Tests force the others. */
  @FunctionalInterface
  interface Policy {
    /**
     * Chooses.
     *
     * @param batch sequences
     * @param gates gate blocks of the cell
     * @param hidden hidden units
     * @param threads how many share the loop, 2 or more
     * @return the split
     */
    Split choose(int batch, int gates, int hidden, int threads);
  }

  /** {@link #measured} as a policy: a class, since a lambda takes a program's start 2 ms to make. */
  static final class Measured implements Policy {
    @Override
    public Split choose(int batch, int gates, int hidden, int threads) {
      return measured(batch, gates, hidden, threads);
    }
  }

  /** Below so many multiplications a thread and step, a barrier costs more than it saves. */
  private static final long LEAST_PRODUCTS = 16_384;

  /** The rows of a thread from which on a step of its own sequences is worth more than a share of everybody's. */
  private static final int LEAST_ROWS = 4;

  /**
   * The sequences, of all threads, from which on a split by the batch makes up for every thread's reading of a weight
   * that its L2 does not hold. Of all threads: the more they are, the less of a split by units is worth its packing.
   */
  private static final int LEAST_BATCH_PAST_L2 = 26;

  /** A recurrent weight of so many bytes does not stay in an L2 of 2 MB; the next smaller one measured has 1 MB. */
  private static final long PAST_L2_BYTES = 2 << 20;

  /** A recurrent weight of so many bytes takes longer to read whole, from the cache that all share, than a barrier. */
  static final long LARGE_BYTES = 16 << 20;

  /** Which split a direction's loop gets, with so many threads to share it. */
  static Split of(DirectionWeights weights, int batch, int threads, Execution execution) {
    if (threads == 1) {
      return NONE;
    }
    Split chosen = execution.split().choose(batch, weights.cell.gates(), weights.hiddenSize, threads);
    boolean projects = weights.weightHr != null; // its product needs all units of a step, between two of its own
    return projects && chosen == UNITS ? BATCH : chosen;
  }

  /** The policy by measurement: docs/adr/0006 has the figures of each bound. */
  static Split measured(int batch, int gates, int hidden, int threads) {
    long weight = (long) gates * hidden * hidden;
    if (batch * weight < threads * LEAST_PRODUCTS) {
      return NONE;
    }
    long bytes = weight * Float.BYTES;
    int least = threads * LEAST_ROWS;
    if (bytes >= PAST_L2_BYTES) {
      least = Math.max(least, LEAST_BATCH_PAST_L2);
    }
    return bytes >= LARGE_BYTES || batch < least ? UNITS : BATCH;
  }
}
