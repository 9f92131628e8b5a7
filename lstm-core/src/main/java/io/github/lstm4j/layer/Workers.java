package io.github.lstm4j.layer;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A fixed number of threads that run the parts of one job and meet at its end. The calling thread does its share; the
 * others spin for the next job, 50 or 800 microseconds (not at all where processors are too few), then park, so an idle
 * library burns nothing.
 *
 * <p>Parts are independent and write to different outputs, so a job's results do not depend on the number of threads. A
 * second caller that finds the threads busy runs all parts itself; so does a part that runs a job of its own.
 */
public final class Workers implements AutoCloseable {
  private static final long CLOSING = Long.MAX_VALUE;

  private final Worker[] helpers;
  private final Meeting meeting;
  private final ReentrantLock busy = new ReentrantLock();
  private @Nullable Throwable failure;
  private volatile boolean closed;

  // The job at hand: written before the helpers are called to it, read by those who are called.
  private int threads;
  private int parts;
  private int phases;
  private boolean dealt; // to whoever comes free
  private @Nullable IntConsumer single;
  private @Nullable Phased phased;
  private long begin; // the stage at which it begins: stages go on from job to job

  /** The part to be dealt next: set before the helpers are called, taken by all. */
  private final AtomicInteger next = new AtomicInteger();

  /** A job in phases: no part of a phase begins before all parts of the one before have ended. */
  @FunctionalInterface
  interface Phased {
    /**
     * Runs one part of one phase. A part number is always run by the same thread within a job.
     *
     * @param phase which phase
     * @param part which part
     */
    void run(int phase, int part);
  }

  /**
   * Starts the threads.
   *
   * @param threads how many run a job, the caller included
   * @throws IllegalArgumentException if there are fewer than 1
   */
  public Workers(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads is " + threads + "; expected 1 or more");
    }
    meeting = new Meeting(threads);
    helpers = new Worker[threads - 1];
    for (int i = 0; i < helpers.length; i++) {
      helpers[i] = new Worker(i + 1);
      helpers[i].setDaemon(true);
      helpers[i].setName("lstm4j-worker-" + (i + 1));
      helpers[i].start();
    }
  }

  /**
   * How many threads run a job.
   *
   * @return the caller included
   */
  public int count() {
    return helpers.length + 1;
  }

  /**
   * Runs a job and waits for all its parts. What a part throws surfaces here, once all threads are done; what others
   * throw besides is suppressed under it. A thread whose part threw runs none of its further parts.
   *
   * @param parts how many parts there are
   * @param job runs the part of the given number
   * @throws IllegalStateException if the workers are closed
   */
  public void run(int parts, IntConsumer job) {
    if (takesThreads(parts)) {
      share(1, parts, false, job, null);
    } else {
      runEvery(0, 1, parts, job);
    }
  }

  /**
   * Runs a job as {@link #run(int, IntConsumer)} does, but each part on the thread that comes free first, in the order
   * of their numbers: parts need not be equal, nor threads, of which a busy machine may stop one for a while. Where a
   * part throws, the other threads run all that are left.
   *
   * @param parts how many parts there are, the longest of them first at best
   * @param job runs the part of the given number
   * @throws IllegalStateException if the workers are closed
   */
  void deal(int parts, IntConsumer job) {
    if (takesThreads(parts)) {
      share(1, parts, true, job, null);
    } else {
      runEvery(0, 1, parts, job);
    }
  }

  /**
   * Runs a job in phases, with one barrier between two of them. Where the threads are busy, the caller runs phase after
   * phase itself. Once a part has thrown, no further phase begins.
   */
  void run(int phases, int parts, Phased job) {
    if (takesThreads(parts)) {
      share(phases, parts, false, null, job);
      return;
    }
    for (int phase = 0; phase < phases; phase++) {
      runEvery(0, 1, parts, phase, job);
    }
  }

  /** Whether the threads are this caller's now; it has to give them back. */
  private boolean takesThreads(int parts) {
    // A part that runs a job would get the lock its own thread holds, and hand the threads a second job over the first.
    boolean takes = parts > 1 && helpers.length > 0 && !busy.isHeldByCurrentThread() && busy.tryLock();
    if (closed) { // under the lock: a job handed to threads that have ended would never be done
      if (takes) {
        busy.unlock();
      }
      throw new IllegalStateException("the workers are closed");
    }
    return takes;
  }

  private void share(
      int jobPhases, int jobParts, boolean deals, @Nullable IntConsumer one, @Nullable Phased many) {
    try {
      threads = Math.min(jobParts, count());
      parts = jobParts;
      phases = jobPhases;
      dealt = deals;
      next.set(0);
      single = one;
      phased = many;
      for (int t = 1; t < threads; t++) {
        meeting.call(t, begin + 1);
      }
      runShare(0);
      long end = begin + phases;
      meeting.awaitAll(0, threads, end);
      begin = end;
      single = null; // a job that ended holds on to nothing
      phased = null;
      surface();
    } finally {
      busy.unlock();
    }
  }

  private void surface() {
    Throwable thrown = takeFailure();
    if (thrown != null) {
      meeting.mend();
    }
    if (thrown instanceof Error error) {
      throw error;
    }
    if (thrown instanceof RuntimeException exception) {
      throw exception;
    }
  }

  private void runShare(int thread) {
    try {
      if (single != null && dealt) {
        runDealt(single);
      } else if (single != null) {
        runEvery(thread, threads, parts, single);
      } else if (phased != null) {
        runPhases(thread, phased);
      }
    } catch (RuntimeException | Error thrown) {
      failed(thrown);
      meeting.breakUp();
    } finally {
      meeting.reach(thread, begin + phases);
    }
  }

  private void runPhases(int thread, Phased job) {
    for (int phase = 0; phase < phases; phase++) {
      if (phase > 0) {
        meeting.reach(thread, begin + phase);
        if (!meeting.await(thread, threads, begin + phase)) {
          return;
        }
      }
      runEvery(thread, threads, parts, phase, job);
    }
  }

  private void runDealt(IntConsumer job) {
    for (int part = next.getAndIncrement(); part < parts; part = next.getAndIncrement()) {
      job.accept(part);
    }
  }

  private static void runEvery(int first, int step, int parts, IntConsumer job) {
    for (int part = first; part < parts; part += step) {
      job.accept(part);
    }
  }

  private static void runEvery(int first, int step, int parts, int phase, Phased job) {
    for (int part = first; part < parts; part += step) {
      job.run(phase, part);
    }
  }

  private synchronized void failed(Throwable thrown) {
    if (failure == null) {
      failure = thrown;
    } else if (!failure.equals(thrown)) {
      failure.addSuppressed(thrown);
    }
  }

  /** What this job threw, so that no later job throws it again. */
  private synchronized @Nullable Throwable takeFailure() {
    Throwable thrown = failure;
    failure = null;
    return thrown;
  }

  /**
   * Ends the threads; a job that is running is finished first. A second call does nothing.
   *
   * @throws IllegalStateException if a part of a running job calls it: the job could never be finished
   */
  @Override
  public void close() {
    if (busy.isHeldByCurrentThread() || Arrays.asList(helpers).contains(Thread.currentThread())) {
      throw new IllegalStateException("workers can't be closed by a part of the job that they run");
    }
    busy.lock();
    try {
      closed = true;
      for (Worker helper : helpers) {
        meeting.call(helper.index, CLOSING);
      }
    } finally {
      busy.unlock();
    }
  }

  private final class Worker extends Thread {
    private final int index;

    Worker(int index) {
      this.index = index;
    }

    @Override
    public void run() {
      long number = meeting.awaitCall(index, 0);
      while (number != CLOSING) {
        runShare(index);
        Thread.interrupted(); // a part may have interrupted this thread, which then could not sleep: it would spin
        number = meeting.awaitCall(index, number);
      }
    }
  }
}
