package io.github.lstm4j.simd;

import com.sun.management.ThreadMXBean;
import java.lang.foreign.Arena;
import java.lang.management.ManagementFactory;
import java.util.function.Function;

/**
 * Has the vectors of one kernel compiled before large operands of a program go through it. Not compiled, each vector is
 * an object, a thousand times slower, and the JVM counts calls and turns before it compiles: with small operands they
 * are reached in some tens of milliseconds, with those of a training step after a second or more.
 *
 * <p>It begins with the first call that is large, on the thread that makes it; other threads that need the kernel wait,
 * and leave their core to the compiler. It ends when a call allocates nothing: that is what compiled vectors do, on any
 * machine. A program whose calls are all small is as soon there without it.
 */
final class Rehearsal {
  /** When it ends in any case: a compiler that is busy with others may take so long. */
  private static final long MOST_NANOS = 500_000_000;

  /**
   * Whether this runtime can count what a thread allocates: the module is in every JDK, but not in every jlink image.
   */
  private static final boolean COUNTED = ModuleLayer.boot().findModule("jdk.management").isPresent();

  private final long large;
  private volatile boolean over;

  /**
   * A rehearsal.
   *
   * @param large the size of a call, or of all calls together, from which on it pays
   */
  Rehearsal(long large) {
    this.large = large;
  }

  /** The size of a call, or of all calls together, from which on it pays. */
  long large() {
    return large;
  }

  /**
   * Whether it should be run before a call.
   *
   * @param size how large the call is, or all of them so far
   */
  boolean due(long size) {
    return size >= large && !over;
  }

  /**
   * Runs it, unless it is over.
   *
   * @param call makes what is called, on operands that live until it is over
   */
  synchronized void run(Function<TrialOperands, Runnable> call) {
    if (over || Thread.currentThread().isVirtual()) { // what a virtual thread allocates is not counted
      return;
    }
    try (Arena arena = Arena.ofShared()) {
      if (COUNTED) {
        Allocation.repeat(call.apply(new TrialOperands(arena)), System.nanoTime() + MOST_NANOS);
      } // otherwise the program's own calls have it compiled
    } finally {
      over = true;
    }
  }

  boolean over() {
    return over;
  }

  /** A class of its own, since a class path may come with a runtime that lacks what it links. */
  private static final class Allocation {
    static void repeat(Runnable call, long end) {
      if (!(ManagementFactory.getThreadMXBean() instanceof ThreadMXBean threads)
          || !threads.isThreadAllocatedMemorySupported() || !threads.isThreadAllocatedMemoryEnabled()) {
        return;
      }
      long before;
      long after = threads.getCurrentThreadAllocatedBytes();
      do {
        call.run();
        before = after;
        after = threads.getCurrentThreadAllocatedBytes();
      } while (after != before && System.nanoTime() - end < 0);
    }
  }
}
