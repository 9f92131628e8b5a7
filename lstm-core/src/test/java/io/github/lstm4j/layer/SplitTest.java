package io.github.lstm4j.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lstm4j.kernels.scalar.ScalarKernels;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the threads share: which way, in which parts, by which chunks of time. */
class SplitTest {
  /** Shapes that were measured, docs/adr/0006, with the gates of an LSTM, a GRU or an RNN. */
  @ParameterizedTest
  @CsvSource({
    "1, 4, 64, NONE", "1, 4, 96, UNITS", "1, 4, 256, UNITS", "8, 4, 128, BATCH", "16, 4, 128, BATCH",
    "16, 4, 256, BATCH", "8, 4, 384, UNITS", "16, 4, 512, UNITS", "24, 4, 512, UNITS", "24, 4, 768, UNITS",
    "32, 4, 512, BATCH", "64, 4, 512, BATCH", "64, 4, 650, BATCH", "64, 4, 768, BATCH", "32, 4, 1024, UNITS",
    "20, 4, 1500, UNITS", "1, 4, 1500, UNITS", "16, 3, 512, UNITS", "24, 3, 768, UNITS", "16, 1, 512, BATCH",
    "16, 1, 768, UNITS"
  })
  void measured(int batch, int gates, int hidden, Split expected) {
    assertEquals(expected, Split.measured(batch, gates, hidden, 2));
  }

  /** Either side of each bound, on more threads too. */
  @ParameterizedTest
  @CsvSource({
    "1, 1, 181, 2, NONE", "1, 1, 182, 2, UNITS", "1, 1, 181, 1, UNITS", "7, 4, 128, 2, UNITS", "8, 4, 128, 2, BATCH",
    "15, 4, 128, 4, UNITS", "16, 4, 128, 4, BATCH", "16, 4, 362, 2, BATCH", "16, 4, 363, 2, UNITS",
    "25, 4, 512, 2, UNITS", "26, 4, 512, 2, BATCH", "25, 4, 512, 4, UNITS", "26, 4, 512, 4, BATCH",
    "31, 4, 512, 8, UNITS", "32, 4, 512, 8, BATCH", "64, 4, 1023, 2, BATCH", "64, 4, 1024, 2, UNITS"
  })
  void bounds(int batch, int gates, int hidden, int threads, Split expected) {
    assertEquals(expected, Split.measured(batch, gates, hidden, threads));
  }

  /** Products beside the loop: small ones are not shared, but where a test chooses the split. */
  @Test
  void smallProductsAreNotShared() {
    try (Execution measured = new Execution(new ScalarKernels(), 3);
        Execution chosen = new Execution(new ScalarKernels(), 3, (batch, gates, hidden, threads) -> Split.BATCH, 1)) {
      assertEquals(1, measured.threads((1 << 20) - 1));
      assertEquals(3, measured.threads(1 << 20));
      assertEquals(3, chosen.threads(1));
    }
  }

  @Property
  void partsAreWholeBlocksOfAboutOneSize(
      @ForAll @IntRange(max = 3_000) int total, @ForAll @IntRange(min = 1, max = 9) int parts,
      @ForAll @IntRange(min = 1, max = 48) int block) {
    assertEquals(0, Parts.bound(total, parts, 0, block));
    assertEquals(total, Parts.bound(total, parts, parts, block));
    int least = Parts.blocks(total, block) / parts;
    for (int part = 0; part < parts; part++) {
      int from = Parts.bound(total, parts, part, block);
      int to = Parts.bound(total, parts, part + 1, block);
      int blocks = Parts.blocks(to - from, block);
      assertTrue(from % block == 0 || from == total, "part " + part + " begins at " + from);
      assertTrue(blocks == least || blocks == least + 1, "part " + part + " has " + blocks + " blocks");
    }
  }

  /** Consecutive sequences; no other cut is nearer to the share. */
  @Property
  void partsOfSequencesHaveAboutAsManyRows(
      @ForAll @Size(min = 1, max = 20) List<@IntRange(min = 1, max = 30) Integer> lengths,
      @ForAll @IntRange(min = 1, max = 6) int parts) {
    StepPlan plan = StepPlan.of(30, lengths.stream().mapToInt(Integer::intValue).toArray());
    int[] bounds = Parts.ofSequences(plan, parts);
    assertEquals(parts + 1, bounds.length);
    assertEquals(0, bounds[0]);
    assertEquals(plan.batch(), bounds[parts]);
    for (int part = 1; part < parts; part++) {
      assertTrue(bounds[part] >= bounds[part - 1], Arrays.toString(bounds));
      double share = (double) plan.rows() * part / parts;
      double nearest = IntStream.rangeClosed(0, plan.batch())
          .mapToDouble(position -> Math.abs(rows(plan, position) - share))
          .min()
          .orElseThrow();
      assertEquals(nearest, Math.abs(rows(plan, bounds[part]) - share), 1e-9, Arrays.toString(bounds));
    }
  }

  private static int rows(StepPlan plan, int positions) {
    return IntStream.range(0, positions).map(plan::length).sum();
  }

  @Test
  void partsOfSequences() {
    assertArrayEquals(new int[] {0, 3, 7}, Parts.ofSequences(StepPlan.of(7, 5), 2));
    assertArrayEquals(new int[] {0, 2, 5, 7}, Parts.ofSequences(StepPlan.of(7, 5), 3));
    assertArrayEquals(new int[] {0, 1, 8}, Parts.ofSequences(StepPlan.of(50, new int[] {6, 50, 6, 40, 6, 6, 6, 6}), 2));
    assertArrayEquals(new int[] {0, 0, 1, 1, 2}, Parts.ofSequences(StepPlan.of(2, 1), 4));
  }

  @Property
  void chunksMakeUpTheStepsInOrder(
      @ForAll @Size(min = 1, max = 6) List<@IntRange(min = 1, max = 30) Integer> lengths, @ForAll boolean reverse,
      @ForAll @IntRange(min = 1, max = 40) int leastRows) {
    StepPlan plan = StepPlan.of(30, lengths.stream().mapToInt(Integer::intValue).toArray());
    List<StepRange> chunks = StepRange.chunks(plan, reverse, leastRows);
    int next = 0;
    for (StepRange chunk : reverse ? chunks.reversed() : chunks) {
      assertEquals(next, chunk.from());
      assertEquals(plan.offset(next), chunk.firstRow(plan));
      assertTrue(chunk.rows(plan) >= leastRows || chunks.size() == 1, () -> chunk + " has too few rows");
      assertEquals(chunk.count(), chunk.single(reverse).size());
      next = chunk.to();
    }
    assertEquals(plan.longest(), next);
  }
}
