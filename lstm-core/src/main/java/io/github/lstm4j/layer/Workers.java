package io.github.lstm4j.layer;

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
 * second caller that finds the threads busy runs all parts itself.
 */
public final class Workers implements AutoCloseable {
  /** How long a finished caller looks for stragglers before it sleeps: a few microseconds. */
  private static final int SPINS = 2_000;

  private final Worker[] helpers;
  private final ReentrantLock busy = new ReentrantLock();
  private final AtomicInteger running = new AtomicInteger();
  private volatile @Nullable Thread caller;
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
   * Runs a job and waits for all its parts.
   *
   * @param parts how many parts there are
   * @param job runs the part of the given number
   */
  public void run(int parts, IntConsumer job) {
    if (closed) {
      throw new IllegalStateException("the workers are closed");
    }
    if (parts <= 1 || helpers.length == 0 || !busy.tryLock()) {
      for (int part = 0; part < parts; part++) {
        job.accept(part);
      }
      return;
    }
    try {
      share(parts, job);
    } finally {
      busy.unlock();
    }
  }

  private void share(int parts, IntConsumer job) {
    int threads = Math.min(parts, count());
    caller = Thread.currentThread();
    running.set(threads - 1);
    for (int t = 1; t < threads; t++) {
      helpers[t - 1].start(t, threads, parts, job);
    }
    try {
      for (int part = 0; part < parts; part += threads) {
        job.accept(part);
      }
    } finally {
      await();
    }
    for (int t = 1; t < threads; t++) {
      helpers[t - 1].rethrow();
    }
  }

  private void await() {
    for (int spin = 0; running.get() > 0; spin++) {
      if (spin < SPINS) {
        Thread.onSpinWait();
      } else {
        LockSupport.park(this);
      }
    }
  }

  /** Ends the threads; a job that is running is finished first. */
  @Override
  public void close() {
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
    private @Nullable RuntimeException failure;
    private @Nullable Error error;
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
          continue;
        }
        job = null;
        try {
          for (int part = first; part < parts; part += step) {
            todo.accept(part);
          }
        } catch (RuntimeException e) {
          failure = e;
        } catch (Error e) {
          error = e;
        } finally {
          if (running.decrementAndGet() == 0) {
            LockSupport.unpark(caller);
          }
        }
      }
    }

    void rethrow() {
      RuntimeException failed = failure;
      Error broken = error;
      failure = null;
      error = null;
      if (broken != null) {
        throw broken;
      }
      if (failed != null) {
        throw failed;
      }
    }
  }
}
