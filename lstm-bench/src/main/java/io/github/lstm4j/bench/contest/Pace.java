package io.github.lstm4j.bench.contest;

import io.github.lstm4j.bench.peer.Task;
import io.github.lstm4j.bench.peer.TaskMode;

/**
 * How long a contest takes its time.
 *
 * @param rounds turns of each contestant
 * @param warmNanos how long each is warmed up
 * @param ownWarmNanos how long this library is, which is compiled while it runs
 * @param leastWarmCalls calls of the warm-up at least, however long they take
 * @param roundNanos how long a turn takes, if a call is shorter than that
 */
record Pace(int rounds, long warmNanos, long ownWarmNanos, int leastWarmCalls, long roundNanos) {
  /** C2 has compiled everything after two to three seconds of calls; a turn is many timer ticks long. */
  static final Pace THOROUGH = new Pace(9, 4_000_000_000L, 5_000_000_000L, 3, 200_000_000L);

  /** For a first look. */
  static final Pace QUICK = new Pace(5, 1_500_000_000L, 5_000_000_000L, 2, 60_000_000L);

  /**
   * Milliseconds of fused multiply-adds a call, so that handing a part to a second thread, some 50 µs, does not count.
   */
  Task peakTask() {
    return new Task(TaskMode.PEAK, "2000000");
  }
}
