package io.github.lstm4j.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the threads share: which way, in which parts, by which chunks of time. */
class SplitTest {
  /** The shapes that were measured, docs/adr/0006. */
  @ParameterizedTest
  @CsvSource({
    "1, 64, NONE", "1, 96, UNITS", "1, 256, UNITS", "8, 128, BATCH", "16, 128, BATCH", "16, 256, BATCH",
    "8, 384, UNITS", "16, 512, UNITS", "24, 768, UNITS", "32, 512, BATCH", "64, 512, BATCH", "64, 650, BATCH",
    "32, 1024, UNITS", "20, 1500, UNITS", "1, 1500, UNITS"
  })
  void measured(int batch, int hidden, Split expected) {
    assertEquals(expected, Split.measured(batch, 4, hidden, 2));
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
