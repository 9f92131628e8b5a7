package io.github.lstm4j.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/**
 * That warm code allocates nothing on the heap, in its thread and in those that share its work. Warm-up: rounds of
 * calls until three in a row allocate nothing. (A single quiet round proves little: the JVM may drop its code once
 * more, and interpreted vectors are objects.) What still boxes after the last round was compiled so.
 */
final class Allocations {
  private static final int QUIET_ROUNDS = 3;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private Allocations() {}

  static void assertNone(int calls, int mostRounds, Runnable call) {
    Thread[] helpers =
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().startsWith("lstm4j-worker"))
            .toArray(Thread[]::new);
    int quiet = 0;
    long bytes = 0;
    for (int round = 0; round < mostRounds && quiet < QUIET_ROUNDS; round++) {
      long before = allocated(helpers);
      for (int i = 0; i < calls; i++) {
        call.run();
      }
      bytes = allocated(helpers) - before;
      quiet = bytes == 0 ? quiet + 1 : 0;
    }
    assertEquals(QUIET_ROUNDS, quiet, "quiet rounds; the last of " + mostRounds + " allocated " + bytes + " bytes");
  }

  private static long allocated(Thread[] helpers) {
    long bytes = THREADS.getCurrentThreadAllocatedBytes();
    for (Thread helper : helpers) {
      bytes += Math.max(0, THREADS.getThreadAllocatedBytes(helper.threadId())); // −1 of a thread that has ended
    }
    return bytes;
  }
}
