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
import org.junit.jupiter.params.provider.ValueSource;

/** The stated bounds of tanh and the gate sigmoid. */
class ActivationsTest {
  private static final double TANH_ULPS = 5;
  private static final double SIGMOID_ERROR = 2e-7;

  /** A prime, so that a sweep meets every pattern of low bits: 4.3 million inputs. */
  private static final int STEP = 997;

  private static final long ALL = 1L << 32;

  @Test
  void denseSweep() {
    ActivationErrors errors = new ActivationErrors();
    errors.sweep(0, ALL, STEP);
    assertBounds(errors);
  }

  /** Every float where the error is largest: two of these millions may break the bound, which no sample meets. */
  @Test
  void everyFloatFrom4To9() {
    ActivationErrors errors = new ActivationErrors();
    errors.sweep(Float.floatToRawIntBits(4f), Float.floatToRawIntBits(9f), 1);
    assertBounds(errors);
  }

  /** Every float within 2¹⁶ of a place where the form changes its behaviour, on both sides of zero. */
  @ParameterizedTest
  @ValueSource(floats = {
    0f, Float.MIN_NORMAL, Activations.TANH_LIMIT, 2 * Activations.TANH_LIMIT, Float.POSITIVE_INFINITY, 1f, 0.5f,
    Float.MAX_VALUE
  })
  void aroundSeams(float seam) {
    ActivationErrors errors = new ActivationErrors();
    int bits = Float.floatToRawIntBits(seam);
    for (int sign : new int[] {0, Integer.MIN_VALUE}) {
      for (int at = Math.max(0, bits - 0x10000); at < bits + 0x10000; at++) {
        errors.add(Float.intBitsToFloat(at | sign));
      }
    }
    assertBounds(errors);
  }

  @Test
  void specialValues() {
    assertBits(0f, Activations.tanh(0f));
    assertBits(-0f, Activations.tanh(-0f));
    assertEquals(Activations.tanh(Activations.TANH_LIMIT), Activations.tanh(Float.POSITIVE_INFINITY));
    assertEquals(Activations.tanh(-Activations.TANH_LIMIT), Activations.tanh(Float.NEGATIVE_INFINITY));
    assertBits(0.5f, Activations.sigmoid(0f));
    assertBits(0.5f, Activations.sigmoid(-0f));
    assertEquals(1, Activations.sigmoid(Float.POSITIVE_INFINITY), SIGMOID_ERROR);
    assertEquals(0, Activations.sigmoid(Float.NEGATIVE_INFINITY), SIGMOID_ERROR);
  }

  @Test
  void tanhIsOdd() {
    for (int bits = 0; bits <= Float.floatToRawIntBits(Float.POSITIVE_INFINITY); bits += 100 * STEP) {
      float x = Float.intBitsToFloat(bits);
      assertBits(-Activations.tanh(x), Activations.tanh(-x));
    }
  }

  /** All floats there are, minutes on two cores: {@code mvn -pl lstm-core test -Dlstm4j.exhaustive=true}. */
  @Test
  @EnabledIfSystemProperty(named = "lstm4j.exhaustive", matches = "true")
  void everyFloat() throws InterruptedException, ExecutionException {
    long slice = ALL / 256;
    ActivationErrors errors = new ActivationErrors();
    try (ExecutorService executor = Executors.newFixedThreadPool(2)) {
      List<Future<ActivationErrors>> parts = new ArrayList<>();
      for (long from = 0; from < ALL; from += slice) {
        long start = from;
        parts.add(executor.submit(() -> {
          ActivationErrors part = new ActivationErrors();
          part.sweep(start, start + slice, 1);
          return part;
        }));
      }
      for (Future<ActivationErrors> part : parts) {
        errors.merge(part.get());
      }
    }
    assertEquals(ALL, errors.inputs());
    assertBounds(errors);
  }

  private static void assertBounds(ActivationErrors errors) {
    assertTrue(errors.worstUlps() <= TANH_ULPS, errors::toString);
    assertTrue(errors.worstSigmoid() <= SIGMOID_ERROR, errors::toString);
  }

  private static void assertBits(float expected, float actual) {
    assertEquals(Float.floatToRawIntBits(expected), Float.floatToRawIntBits(actual), () -> expected + " or " + actual);
  }
}
