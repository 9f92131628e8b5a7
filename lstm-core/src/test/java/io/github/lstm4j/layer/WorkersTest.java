package io.github.lstm4j.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The threads of a job: every part once, nothing lost, nothing left over for the next job, no wakefulness. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD) // a lost part shows as a hang
class WorkersTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void everyPartRunsOnce(int threads) {
    try (Workers workers = new Workers(threads)) {
      assertEquals(threads, workers.count());
      for (int round = 0; round < 200; round++) {
        for (int parts = 0; parts <= 20; parts++) {
          assertOnce(workers, parts);
        }
      }
    }
  }

  static void assertOnce(Workers workers, int parts) {
    AtomicIntegerArray runs = new AtomicIntegerArray(parts);
    workers.run(parts, runs::incrementAndGet);
    assertAll(1, runs);
    workers.deal(parts, runs::incrementAndGet);
    assertAll(2, runs);
  }

  static void assertAll(int expected, AtomicIntegerArray runs) {
    for (int part = 0; part < runs.length(); part++) {
      assertEquals(expected, runs.get(part), "runs of part " + part + " of " + runs.length());
    }
  }

  @Test
  void partsRunOnAllThreads() {
    try (Workers workers = new Workers(4)) {
      Set<Thread> threads = ConcurrentHashMap.newKeySet();
      CyclicBarrier meeting = new CyclicBarrier(4); // no thread can take two parts
      workers.run(4, part -> {
        threads.add(Thread.currentThread());
        meet(meeting);
      });
      assertEquals(4, threads.size());
      assertTrue(threads.contains(Thread.currentThread()));
    }
  }

  private static void meet(CyclicBarrier barrier) {
    try {
      barrier.await();
    } catch (InterruptedException | BrokenBarrierException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void failuresSurface() {
    try (Workers workers = new Workers(3)) {
      for (int broken = 0; broken < 7; broken++) {
        RuntimeException exception = new ArithmeticException("part " + broken);
        Error error = new StackOverflowError("part " + broken);
        int failing = broken;
        assertSame(exception, assertThrows(RuntimeException.class, () -> workers.run(7, part -> {
          if (part == failing) {
            throw exception;
          }
        })));
        assertSame(error, assertThrows(Error.class, () -> workers.run(7, part -> {
          if (part == failing) {
            throw error;
          }
        })));
        assertOnce(workers, 7);
      }
    }
  }

  @Test
  void noFailureIsLeftForTheNextJob() {
    try (Workers workers = new Workers(4)) {
      CyclicBarrier meeting = new CyclicBarrier(4); // all four fail, whoever is first
      IllegalArgumentException thrown = assertThrows(IllegalArgumentException.class, () -> workers.run(4, part -> {
        meet(meeting);
        throw new IllegalArgumentException("part " + part);
      }));
      assertEquals(3, thrown.getSuppressed().length);
      assertOnce(workers, 20);
    }
  }

  @Test
  void oneFailureOfAllPartsIsNotSuppressedUnderItself() {
    try (Workers workers = new Workers(3)) {
      RuntimeException same = new IllegalArgumentException("all");
      assertSame(same, assertThrows(RuntimeException.class, () -> workers.run(9, part -> {
        throw same;
      })));
      assertEquals(0, same.getSuppressed().length);
    }
  }

  @Test
  void nestedJobs() {
    try (Workers workers = new Workers(3)) {
      for (int round = 0; round < 500; round++) {
        AtomicIntegerArray runs = new AtomicIntegerArray(12 * 5);
        workers.run(12, outer -> workers.run(5, inner -> runs.incrementAndGet(outer * 5 + inner)));
        for (int i = 0; i < runs.length(); i++) {
          assertEquals(1, runs.get(i), "runs of nested part " + i);
        }
      }
    }
  }

  /** No part of a phase begins before all of the one before have ended: each looks at what the others left. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 7})
  void phasesAreKeptApart(int parts) {
    for (int threads = 1; threads <= 4; threads++) {
      try (Workers workers = new Workers(threads)) {
        for (int round = 0; round < 20; round++) {
          assertInPhases(workers, parts, 300);
          assertOnce(workers, parts);
        }
      }
    }
  }

  private static void assertInPhases(Workers workers, int parts, int phases) {
    int[] reached = new int[parts]; // plain: the barrier is what publishes
    workers.run(phases, parts, (phase, part) -> {
      for (int other = 0; other < parts; other++) {
        if (reached[other] < phase || reached[other] > phase + 1) {
          throw new IllegalStateException("part " + other + " has done " + reached[other] + " phases of " + phase);
        }
      }
      reached[part]++;
    });
    for (int part = 0; part < parts; part++) {
      assertEquals(phases, reached[part], "phases of part " + part);
    }
  }

  /** Whoever waits for a part that threw is sent away, and the next job finds nothing of it. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void failuresInAPhaseLeaveNobodyWaiting(int failing) {
    try (Workers workers = new Workers(4)) {
      for (int round = 0; round < 100; round++) {
        int last = round;
        AtomicIntegerArray late = new AtomicIntegerArray(1);
        RuntimeException thrown = new ArithmeticException("part " + failing);
        assertSame(thrown, assertThrows(RuntimeException.class, () -> workers.run(200, 4, (phase, part) -> {
          if (phase == last && part == failing) {
            throw thrown;
          }
          if (phase > last) {
            late.incrementAndGet(0);
          }
        })));
        assertEquals(0, late.get(0), "parts of phases after the one that failed");
        assertInPhases(workers, 4, 5);
        assertOnce(workers, 9);
      }
    }
  }

  @Test
  void anInterruptionPassesThroughPhases() {
    try (Workers workers = new Workers(3)) {
      for (int round = 0; round < 50; round++) {
        Thread.currentThread().interrupt();
        assertInPhases(workers, 3, 100);
        assertTrue(Thread.interrupted(), "the caller's interruption is kept");
        assertInPhases(workers, 3, 100);
        assertFalse(Thread.interrupted());
      }
    }
  }

  /** A slow part: the others fall asleep at the barrier and are woken. */
  @Test
  void sleepersAtTheBarrierAreWoken() {
    try (Workers workers = new Workers(3)) {
      for (int slow = 0; slow < 3; slow++) {
        int sluggard = slow;
        AtomicIntegerArray runs = new AtomicIntegerArray(3);
        workers.run(5, 3, (phase, part) -> {
          if (part == sluggard) {
            LockSupport.parkNanos(2_000_000); // past the time for which a thread keeps its eyes open
          }
          runs.incrementAndGet(part);
        });
        for (int part = 0; part < 3; part++) {
          assertEquals(5, runs.get(part));
        }
      }
    }
  }

  /**
   * Phases within a job, or of a second caller, run on the thread that asks: nobody waits for threads it can't have.
   */
  @Test
  void phasesWhileTheThreadsAreBusy() throws InterruptedException, ExecutionException {
    try (Workers workers = new Workers(3);
        ExecutorService callers = Executors.newFixedThreadPool(3)) {
      workers.run(3, outer -> assertInPhases(workers, 4, 10));
      List<Future<?>> done = new ArrayList<>();
      for (int caller = 0; caller < 3; caller++) {
        done.add(callers.submit(() -> {
          for (int round = 0; round < 300; round++) {
            assertInPhases(workers, 3, 10);
          }
        }));
      }
      for (Future<?> each : done) {
        each.get();
      }
    }
  }

  @Test
  void concurrentCallers() throws InterruptedException, ExecutionException {
    try (Workers workers = new Workers(3);
        ExecutorService callers = Executors.newFixedThreadPool(4)) {
      List<Future<?>> done = new ArrayList<>();
      for (int caller = 0; caller < 4; caller++) {
        done.add(callers.submit(() -> {
          for (int round = 0; round < 2_000; round++) {
            assertOnce(workers, round % 9);
          }
        }));
      }
      for (Future<?> each : done) {
        each.get();
      }
    }
  }

  @Test
  void closing() {
    Workers workers = new Workers(3);
    List<Thread> helpers = helpers(workers);
    workers.close();
    workers.close();
    for (Thread helper : helpers) {
      join(helper);
    }
    String message = assertThrows(IllegalStateException.class, () -> workers.run(3, part -> {})).getMessage();
    assertEquals("the workers are closed", message);
    assertThrows(IllegalStateException.class, () -> workers.run(1, part -> {}));
    assertThrows(IllegalStateException.class, () -> workers.deal(3, part -> {}));
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Closing amid jobs of others: each job runs whole or is refused, and no caller waits for ever. */
  @Test
  void closingAmidJobs() throws InterruptedException, ExecutionException {
    try (ExecutorService callers = Executors.newSingleThreadExecutor()) {
      for (int round = 0; round < 300; round++) {
        Workers workers = new Workers(3);
        CountDownLatch started = new CountDownLatch(1);
        Future<?> caller = callers.submit(() -> {
          for (boolean open = true; open; started.countDown()) {
            try {
              assertOnce(workers, 5);
            } catch (IllegalStateException e) {
              open = false;
            }
          }
        });
        started.await();
        workers.close();
        caller.get();
      }
    }
  }

  @Test
  void aPartCannotCloseItsOwnWorkers() {
    for (int closer = 0; closer < 3; closer++) {
      try (Workers workers = new Workers(3)) {
        int part = closer;
        Runnable closing = workers::close;
        assertThrows(IllegalStateException.class, () -> workers.run(3, each -> {
          if (each == part) {
            closing.run();
          }
        }));
        assertOnce(workers, 6);
      }
    }
  }

  @Test
  void idleThreadsSleepEvenAfterAnInterruption() {
    try (Workers workers = new Workers(4)) {
      List<Thread> helpers = helpers(workers);
      assertEquals(3, helpers.size());
      workers.run(8, part -> Thread.currentThread().interrupt());
      assertTrue(Thread.interrupted(), "the caller's own interruption is kept");
      assertOnce(workers, 8);
      for (Thread helper : helpers) {
        while (helper.getState() != Thread.State.WAITING) {
          Thread.onSpinWait(); // for ever, where the helper spins
        }
        assertFalse(helper.isInterrupted(), helper + " cannot park");
        assertTrue(helper.isDaemon());
      }
    }
  }

  private static List<Thread> helpers(Workers workers) {
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    CyclicBarrier meeting = new CyclicBarrier(workers.count());
    workers.run(workers.count(), part -> {
      threads.add(Thread.currentThread());
      meet(meeting);
    });
    threads.remove(Thread.currentThread());
    return List.copyOf(threads);
  }

  @Test
  void noAllocationPerJob() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    try (Workers workers = new Workers(2)) {
      long[] allocated = new long[2];
      AtomicIntegerArray sums = new AtomicIntegerArray(8);
      IntConsumer job = sums::incrementAndGet;
      Workers.Phased phases = (phase, part) -> sums.incrementAndGet(part);
      IntConsumer count = part -> allocated[part] = threads.getThreadAllocatedBytes(Thread.currentThread().threadId());
      for (int warmUp = 0; warmUp < 5_000; warmUp++) {
        workers.run(8, job);
        workers.deal(8, job);
        workers.run(5, 8, phases);
        workers.run(2, count);
      }
      long[] before = allocated.clone();
      for (int round = 0; round < 1_000; round++) {
        workers.run(8, job);
        workers.deal(8, job);
        workers.run(5, 8, phases);
      }
      workers.run(2, count);
      // Asking costs a little itself; a single object per job would cost 16,000 bytes.
      for (int t = 0; t < 2; t++) {
        long bytes = allocated[t] - before[t];
        assertTrue(bytes < 1_000, "thread " + t + " allocated " + bytes + " bytes");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1})
  void tooFewThreads(int threads) {
    String message = assertThrows(IllegalArgumentException.class, () -> new Workers(threads)).getMessage();
    assertEquals("threads is " + threads + "; expected 1 or more", message);
  }
}
