package io.github.lstm4j.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

/** Several jobs as one. */
class DealtPartsTest {
  @Test
  void everyPartOfEveryJobRunsOnce() {
    try (Workers workers = new Workers(2)) {
      DealtParts parts = new DealtParts(workers);
      AtomicIntegerArray first = new AtomicIntegerArray(3);
      AtomicIntegerArray second = new AtomicIntegerArray(5);
      parts.add(3, first::incrementAndGet);
      parts.add(0, part -> {
        throw new IllegalStateException("a job without parts");
      });
      parts.add(5, second::incrementAndGet);
      assertEquals(8, parts.count());
      for (int round = 1; round <= 100; round++) {
        parts.run(8);
      }
      assertEquals("[100, 100, 100] [100, 100, 100, 100, 100]", first + " " + second);
    }
  }

  /** As many as one asks for, in the order in which they were added where there is a single thread. */
  @Test
  void theFirstOfThem() {
    try (Workers workers = new Workers(1)) {
      DealtParts parts = new DealtParts(workers);
      List<String> ran = new ArrayList<>();
      parts.add(2, part -> ran.add("weight " + part));
      parts.add(1, part -> ran.add("bias " + part));
      parts.add(2, part -> ran.add("input " + part));
      parts.run(3);
      assertEquals(List.of("weight 0", "weight 1", "bias 0"), ran);
    }
  }

  /** Jobs of one part are the caller's where those with more are left out. */
  @Test
  void wholeJobsBeforeOthers() {
    try (Workers workers = new Workers(3)) {
      DealtParts parts = new DealtParts(workers);
      Set<Thread> threads = ConcurrentHashMap.newKeySet();
      parts.add(1, part -> threads.add(Thread.currentThread()));
      parts.add(1, part -> threads.add(Thread.currentThread()));
      parts.add(6, part -> {
        throw new ArithmeticException("part " + part);
      });
      for (int round = 0; round < 50; round++) {
        parts.run(2);
      }
      assertEquals(Set.of(Thread.currentThread()), threads);
      assertThrows(ArithmeticException.class, () -> parts.run(8));
    }
  }

  /** Jobs too small to be cut are the caller's, however many there are. */
  @Test
  void wholeJobsStayWithTheCaller() {
    try (Workers workers = new Workers(4)) {
      DealtParts parts = new DealtParts(workers);
      Set<Thread> threads = ConcurrentHashMap.newKeySet();
      int[] runs = new int[3];
      for (int job = 0; job < runs.length; job++) {
        int number = job;
        parts.add(1, part -> {
          threads.add(Thread.currentThread());
          runs[number]++;
        });
      }
      for (int round = 0; round < 50; round++) {
        parts.run(parts.count());
      }
      assertEquals(Set.of(Thread.currentThread()), threads);
      assertEquals("[50, 50, 50]", Arrays.toString(runs));
    }
  }
}
