package io.github.lstm4j.layer;

/**
 * How long one thread waits with its eyes open before it sleeps. At first as long as waking it takes, so that waiting
 * costs at most twice what the better choice would have cost. A sleep that was over soon had better not begun: the next
 * such wait, as between two jobs of a small network's training step, has its eyes open throughout. A wait that was
 * longer than that makes it impatient again.
 */
final class Patience {
  /** What waking a sleeping thread takes, in nanoseconds. */
  static final long SHORT_NANOS = 50_000;

  /** The longest wait that a thread learns to sit through, in nanoseconds: the price of each pause in the work. */
  static final long LONG_NANOS = 200_000;

  private long nanos = SHORT_NANOS;

  /** How long the next wait has its eyes open. */
  long nanos() {
    return nanos;
  }

  /** Learns from a wait that ended in sleep, so many nanoseconds from its beginning to the thread's waking. */
  void slept(long waited) {
    nanos = waited < LONG_NANOS ? LONG_NANOS : SHORT_NANOS;
  }
}
