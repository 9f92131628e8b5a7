package io.github.lstm4j.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lstm4j.memory.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class LabelledSequencesTest {
  private static final List<String> CLASSES = List.of("a", "b");

  private static LabelledSequence sequence(int label, float... values) {
    return new LabelledSequence(Tensor.of(values, values.length, 1), label);
  }

  /** n sequences: the i-th has 1 + i % 5 steps of value i and label i % 2. */
  private static LabelledSequences counted(int n) {
    List<LabelledSequence> all = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      float[] values = new float[1 + i % 5];
      Arrays.fill(values, i);
      all.add(sequence(i % 2, values));
    }
    return LabelledSequences.of(CLASSES, all);
  }

  private static List<Float> firsts(BatchSource source, int epoch) {
    List<Float> seen = new ArrayList<>();
    for (Iterator<Batch> batches = source.epoch(epoch); batches.hasNext(); ) {
      Batch batch = batches.next();
      for (int i = 0; i < batch.input().size(0); i++) {
        seen.add(batch.input().get(i, 0, 0));
      }
    }
    return seen;
  }

  @Test
  void aBatchTellsWhatIsValid() {
    Batch batch = counted(5).batch(4, 1);
    assertEquals("[2, 5, 1]", batch.input().shapeText());
    assertArrayEquals(new int[] {5, 2}, batch.lengths());
    assertArrayEquals(new float[] {4, 4, 4, 4, 4, 1, 1, 0, 0, 0}, batch.input().data());
    assertArrayEquals(new float[] {0, 1}, batch.target().data());
  }

  @Property
  void anEpochGoesThroughAllOnce(
      @ForAll @IntRange(min = 1, max = 60) int count,
      @ForAll @IntRange(min = 1, max = 70) int size,
      @ForAll long seed) {
    SequenceBatches batches = new SequenceBatches(counted(count), size, seed);
    List<Float> all = IntStream.range(0, count).mapToObj(i -> (float) i).toList();
    assertEquals(all, firsts(batches, 0).stream().sorted().toList());
    assertEquals(firsts(batches, 1), firsts(new SequenceBatches(counted(count), size, seed), 1));
    assertEquals(all, firsts(SequenceBatches.inOrder(counted(count), size), 3));
  }

  @Test
  void epochsAndSeedsShuffleDifferently() {
    SequenceBatches batches = new SequenceBatches(counted(50), 8, 1);
    assertFalse(firsts(batches, 0).equals(firsts(batches, 1)));
    assertFalse(firsts(batches, 0).equals(firsts(new SequenceBatches(counted(50), 8, 2), 0)));
  }

  /** A share of n rounded to whole numbers, class by class: each differs from n·share by a half at most. */
  @Property
  void aStratifiedSplitKeepsProportions(
      @ForAll @Size(min = 2, max = 200) List<@IntRange(max = 4) Integer> labels,
      @ForAll @DoubleRange(min = 0.05, max = 0.95) double share,
      @ForAll long seed) {
    int[] of = labels.stream().mapToInt(Integer::intValue).toArray();
    int[] totals = new int[5];
    IntStream.of(of).forEach(label -> totals[label]++);
    if (IntStream.of(totals).noneMatch(total -> total > 1)) {
      assertThrows(IllegalArgumentException.class, () -> StratifiedSplit.of(of, share, seed));
      return;
    }
    StratifiedSplit split = StratifiedSplit.of(of, share, seed);
    int[] held = new int[5];
    IntStream.of(split.heldOut()).forEach(i -> held[of[i]]++);
    for (int label = 0; label < 5; label++) {
      int most = Math.max(0, totals[label] - 1);
      assertEquals(Math.min(Math.max(1, Math.round(totals[label] * share)), most), held[label]);
    }
    int[] both = IntStream.concat(IntStream.of(split.kept()), IntStream.of(split.heldOut())).sorted().toArray();
    assertArrayEquals(IntStream.range(0, of.length).toArray(), both);
    assertArrayEquals(split.heldOut(), StratifiedSplit.of(of, share, seed).heldOut());
  }

  @Test
  void channelsAreScaledByTheTrainingPartAlone() {
    LabelledSequences all =
        LabelledSequences.of(CLASSES, List.of(sequence(0, 1, 3), sequence(1, 5), sequence(1, 100, -100)));
    Scaler scaler = Scaler.fit(all.select(0, 1).steps(), Scaling.MIN_MAX); // 1 to 5
    assertArrayEquals(new float[] {0, 0.5f}, all.scaled(scaler).get(0).values().data());
    assertArrayEquals(new float[] {24.75f, -25.25f}, all.scaled(scaler).get(2).values().data());
  }

  @Test
  void missingValuesAreFilledFromTheSequenceItself() {
    LabelledSequences gaps =
        LabelledSequences.of(CLASSES, List.of(sequence(0, 1, Float.NaN, 3), sequence(1, Float.NaN, 4)));
    assertArrayEquals(
        new float[] {1, 2, 3}, gaps.select(0).completed(MissingValues.LINEAR).get(0).values().data());
    assertEquals(1, gaps.completed(MissingValues.DROP_ROWS).get(1).length());
    String message = message(() -> gaps.completed(MissingValues.FORWARD_FILL));
    assertTrue(message.startsWith("sequence 1: column 'channel 0', row 0 is missing"), message);
  }

  @Test
  void badInputIsNamed() {
    assertEquals(
        "the label of sequence 0 is 2; expected 0 to 1, an index of [a, b]",
        message(() -> LabelledSequences.of(CLASSES, List.of(sequence(2, 1)))));
    assertEquals("there are no sequences; expected 1 or more", message(() -> LabelledSequences.of(CLASSES, List.of())));
    LabelledSequence wide = new LabelledSequence(Tensor.zeros(1, 2), 0);
    assertEquals(
        "sequence 1 has 2 channels; expected 1 as sequence 0 has",
        message(() -> LabelledSequences.of(CLASSES, List.of(sequence(0, 1), wide))));
    assertEquals(
        "a sequence has shape [0, 1]; expected [length, channels], 1 or more of both",
        message(() -> new LabelledSequence(Tensor.zeros(0, 1), 0)));
    LabelledSequences unlabelled = LabelledSequences.of(CLASSES, List.of(sequence(LabelledSequence.NO_LABEL, 1)));
    assertEquals(
        "sequence 0 has no label; expected a class for each sequence to train on",
        message(() -> new SequenceBatches(unlabelled, 1, 0)));
  }

  private static String message(Runnable call) {
    return String.valueOf(assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }
}
