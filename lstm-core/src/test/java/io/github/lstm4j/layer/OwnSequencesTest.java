package io.github.lstm4j.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lstm4j.kernels.scalar.ScalarKernels;
import io.github.lstm4j.memory.Matrix;
import io.github.lstm4j.oracle.Cell;
import io.github.lstm4j.oracle.OracleCase;
import io.github.lstm4j.oracle.RecurrentConfig;
import io.github.lstm4j.testing.WatchedKernels;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Threads that run the loop on sequences of their own, none of which waits for another while they do. */
class OwnSequencesTest {
  private static final int THREADS = 3;
  private static final int HIDDEN = 5;
  private static final int STEPS = 9;

  /** Fewer sequences are left from step to step, so that the rows of a chunk belong to other parts in the next. */
  private static final RecurrentConfig CONFIG =
      new RecurrentConfig(Cell.LSTM, 4, HIDDEN, 1, true, false, 0, 7, STEPS, List.of(STEPS, STEPS, 8, 5, 3, 2, 1));

  private final Map<Thread, Collection<Matrix>> projected = new ConcurrentHashMap<>();

  /** While serving, where gates are overwritten chunk by chunk and threads may be in different chunks. */
  @Test
  void gatesOfThreadsLieApart() {
    Execution execution =
        new Execution(WatchedKernels.of(new ScalarKernels(), this::called), THREADS, (b, g, h, t) -> Split.BATCH, 3);
    try (StackRun run = new StackRun(OracleCase.random(CONFIG, 5, 1), Mode.INFERENCE, execution)) {
      run.forward();
    }
    assertEquals(THREADS, projected.size());
    projected.forEach((thread, own) -> projected.forEach((other, others) -> {
      if (!thread.equals(other)) {
        own.forEach(a -> others.forEach(b -> assertTrue(apart(a, b), "rows of two threads overlap")));
      }
    }));
  }

  /** One thread stands at its first chunk until the others are through their last. */
  @Test
  void nobodyWaitsForAnother() {
    CountDownLatch others = new CountDownLatch(THREADS - 1);
    AtomicBoolean taken = new AtomicBoolean();
    ThreadLocal<Integer> steps = ThreadLocal.withInitial(() -> 0);
    Execution execution = new Execution(
        WatchedKernels.of(
            new ScalarKernels(),
            (operation, arguments) -> {
              if (operation.equals("gemmEach") && steps.get() == 0 && taken.compareAndSet(false, true)) {
                steps.set(-1); // this is the one that stands
                assertTrue(comes(others), "the others did not get through their sequences");
              } else if (operation.equals("lstmGatesForward") && steps.get() >= 0) {
                steps.set(steps.get() + 1);
                if (steps.get() == STEPS) {
                  others.countDown();
                }
              }
            }),
        THREADS, (b, g, h, t) -> Split.BATCH, 3);
    RecurrentConfig config = new RecurrentConfig(Cell.LSTM, 4, HIDDEN, 1, true, false, 0, 6, STEPS, List.of());
    try (StackRun run = new StackRun(OracleCase.random(config, 5, 1), Mode.INFERENCE, execution)) {
      run.forward();
    }
    assertEquals(0, others.getCount());
  }

  private static boolean comes(CountDownLatch latch) {
    try {
      return latch.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void called(String operation, Object[] arguments) {
    if (operation.equals("gemmEach")) {
      for (Object gates : (List<?>) arguments[0]) {
        projected.computeIfAbsent(Thread.currentThread(), t -> new ConcurrentLinkedQueue<>()).add((Matrix) gates);
      }
    }
  }

  /** Rows of gates follow each other without a gap. */
  private static boolean apart(Matrix a, Matrix b) {
    return end(a) <= start(b) || end(b) <= start(a);
  }

  private static long start(Matrix rows) {
    return rows.segment().address() + rows.offset(0);
  }

  private static long end(Matrix rows) {
    return start(rows) + (long) rows.rows() * 4 * HIDDEN * Float.BYTES;
  }
}
