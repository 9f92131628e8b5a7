package io.github.lstm4j.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lstm4j.testing.Refusal;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Batches of windows over a series whose values are their rows' numbers, so a value says where it came from. */
final class WindowBatchesTest {
  private static Windows windows(int rows, WindowTargets targets) {
    double[] values = IntStream.range(0, rows).asDoubleStream().toArray();
    WindowShape shape = WindowShape.of(List.of("v"), List.of("v"), 3).withTargetsAt(targets);
    return Windows.over(Series.of("v", values), shape);
  }

  private static List<Batch> epoch(WindowBatches batches, int epoch) {
    List<Batch> all = new ArrayList<>();
    Iterator<Batch> iterator = batches.epoch(epoch);
    iterator.forEachRemaining(all::add);
    return all;
  }

  private static List<Integer> starts(List<Batch> batches) {
    List<Integer> starts = new ArrayList<>();
    for (Batch batch : batches) {
      for (int b = 0; b < batch.input().size(0); b++) {
        starts.add((int) batch.input().get(b, 0, 0));
      }
    }
    return starts;
  }

  @Property(tries = 100)
  void everyWindowOnceInBatchesAsEqualAsCanBe(
      @ForAll @IntRange(min = 4, max = 200) int rows, @ForAll @IntRange(min = 1, max = 250) int size,
      @ForAll long seed, @ForAll boolean everyStep) {
    Windows windows = windows(rows, everyStep ? WindowTargets.EVERY_STEP : WindowTargets.LAST_STEP);
    List<Batch> batches = epoch(new WindowBatches(windows, size, seed), 2);
    assertEquals(
        IntStream.range(0, windows.count()).boxed().toList(), starts(batches).stream().sorted().toList());
    int least = batches.stream().mapToInt(batch -> batch.input().size(0)).min().orElse(0);
    int most = batches.stream().mapToInt(batch -> batch.input().size(0)).max().orElse(0);
    assertTrue(most - least <= 1, () -> "batches of " + least + " to " + most);
    // Nearest number of batches of about that size: none is 1.5 times it or more (rounded up), unless there is one
    // alone.
    assertTrue(batches.size() == 1 || most <= Math.ceil(1.5 * size), () -> "a batch of " + most + ", about " + size);
    for (Batch batch : batches) {
      for (int b = 0; b < batch.input().size(0); b++) {
        float start = batch.input().get(b, 0, 0);
        assertEquals(start + 2, batch.input().get(b, 2, 0));
        assertEquals(start + 3, everyStep ? batch.target().get(b, 2, 0) : batch.target().get(b, 0));
        assertFalse(batch.continues());
      }
    }
  }

  @Test
  void theOrderDependsOnSeedAndEpochAlone() {
    Windows windows = windows(60, WindowTargets.LAST_STEP);
    WindowBatches batches = new WindowBatches(windows, 8, 5);
    List<Integer> third = starts(epoch(batches, 3));
    List<Integer> fourth = starts(epoch(batches, 4));
    assertEquals(third, starts(epoch(batches, 3)), "asked again");
    assertEquals(third, starts(epoch(new WindowBatches(windows, 20, 5), 3)), "another batch size");
    assertFalse(third.equals(fourth), "another epoch");
    assertFalse(third.equals(starts(epoch(new WindowBatches(windows, 8, 6), 3))), "another seed");
  }

  @Test
  void aBatchHoldsSomething() {
    Refusal.of(
        IllegalArgumentException.class, () -> new WindowBatches(windows(9, WindowTargets.LAST_STEP), 0, 1),
        "batch size is 0");
  }
}
