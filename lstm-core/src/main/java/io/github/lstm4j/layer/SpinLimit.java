package io.github.lstm4j.layer;

/**
 * How long one thread spins for its next job before it parks. At first for {@link #SHORT_NANOS}, somewhat more than
 * waking it takes, so that a wait costs at most about twice what the better choice would have cost. A thread that
 * parked and was wanted soon after spins longer the next time: so it stays awake between the jobs of a small network's
 * training step, which come in close succession. After a longer wait it spins shortly again, so each run of close jobs
 * costs one long spin.
 */
final class SpinLimit {
  /** For waits of unknown length, in nanoseconds. */
  static final long SHORT_NANOS = 50_000;

  /** For waits that were too short to park, in nanoseconds; longer ones are never waited out. */
  static final long LONG_NANOS = 800_000;

  private long nanos = SHORT_NANOS;

  /** How long the next wait spins. */
  long nanos() {
    return nanos;
  }

  /** Learns from a wait in which the thread parked: so many nanoseconds from its beginning to the waking. */
  void parked(long waited) {
    nanos = waited < LONG_NANOS ? LONG_NANOS : SHORT_NANOS;
  }
}
