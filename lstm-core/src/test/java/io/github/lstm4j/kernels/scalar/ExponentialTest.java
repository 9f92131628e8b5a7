package io.github.lstm4j.kernels.scalar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The promised bound of exp and log, and what they give at the ends. */
class ExponentialTest {
  /** What the losses promise; measured over all floats: 1.02 and 0.83. */
  private static final double ULPS = 2;

  /** A prime, so that no pattern of low bits is left out: 4.3 million floats. */
  private static final int STEP = 1_009;

  private static final long ALL = 1L << 32;

  @Test
  void aSweepOfAllFloats() {
    ExponentialErrors errors = new ExponentialErrors();
    errors.sweep(0, ALL, STEP);
    assertBounds(errors);
  }

  /**
   * All floats within 2¹⁶ steps of where a form changes: over- and underflow, the first denormal result, a half of ln 2
   * (where exp rounds to another power), the ends of log's mantissa, denormals, and the worst found.
   */
  @ParameterizedTest
  @ValueSource(floats = {
    0f, Float.MIN_NORMAL, Exponential.EXP_HIGH, Exponential.EXP_LOW, -87.33654f, 0.3465736f, 1.0397208f, 0.70710677f,
    1.4142135f, 1f, 0.5f, -5.8778844f, 1.413642f, Float.MAX_VALUE, Float.POSITIVE_INFINITY
  })
  void aroundSeams(float seam) {
    ExponentialErrors errors = new ExponentialErrors();
    int bits = Float.floatToRawIntBits(Math.abs(seam));
    for (int sign : new int[] {0, Integer.MIN_VALUE}) {
      for (int at = Math.max(0, bits - 0x10000); at < bits + 0x10000; at++) {
        errors.add(Float.intBitsToFloat(at | sign));
      }
    }
    assertBounds(errors);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1", "-0.0, 1", "1.4e-45, 1", "-1.4e-45, 1", "Infinity, Infinity", "-Infinity, 0", "NaN, NaN",
    "89, Infinity", "1e38, Infinity", "-104, 0", "-1e38, 0"
  })
  void expAtTheEnds(float x, float expected) {
    assertBits(expected, Exponential.exp(x));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0", "0, -Infinity", "-0.0, -Infinity", "Infinity, Infinity", "-Infinity, NaN", "NaN, NaN", "-1, NaN",
    "-1.4e-45, NaN"
  })
  void logAtTheEnds(float x, float expected) {
    assertBits(expected, Exponential.log(x));
  }

  /** All floats there are, minutes on two cores: {@code mvn -pl lstm-core test -Dlstm4j.exhaustive=true}. */
  @Test
  @EnabledIfSystemProperty(named = "lstm4j.exhaustive", matches = "true")
  void everyFloat() throws InterruptedException, ExecutionException {
    long slice = ALL / 256;
    ExponentialErrors errors = new ExponentialErrors();
    try (ExecutorService executor = Executors.newFixedThreadPool(2)) {
      List<Future<ExponentialErrors>> slices = new ArrayList<>();
      for (long from = 0; from < ALL; from += slice) {
        long start = from;
        slices.add(executor.submit(() -> {
          ExponentialErrors part = new ExponentialErrors();
          part.sweep(start, start + slice, 1);
          return part;
        }));
      }
      for (Future<ExponentialErrors> part : slices) {
        errors.merge(part.get());
      }
    }
    assertEquals(ALL, errors.inputs());
    assertBounds(errors);
  }

  private static void assertBounds(ExponentialErrors errors) {
    assertTrue(errors.worstExp() <= ULPS && errors.worstLog() <= ULPS, errors::toString);
  }

  private static void assertBits(float expected, float actual) {
    assertEquals(Float.floatToIntBits(expected), Float.floatToIntBits(actual), () -> expected + " or " + actual);
  }
}
