package io.github.lstm4j.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.lstm4j.oracle.GoldenFile;
import io.github.lstm4j.oracle.ReferenceCases;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Options that the trajectories leave out, against PyTorch in float64; src/test/python/reference_formulas.py made the
 * file.
 */
class ReferenceOptimizersTest {
  private static final GoldenFile FILE = ReferenceCases.own("formulas.safetensors");
  private static final double RATE = 0.05;

  static List<Arguments> optimizers() {
    return List.of(
        Arguments.of("rmsprop-centered", new RmsProp.Options(0.9, 1e-8, 0.01, 0.5, true)),
        Arguments.of("sgd-nesterov", new Sgd.Options(0.9, 0, 0.02, true)),
        Arguments.of("sgd-dampened", new Sgd.Options(0.8, 0.3, 0, false)),
        Arguments.of("adam-amsgrad", new Adam.Options(0.8, 0.95, 1e-8, 0.03, false, true)),
        Arguments.of("adamw-amsgrad", new Adam.Options(0.8, 0.95, 1e-8, 0.1, true, true)),
        Arguments.of("adagrad-decay", new Adagrad.Options(0.1, 0.01, 0.2, 1e-10)));
  }

  private static float[] floats(double[] values, int from, int size) {
    float[] floats = new float[size];
    for (int i = 0; i < size; i++) {
      floats[i] = (float) values[from + i];
    }
    return floats;
  }

  /**
   * An update rounds its value once and its step, which is smaller than the values here, a dozen times at most; what an
   * earlier update had wrong is carried along. With values below 4: 30·13·u·4, and what centring cancels, of which
   * {@link OptimizerFormulasTest} keeps account element by element, stays below that too.
   */
  @ParameterizedTest
  @MethodSource("optimizers")
  void isPyTorchs(String name, OptimizerOptions options) {
    double[] expected = FILE.tensor(name + ".p");
    int updates = FILE.shape(name + ".p").getFirst();
    int size = FILE.shape(name + ".p").getLast();
    float[][] gradients = new float[updates][];
    for (int t = 0; t < updates; t++) {
      gradients[t] = floats(FILE.tensor("in.g"), t * size, size);
    }
    float[][] actual = Steps.run(options, floats(FILE.tensor("in.p0"), 0, size), gradients, RATE, 1);
    double bound = updates * 13 * Rounded.U * 4;
    for (int t = 0; t < updates; t++) {
      for (int i = 0; i < size; i++) {
        double size1 = Math.max(1, Math.abs(expected[t * size + i]) / 4);
        assertEquals(expected[t * size + i], actual[t][i], bound * size1, name + ", update " + t + ", element " + i);
      }
    }
  }
}
