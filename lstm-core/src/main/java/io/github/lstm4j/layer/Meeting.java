package io.github.lstm4j.layer;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;

/**
 * Where the threads of a job wait for each other. Each thread says in a place of its own how far it got, a number that
 * only grows; who waits looks at the others' places: spins, for a job up to its {@link SpinLimit}, then parks. Nothing
 * is allocated.
 *
 * <p>Within a job the others are at work, so who waits for them spins for longer. A thread that is woken may find
 * itself on the processor of the one that woke it; if both park in every step, Linux sees one of them there at a time,
 * and leaves them on it for tens of milliseconds. A wait that gets long gives the processor to whoever else wants it:
 * that very thread, or C2.
 *
 * <p>A place is written by one thread and has its cache lines to itself. Looking at every other place costs a barrier
 * of n threads n reads a thread, none of them contended: for the few threads of a model that is less than a shared
 * counter, which each arrival takes away from all others.
 */
final class Meeting {
  /** Looks between two looks at the clock. */
  private static final int LOOKS = 64;

  /** From one place to the next, in longs: two cache lines, since processors fetch lines in pairs. */
  private static final int PLACE = 16;

  /** Likewise in references, which may have four bytes. */
  private static final int BED = 32;

  /** How long a thread spins for each of the others of a job, in nanoseconds. */
  static final long STAGE_NANOS = 2_000_000;

  /** How long it spins before it gives way at each look at the clock, in nanoseconds: more than most steps' waits. */
  static final long KEEP_NANOS = 5_000;

  private final int threads;
  private final boolean spins;
  private final Time time;
  private final SpinLimit[] limits; // of each thread, used by it alone
  private final AtomicLongArray reached;
  private final AtomicLongArray called;
  private final AtomicReferenceArray<Thread> asleep;
  private volatile boolean broken;

  Meeting(int threads) {
    // With fewer processors than threads, who spins keeps away the thread that is waited for, if only until it gives
    // way. Threads of other models are not counted.
    this(threads, threads <= Runtime.getRuntime().availableProcessors(), new SystemTime());
  }

  /** What a waiting thread has to do with time. */
  interface Time {
    /** The clock, in nanoseconds. */
    long now();

    /** Gives the processor to whichever thread it keeps away, if there is one. */
    void giveWay();
  }

  private static final class SystemTime implements Time {
    @Override
    public long now() {
      return System.nanoTime();
    }

    @Override
    @SuppressWarnings("ThreadPriorityCheck") // nothing but speed relies on the scheduler
    public void giveWay() {
      Thread.yield();
    }
  }

  /** With a time of one's own, for tests. */
  Meeting(int threads, boolean spins, Time time) {
    this.threads = threads;
    this.spins = spins;
    this.time = time;
    this.limits = new SpinLimit[threads];
    for (int thread = 0; thread < threads; thread++) {
      limits[thread] = new SpinLimit();
    }
    this.reached = new AtomicLongArray((threads + 1) * PLACE); // nobody's neighbour: room in front
    this.called = new AtomicLongArray((threads + 1) * PLACE);
    this.asleep = new AtomicReferenceArray<>((threads + 1) * BED);
  }

  private static int place(int thread) {
    return (thread + 1) * PLACE - 1;
  }

  private static int bed(int thread) {
    return (thread + 1) * BED - 1;
  }

  /** Tells the others how far a thread got; what it wrote before is seen by whoever waited for it. */
  void reach(int thread, long stage) {
    reached.set(place(thread), stage);
    for (int other = 0; other < threads; other++) {
      if (other != thread) {
        wake(other);
      }
    }
  }

  private void wake(int thread) {
    Thread sleeper = asleep.get(bed(thread));
    if (sleeper != null) {
      LockSupport.unpark(sleeper);
    }
  }

  /**
   * Waits until the first so many threads reached a stage.
   *
   * @return false if the meeting was broken up
   */
  boolean await(int thread, int count, long stage) {
    for (int other = 0; other < count; other++) {
      if (other != thread) {
        await(thread, reached, other, stage, STAGE_NANOS, true);
      }
    }
    return !broken;
  }

  /** Waits until the first so many threads reached a stage, whether the meeting was broken up or not. */
  void awaitAll(int thread, int count, long stage) {
    for (int other = 0; other < count; other++) {
      if (other != thread) {
        await(thread, reached, other, stage, STAGE_NANOS, false);
      }
    }
  }

  /** Calls a thread to a job: a number higher than that of its last one. */
  void call(int thread, long number) {
    called.set(place(thread), number);
    wake(thread);
  }

  /** Waits until this thread is called again, and returns the number. */
  long awaitCall(int thread, long last) {
    SpinLimit limit = limits[thread];
    long parked = await(thread, called, thread, last + 1, limit.nanos(), false);
    if (parked > 0) {
      limit.parked(parked);
    }
    return called.get(place(thread));
  }

  /** Sends everybody away who waits for a stage, or will: a part threw, so the stage will not be reached. */
  void breakUp() {
    broken = true;
    for (int thread = 0; thread < threads; thread++) {
      wake(thread);
    }
  }

  /** Makes a meeting that was broken up good again, once everybody has left. */
  void mend() {
    broken = false;
  }

  /** Returns how long it waited if it parked, else 0. */
  private long await(int thread, AtomicLongArray places, int other, long stage, long limit, boolean leaves) {
    int place = place(other);
    long start = 0;
    for (int look = 0; places.get(place) < stage && !(leaves && broken); look++) {
      if (look % LOOKS != LOOKS - 1 && spins) {
        Thread.onSpinWait();
        continue;
      }
      long now = time.now();
      if (start == 0) {
        start = now;
      }
      if (!spins || now - start >= limit) {
        sleep(thread, places, place, stage, leaves);
        return time.now() - start;
      }
      if (now - start >= KEEP_NANOS) {
        time.giveWay();
      }
    }
    return 0;
  }

  /** An interruption is kept for later: an interrupted thread can't sleep. */
  private void sleep(int thread, AtomicLongArray places, int place, long stage, boolean leaves) {
    boolean interrupted = false;
    asleep.set(bed(thread), Thread.currentThread()); // before the last look, so that whoever comes later wakes it
    while (places.get(place) < stage && !(leaves && broken)) {
      LockSupport.park(this);
      interrupted |= Thread.interrupted();
    }
    asleep.set(bed(thread), null);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
