package io.github.lstm4j.layer;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A fixed number of threads that run the parts of one job and meet at its end. The calling thread does its share; the
 * others sleep between jobs, so an idle library burns nothing.
 *
 * <p>Parts are independent and write to different outputs, so a job's results do not depend on the number of threads. A
 * second caller that finds the threads busy runs all parts itself; so does a part that runs a job of its own.
 */
public final class Workers implements AutoCloseable {
  /** How long a finished caller looks for stragglers before it sleeps: a few microseconds. */
  private static final int SPINS = 2_000;

  private final Worker[] helpers;
  private final ReentrantLock busy = new ReentrantLock();
  private final AtomicInteger running = new AtomicInteger();
  private volatile @Nullable Thread caller;
  private @Nullable Throwable failure;
  private volatile boolean closed;

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
    helpers = new Worker[threads - 1];
    for (int i = 0; i < helpers.length; i++) {
      helpers[i] = new Worker();
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
    // A part that runs a job would get the lock its own thread holds, and hand the threads a second job over the first.
    boolean alone = parts <= 1 || helpers.length == 0 || busy.isHeldByCurrentThread() || !busy.tryLock();
    if (alone) {
      requireOpen();
      runEvery(0, 1, parts, job);
      return;
    }
    try {
      requireOpen(); // under the lock: a job handed to threads that have ended would never be done
      share(parts, job);
    } finally {
      busy.unlock();
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the workers are closed");
    }
  }

  private void share(int parts, IntConsumer job) {
    int threads = Math.min(parts, count());
    caller = Thread.currentThread();
    running.set(threads - 1);
    for (int t = 1; t < threads; t++) {
      helpers[t - 1].start(t, threads, parts, job);
    }
    runShare(0, threads, parts, job);
    await();
    Throwable thrown = takeFailure();
    if (thrown instanceof Error error) {
      throw error;
    }
    if (thrown instanceof RuntimeException exception) {
      throw exception;
    }
  }

  private void runShare(int first, int step, int parts, IntConsumer job) {
    try {
      runEvery(first, step, parts, job);
    } catch (RuntimeException | Error thrown) {
      failed(thrown);
    }
  }

  private static void runEvery(int first, int step, int parts, IntConsumer job) {
    for (int part = first; part < parts; part += step) {
      job.accept(part);
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

  private void await() {
    boolean interrupted = false;
    for (int spin = 0; running.get() > 0; spin++) {
      if (spin < SPINS) {
        Thread.onSpinWait();
      } else {
        LockSupport.park(this);
        interrupted |= Thread.interrupted(); // an interrupted thread cannot park: it would spin
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
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
        LockSupport.unpark(helper);
      }
    } finally {
      busy.unlock();
    }
  }

  private final class Worker extends Thread {
    private int first;
    private int step;
    private int parts;
    private volatile @Nullable IntConsumer job;

    void start(int first, int step, int parts, IntConsumer job) {
      this.first = first;
      this.step = step;
      this.parts = parts;
      this.job = job; // the volatile write publishes the fields above
      LockSupport.unpark(this);
    }

    @Override
    public void run() {
      while (!closed) {
        IntConsumer todo = job;
        if (todo == null) {
          LockSupport.park(Workers.this);
          Thread.interrupted(); // a part may have interrupted this thread, which then could not park: it would spin
          continue;
        }
        job = null;
        try {
          runShare(first, step, parts, todo);
        } finally {
          if (running.decrementAndGet() == 0) {
            LockSupport.unpark(caller);
          }
        }
      }
    }
  }
}
