package io.github.lstm4j.random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Randomness by position: the published vectors, ranges, and plain statistics at fixed seeds. */
class CounterRandomTest {
  private static final long SEED = 20260101;

  /**
   * The vectors of philox4x32 with 10 rounds in the file kat_vectors of the Random123 distribution; of its four words
   * of output the first two are ours. Words stand in ascending order, as there.
   */
  @ParameterizedTest
  @CsvSource({
    "00000000,00000000,00000000,00000000, 00000000,00000000, 6627e8d5,e169c58d",
    "ffffffff,ffffffff,ffffffff,ffffffff, ffffffff,ffffffff, 408f276d,41c83b0e",
    "243f6a88,85a308d3,13198a2e,03707344, a4093822,299f31d0, d16cfe09,94fdcceb"
  })
  void knownAnswers(
      String c0, String c1, String c2, String c3, String k0, String k1, String expected0, String expected1) {
    assertEquals(word(expected0, expected1), CounterRandom.bits(word(k0, k1), word(c2, c3), word(c0, c1)));
  }

  @Property
  void uniformNumbersAroundZeroAreThoseOfTheirCounters(
      @ForAll long seed, @ForAll long stream, @ForAll long first, @ForAll @IntRange(max = 40) int count) {
    float[] actual = new float[count + 3];
    Arrays.fill(actual, 7);
    CounterRandom.fillAroundZero(actual, 2, count, 0.3, seed, stream, first);
    float[] expected = new float[count + 3];
    Arrays.fill(expected, 7);
    for (int i = 0; i < count; i++) {
      expected[2 + i] = (float) (0.3 * (2 * CounterRandom.uniformDouble(seed, stream, first + i) - 1));
    }
    assertArrayEquals(expected, actual);
    assertThrows(
        IndexOutOfBoundsException.class, () -> CounterRandom.fillAroundZero(actual, 4, count, 1, seed, stream, first));
  }

  /** Runs used again, short and long, also where the counter's lower word overflows. */
  @Property
  void runsHaveTheNumbersOfTheirCounters(
      @ForAll long seed, @ForAll long stream, @ForAll long first, @ForAll @IntRange(max = 40) int before) {
    CounterRun run = new CounterRun();
    for (long start : new long[] {first, (1L << Integer.SIZE) - before, -before}) {
      for (int count : new int[] {CounterRun.LENGTH, before}) {
        run.generate(seed, stream, start, count);
        for (int j = 0; j < count; j++) {
          assertEquals(CounterRandom.bits(seed, stream, start + j), run.bits(j), "number " + j + " from " + start);
        }
      }
    }
  }

  @Test
  void aRunHasItsLength() {
    assertThrows(IndexOutOfBoundsException.class, () -> new CounterRun().generate(1, 2, 3, CounterRun.LENGTH + 1));
  }

  private static long word(String low, String high) {
    return Long.parseUnsignedLong(high + low, 16);
  }

  @Property
  void rangesAndGrids(@ForAll long seed, @ForAll long stream, @ForAll long counter) {
    float single = CounterRandom.uniform(seed, stream, counter);
    assertTrue(single >= 0 && single < 1, () -> "uniform " + single);
    assertEquals(single * 0x1p24f, (float) Math.rint(single * 0x1p24f));
    double wide = CounterRandom.uniformDouble(seed, stream, counter);
    assertTrue(wide >= 0 && wide < 1, () -> "uniformDouble " + wide);
    assertEquals(wide * 0x1p53, Math.rint(wide * 0x1p53));
    assertEquals(single, Math.floor(wide * 0x1p24) * 0x1p-24, "both are made of the same upper bits");
    assertTrue(Double.isFinite(CounterRandom.normal(seed, stream, counter)));
  }

  /**
   * Chi-square of 64 cells: 63 degrees of freedom, mean 63, standard deviation √126 = 11.2. The seeds are fixed, so
   * this either holds for ever or never; 5 standard deviations are passed by chance less than once in 10⁵.
   */
  @Test
  void uniformFillsItsCells() {
    chiSquare(i -> CounterRandom.uniform(SEED, 1, i));
    chiSquare(i -> CounterRandom.uniformDouble(SEED, 1, (long) i << 32));
    chiSquare(i -> CounterRandom.uniform(SEED, i, 0));
    chiSquare(i -> CounterRandom.uniform(SEED, (long) i << 32, 0));
    chiSquare(i -> CounterRandom.uniform(i, 1, 0));
    chiSquare(i -> CounterRandom.uniform((long) i << 32, 1, 0));
    chiSquare(i -> CounterRandom.uniform(SEED, 1, i) * 4096 % 1); // the middle bits
  }

  private static void chiSquare(IntToDoubleFunction numbers) {
    int cells = 64;
    int draws = 64_000;
    int[] counts = new int[cells];
    for (int i = 0; i < draws; i++) {
      counts[(int) (numbers.applyAsDouble(i) * cells)]++;
    }
    assertChiSquare(counts, (double) draws / cells);
  }

  private static void assertChiSquare(int[] counts, double expected) {
    double sum = Arrays.stream(counts).mapToDouble(n -> (n - expected) * (n - expected) / expected).sum();
    double freedom = counts.length - 1;
    assertEquals(freedom, sum, 5 * Math.sqrt(2 * freedom), () -> "chi-square of " + Arrays.toString(counts));
  }

  @Property
  void permutationHoldsEachNumberOnce(@ForAll long seed, @ForAll long stream, @ForAll @IntRange(max = 500) int n) {
    int[] order = CounterRandom.permutation(seed, stream, n);
    assertArrayEquals(IntStream.range(0, n).toArray(), Arrays.stream(order).sorted().toArray());
    assertArrayEquals(order, CounterRandom.permutation(seed, stream, n));
  }

  /** All 24 permutations of four numbers are equally frequent. */
  @Test
  void permutationsAreUnbiased() {
    int[] counts = new int[256];
    int draws = 24_000;
    for (int stream = 0; stream < draws; stream++) {
      int[] p = CounterRandom.permutation(SEED, stream, 4);
      counts[p[0] << 6 | p[1] << 4 | p[2] << 2 | p[3]]++;
    }
    int[] seen = Arrays.stream(counts).filter(n -> n > 0).toArray();
    assertEquals(24, seen.length);
    assertChiSquare(seen, draws / 24.0);
  }

  /**
   * The first four moments of n numbers against 0, 1, 0, 3, within 5 standard errors; the variances of x, x², x³, x⁴
   * are 1, 2, 15 and 96.
   */
  @Test
  void normalMoments() {
    int n = 100_000;
    double[] sums = new double[4];
    double neighbours = 0;
    double previous = 0;
    for (int i = 0; i < n; i++) {
      double x = CounterRandom.normal(SEED, 7, i);
      for (int k = 0; k < 4; k++) {
        sums[k] += Math.pow(x, k + 1);
      }
      neighbours += x * previous;
      previous = x;
    }
    double error = 5 / Math.sqrt(n);
    assertEquals(0, sums[0] / n, error);
    assertEquals(1, sums[1] / n, error * Math.sqrt(2));
    assertEquals(0, sums[2] / n, error * Math.sqrt(15));
    assertEquals(3, sums[3] / n, error * Math.sqrt(96));
    assertEquals(0, neighbours / n, error, "neighbours are not correlated");
  }

  /** FNV-1a's published values for one-byte texts. */
  @Test
  void streamsOfNames() {
    assertEquals(0xcbf29ce484222325L, CounterRandom.stream(""));
    assertEquals(0xaf63dc4c8601ec8cL, CounterRandom.stream("a"));
    assertEquals(0x85944171f73967e8L, CounterRandom.stream("foobar"));
  }
}
