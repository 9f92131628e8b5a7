package io.github.lstm4j.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.lstm4j.kernels.KernelSelection;
import io.github.lstm4j.kernels.Kernels;
import io.github.lstm4j.kernels.scalar.ScalarKernels;
import io.github.lstm4j.oracle.Cell;
import io.github.lstm4j.oracle.OracleCase;
import io.github.lstm4j.oracle.OracleCases;
import io.github.lstm4j.oracle.RecurrentConfig;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One arithmetic: whatever kernels this JVM selects, on any number of threads, give the bits of the scalar kernels on
 * one thread, however they share the work, in training, with dropout, and in inference. lstm-simd runs the same class
 * at every width.
 */
public class LayerBitsTest {
  private static final Kernels SCALAR = new ScalarKernels();

  @Provide
  Arbitrary<OracleCase> cases() {
    return OracleCases.any();
  }

  /**
   * The kernels that must have been selected, so that green can't mean that others were skipped.
   *
   * @return their name
   */
  protected String expectedKernels() {
    return "scalar";
  }

  @Property(tries = 150)
  final void threadsChangeNoBit(
      @ForAll("cases") OracleCase values, @ForAll @IntRange(min = 1, max = 4) int threads, @ForAll boolean dropout) {
    assertSameOnThreads(values, threads, dropout ? 0.4f : 0);
  }

  @Property(tries = 300)
  final void splitsAndChunksChangeNoBit(
      @ForAll("cases") OracleCase values, @ForAll @IntRange(min = 1, max = 4) int threads, @ForAll Split split,
      @ForAll @IntRange(min = 1, max = 20) int chunkRows) {
    assertSameInSplit(values, threads, split, chunkRows);
  }

  /** Past a depth block of 512 in units, in rows of all steps and in features; more rows than any tile. */
  static Stream<RecurrentConfig> large() {
    return Stream.of(
        new RecurrentConfig(Cell.LSTM, 3, 515, 1, true, false, 0, 3, 3, List.of()),
        new RecurrentConfig(Cell.LSTM, 530, 5, 2, true, true, 3, 58, 9, List.of()),
        new RecurrentConfig(Cell.LSTM, 2, 70, 2, false, true, 0, 7, 40, List.of(3, 40, 17, 39, 40, 1, 22)),
        new RecurrentConfig(Cell.GRU, 3, 515, 1, true, false, 0, 3, 3, List.of()),
        new RecurrentConfig(Cell.GRU, 530, 5, 2, false, true, 0, 58, 9, List.of()),
        new RecurrentConfig(Cell.GRU, 2, 70, 2, true, true, 0, 7, 40, List.of(3, 40, 17, 39, 40, 1, 22)),
        new RecurrentConfig(Cell.RNN_TANH, 3, 515, 2, true, true, 0, 7, 5, List.of(3, 5, 1, 4, 5, 1, 2)),
        new RecurrentConfig(Cell.RNN_RELU, 530, 5, 2, true, true, 0, 58, 9, List.of()));
  }

  @ParameterizedTest
  @MethodSource("large")
  final void threadsChangeNoBitOfLargeLayers(RecurrentConfig config) {
    assertSameOnThreads(OracleCase.random(config, 11, 1), 4, 0.25f);
  }

  @ParameterizedTest
  @MethodSource("large")
  final void splitsChangeNoBitOfLargeLayers(RecurrentConfig config) {
    OracleCase values = OracleCase.random(config, 11, 1);
    for (int threads = 2; threads <= 4; threads++) {
      assertSameInSplit(values, threads, Split.UNITS, 256);
      assertSameInSplit(values, threads, Split.BATCH, 16);
    }
  }

  private void assertSameInSplit(OracleCase values, int threads, Split split, int chunkRows) {
    Kernels kernels = KernelSelection.best();
    assertEquals(expectedKernels(), kernels.name());
    Split.Policy policy = (batch, gates, hidden, count) -> split;
    String context = split + " on " + threads + " threads, chunks of " + chunkRows + " rows, " + values;
    CaseRun.assertSameBits(
        CaseRun.train(values, SCALAR, 1, 0),
        CaseRun.train(values, new Execution(kernels, threads, policy, chunkRows), 0),
        context);
    CaseRun.assertSameBits(
        CaseRun.serve(values, SCALAR, 1),
        CaseRun.serve(values, new Execution(kernels, threads, policy, chunkRows)),
        context);
  }

  private void assertSameOnThreads(OracleCase values, int threads, float dropout) {
    Kernels kernels = KernelSelection.best();
    assertEquals(expectedKernels(), kernels.name());
    Map<String, float[]> expected = CaseRun.train(values, SCALAR, 1, dropout);
    String context = kernels.name() + " on " + threads + " threads, dropout " + dropout + ", " + values;
    CaseRun.assertSameBits(expected, CaseRun.train(values, kernels, threads, dropout), context);
    CaseRun.assertSameBits(CaseRun.serve(values, SCALAR, 1), CaseRun.serve(values, kernels, threads), context);
  }
}
