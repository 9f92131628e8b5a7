package io.github.lstm4j.layer;

import static io.github.lstm4j.layer.CaseRun.assertSameBits;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lstm4j.kernels.scalar.ScalarKernels;
import io.github.lstm4j.random.CounterRandom;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** First values: their range, the forget gate's bias, orthogonal blocks, and what they depend on. */
class InitializationTest {
  private static final int HIDDEN = 48;

  /** Orthogonality that Gram–Schmidt in double, done twice, leaves: some roundings for each of at most 64 elements. */
  private static final double GRAM_SCHMIDT = 64 * 0x1p-50;

  private static final RecurrentOptions OPTIONS =
      RecurrentOptions.of(CellKind.LSTM, 40, HIDDEN).withLayers(2).withBidirectional(true).withProjSize(20);

  private static Map<String, float[]> values(RecurrentOptions options, long seed, String prefix) {
    try (Parameters parameters = Parameters.allocate(options.parameters(prefix));
        Execution execution = new Execution(new ScalarKernels(), 1);
        RecurrentStack stack = new RecurrentStack(options, parameters, prefix, execution)) {
      stack.initialise(parameters, seed);
      Map<String, float[]> values = new LinkedHashMap<>();
      parameters.all().forEach(p -> values.put(p.name(), p.toTensor().data()));
      return values;
    }
  }

  @Test
  void everyTensorIsUniformWithinOneOverTheRootOfTheHiddenSize() {
    double bound = 1 / Math.sqrt(HIDDEN);
    values(OPTIONS, 1, "").forEach((name, values) -> {
      double sum = 0;
      double largest = 0;
      for (float value : values) {
        sum += value;
        largest = Math.max(largest, Math.abs(value));
      }
      assertTrue(largest <= (float) bound, name);
      // Less than the bound's share 1 − ε with n numbers: chance (1 − ε)ⁿ, for ε = 20/n at most e⁻²⁰.
      assertTrue(largest >= bound * (1 - 20.0 / values.length), name);
      // The mean of n uniform numbers has the deviation bound/√(3n); six of them are passed once in 10⁹.
      assertEquals(0, sum / values.length, 6 * bound / Math.sqrt(3.0 * values.length), name);
    });
  }

  /** Across what is made and copied at a time, in rows and inside of one. */
  @ParameterizedTest
  @CsvSource({"3, 5000", "103, 41", "1, 4097", "4100, 1", "7, 33", "2, 0"})
  void everyElementIsTheNumberOfItsPosition(int rows, int columns) {
    ParameterSpec spec = new ParameterSpec("w", List.of(rows, columns));
    try (Parameters parameters = Parameters.allocate(List.of(spec))) {
      Parameter parameter = parameters.get("w");
      Initialization.uniform(parameter, 0.25, 11);
      float[] values = parameter.toTensor().data();
      float[] expected = new float[rows * columns];
      for (int i = 0; i < expected.length; i++) {
        expected[i] = (float) (0.25 * (2 * CounterRandom.uniformDouble(11, CounterRandom.stream("w"), i) - 1));
      }
      assertSameBits("w", expected, values, "row-major");
    }
  }

  @Test
  void forgetBiasIsAddedToTheForgetBlockOfTheInputBiasAlone() {
    Map<String, float[]> plain = values(OPTIONS, 1, "");
    Map<String, float[]> biased = values(OPTIONS.withForgetBias(1.5f), 1, "");
    plain.forEach((name, values) -> {
      float[] expected = values.clone();
      for (int u = HIDDEN; u < 2 * HIDDEN && name.startsWith("bias_ih"); u++) {
        expected[u] += 1.5f;
      }
      assertSameBits(name, expected, CaseRun.result(biased, name), "forget bias 1.5");
    });
  }

  /** Wide, square and tall blocks of weight_hh, whose columns are proj_size where there is one. */
  @ParameterizedTest
  @CsvSource({"1, 0", "2, 1", "17, 0", "48, 0", "48, 20", "64, 63"})
  void orthogonalBlocksAreOrthonormal(int hidden, int projSize) {
    RecurrentOptions options =
        RecurrentOptions.of(CellKind.LSTM, 3, hidden).withProjSize(projSize).withOrthogonal(true);
    Map<String, float[]> values = values(options, 9, "");
    float[] weight = CaseRun.result(values, "weight_hh_l0");
    int columns = options.stateSize();
    for (int gate = 0; gate < 4; gate++) {
      float[] block = Arrays.copyOfRange(weight, gate * hidden * columns, (gate + 1) * hidden * columns);
      assertOrthonormalColumns(block, hidden, columns);
    }
    float[] first = Arrays.copyOf(weight, hidden * columns);
    float[] second = Arrays.copyOfRange(weight, hidden * columns, 2 * hidden * columns);
    assertTrue(hidden == 1 || !Arrays.equals(first, second), "two gates start with the same weights");
    values(options.withOrthogonal(false), 9, "").forEach((name, plain) -> {
      if (!name.startsWith("weight_hh")) {
        assertSameBits(name, plain, CaseRun.result(values, name), "orthogonal changes recurrent weights only");
      }
    });
  }

  /** Rounding unit vectors to float32 moves a product of two by at most 2u + u² (Cauchy–Schwarz), u = 2⁻²⁴. */
  private static void assertOrthonormalColumns(float[] block, int rows, int columns) {
    double allowed = 2 * 0x1p-24 + 0x1p-48 + GRAM_SCHMIDT;
    for (int i = 0; i < columns; i++) {
      for (int j = 0; j <= i; j++) {
        double product = 0;
        for (int r = 0; r < rows; r++) {
          product += (double) block[r * columns + i] * block[r * columns + j];
        }
        assertEquals(i == j ? 1 : 0, product, allowed, "columns " + i + " and " + j);
      }
    }
  }

  @Test
  void valuesDependOnTheSeedAndTheNameAlone() {
    RecurrentOptions all = OPTIONS.withOrthogonal(true).withForgetBias(1);
    Map<String, float[]> values = values(all, 1, "");
    CaseRun.assertSameBits(values, values(all, 1, ""), "the same seed");
    values.forEach((name, array) -> {
      assertFalse(Arrays.equals(array, CaseRun.result(values(all, 2, ""), name)), name + " ignores the seed");
      assertFalse(Arrays.equals(array, CaseRun.result(values(all, 1, "a."), "a." + name)), name + " ignores its name");
    });
    values(all.withLayers(1), 1, "").forEach((name, array) ->
        assertSameBits(name, array, CaseRun.result(values, name), "a layer on top changes nothing below"));
  }
}
