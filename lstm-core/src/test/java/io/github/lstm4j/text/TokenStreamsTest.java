package io.github.lstm4j.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.lstm4j.data.Batch;
import io.github.lstm4j.testing.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** The layout of truncated back-propagation through time over parallel streams. */
class TokenStreamsTest {
  private static List<Batch> batches(TokenStreams streams, int epoch) {
    List<Batch> batches = new ArrayList<>();
    streams.epoch(epoch).forEachRemaining(batches::add);
    return batches;
  }

  /**
   * By hand, as PyTorch's {@code x = d[:n*b].view(b, n); y = d[1:n*b+1].view(b, n)} and windows of 3 columns: 17 tokens
   * make 2 streams of 8, so the last target is the last token, and columns 6 and 7 are in no window.
   */
  @Test
  void windowsByHand() {
    TokenSequence tokens = TokenSequence.of(IntStream.range(100, 117).toArray());
    List<Batch> batches = batches(new TokenStreams(tokens, 2, 3), 0);
    assertEquals(2, batches.size());
    assertEquals("[2, 3, 1]", batches.getFirst().input().shapeText());
    assertArrayEquals(new float[] {100, 101, 102, 108, 109, 110}, batches.get(0).input().data());
    assertArrayEquals(new float[] {101, 102, 103, 109, 110, 111}, batches.get(0).target().data());
    assertArrayEquals(new float[] {103, 104, 105, 111, 112, 113}, batches.get(1).input().data());
    assertArrayEquals(new float[] {104, 105, 106, 112, 113, 114}, batches.get(1).target().data());
    assertEquals(List.of(false, true), batches.stream().map(Batch::continues).toList());
    assertEquals(
        List.of(false, true), batches(new TokenStreams(tokens, 2, 3), 7).stream().map(Batch::continues).toList());
  }

  @Property(tries = 200)
  void everyTokenOfAStreamComesOnceAndItsTargetIsTheNext(
      @ForAll @IntRange(min = 1, max = 5) int streams, @ForAll @IntRange(min = 1, max = 9) int steps,
      @ForAll @IntRange(min = 0, max = 200) int more) {
    int size = streams * steps + 1 + more;
    TokenStreams source = new TokenStreams(TokenSequence.of(IntStream.range(0, size).toArray()), streams, steps);
    int length = (size - 1) / streams;
    List<Batch> batches = batches(source, 0);
    assertEquals(length / steps, batches.size());
    assertEquals(batches.size(), source.batches());
    for (int k = 0; k < batches.size(); k++) {
      for (int b = 0; b < streams; b++) {
        for (int t = 0; t < steps; t++) {
          assertEquals(b * length + k * steps + t, batches.get(k).input().get(b, t, 0));
          assertEquals(b * length + k * steps + t + 1, batches.get(k).target().get(b, t, 0));
        }
      }
    }
  }

  @Test
  void tooFewTokensAreRefusedWithTheLeastThatServes() {
    TokenSequence tokens = TokenSequence.of(1, 2, 3, 4, 5, 6);
    Refusal.of(IllegalArgumentException.class, () -> new TokenStreams(tokens, 2, 3), "6 tokens", "expected 7 or more");
    Refusal.of(IllegalArgumentException.class, () -> new TokenStreams(tokens, 0, 3), "0 streams", "expected 1 or more");
    assertEquals(1, new TokenStreams(TokenSequence.of(1, 2, 3, 4, 5, 6, 7), 2, 3).batches());
  }

  @Test
  void aSequenceGuardsItsEnds() {
    TokenSequence tokens = TokenSequence.of(1, 2, 3);
    assertEquals(3, tokens.slice(1, 3).get(1));
    Refusal.of(IndexOutOfBoundsException.class, () -> tokens.slice(0, 2).get(2));
    Refusal.of(IndexOutOfBoundsException.class, () -> tokens.slice(0, 2).copyTo(1, new float[9], 0, 2));
    Refusal.of(IndexOutOfBoundsException.class, () -> tokens.copyTo(0, new float[2], 0, 3));
  }
}
