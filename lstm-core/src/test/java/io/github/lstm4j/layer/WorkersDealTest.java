package io.github.lstm4j.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Jobs whose parts are dealt out as threads come free. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD) // a lost part shows as a hang
class WorkersDealTest {
  /** All other parts, dealt to one thread, run while the other is at the first. */
  @Test
  void partsAreDealtToWhoComesFree() {
    try (Workers workers = new Workers(2)) {
      CountDownLatch others = new CountDownLatch(6);
      List<Integer> order = Collections.synchronizedList(new ArrayList<>());
      workers.deal(7, part -> {
        if (part == 0) {
          await(others);
        } else {
          order.add(part);
          others.countDown();
        }
      });
      assertEquals(List.of(1, 2, 3, 4, 5, 6), order);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void dealtPartsThatDealThemselves() {
    try (Workers workers = new Workers(3)) {
      AtomicIntegerArray runs = new AtomicIntegerArray(12);
      workers.deal(3, outer -> workers.deal(4, inner -> runs.incrementAndGet(4 * outer + inner)));
      WorkersTest.assertAll(1, runs);
    }
  }

  @Test
  void failuresOfDealtPartsSurface() {
    try (Workers workers = new Workers(3)) {
      for (int failing = 0; failing < 7; failing++) {
        RuntimeException thrown = new ArithmeticException("part " + failing);
        int broken = failing;
        AtomicIntegerArray runs = new AtomicIntegerArray(7);
        assertSame(thrown, assertThrows(RuntimeException.class, () -> workers.deal(7, part -> {
          runs.incrementAndGet(part);
          if (part == broken) {
            throw thrown;
          }
        })));
        WorkersTest.assertAll(1, runs); // the other threads take what is left
        WorkersTest.assertOnce(workers, 7);
      }
    }
  }
}
