package io.github.lstm4j.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** That a trial ends: won, stopped, or by an error; each of them without a clock in the test. */
class TrialTest {
  /** Counts its calls; ends the trial with the fifth. */
  private static final class Counted implements Trial.Contest {
    final AtomicInteger vectors = new AtomicInteger();
    final AtomicInteger plain = new AtomicInteger();
    final Trial trial;

    Counted(Trial trial) {
      this.trial = trial;
    }

    @Override
    public void vectors() {
      if (vectors.incrementAndGet() == 5) {
        trial.end();
      }
    }

    @Override
    public void plain() {
      plain.incrementAndGet();
    }
  }

  @Test
  void endsWhenToldTo() {
    Trial trial = new Trial(true);
    Counted contest = new Counted(trial);
    assertFalse(trial.vectorsServe(1));
    trial.decide(contest, System.nanoTime() + Long.MAX_VALUE / 2);
    assertTrue(contest.vectors.get() <= 5, "calls after the end");
    assertEquals(contest.vectors.get(), contest.plain.get(), "called in turns");
  }

  @Test
  void beginsOnceOnADaemonThreadAndLeavesTheVectorsServing() throws InterruptedException {
    Trial trial = new Trial(true);
    AtomicInteger begun = new AtomicInteger();
    CountDownLatch ended = new CountDownLatch(1);
    for (int i = 0; i < 3; i++) {
      trial.begin("test", arena -> {
        begun.incrementAndGet();
        assertTrue(Thread.currentThread().isDaemon(), "it would keep a JVM alive");
        Thread warmUp = Thread.currentThread();
        Thread.ofPlatform().daemon().start(() -> {
          join(warmUp);
          ended.countDown();
        });
        return new Counted(trial);
      });
    }
    assertTrue(ended.await(60, TimeUnit.SECONDS), "the thread did not end");
    assertTrue(trial.vectorsServe(1));
    assertEquals(1, begun.get());
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void plainCodeIsSparedLargeCallsAndManySmallOnes() {
    assertTrue(new Trial(true).vectorsServe(Long.MAX_VALUE), "a large call");
    Trial trial = new Trial(true);
    int calls = 0;
    while (!trial.vectorsServe(1 << 24)) {
      calls++;
    }
    assertEquals(64, calls, "2^30 in calls of 2^24");
    assertTrue(trial.vectorsServe(0), "over once and for all");
  }
}
