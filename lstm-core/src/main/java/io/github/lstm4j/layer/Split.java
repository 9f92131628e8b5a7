package io.github.lstm4j.layer;

/**
 * How the threads share the time loop of a layer in one direction. Outputs are split, never a sum, so the results are
 * those of one thread.
 */
enum Split {
  /** One thread runs the loop. */
  NONE,

  /** Each thread runs the whole loop on its sequences: no barrier, but every thread reads the whole recurrent weight. */
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

  /** Below so many multiplications a thread and step, a barrier costs more than it saves (docs/adr/0006). */
  private static final long LEAST_PRODUCTS = 8_192;

  /** A recurrent weight of so many bytes stays in the cache of a core beside a step's gates (docs/adr/0006). */
  private static final long CACHED_BYTES = 1 << 20;

  /** The rows that a thread needs to use a whole register tile. */
  static final int TILE_ROWS = 8;

  /** The policy by measurement: docs/adr/0006 has the figures. */
  static Split measured(int batch, int gates, int hidden, int threads) {
    long weight = (long) gates * hidden * hidden;
    if (batch * weight < threads * LEAST_PRODUCTS) {
      return NONE;
    }
    boolean cached = weight * Float.BYTES <= CACHED_BYTES;
    boolean fills = batch >= threads * TILE_ROWS;
    return cached && fills ? BATCH : UNITS;
  }
}
