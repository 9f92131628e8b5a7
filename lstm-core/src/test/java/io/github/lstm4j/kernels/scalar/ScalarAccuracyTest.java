package io.github.lstm4j.kernels.scalar;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lstm4j.kernels.AdamCoefficients;
import io.github.lstm4j.kernels.Kernels;
import io.github.lstm4j.kernels.Orientation;
import io.github.lstm4j.kernels.RowOrder;
import io.github.lstm4j.kernels.Store;
import io.github.lstm4j.memory.Matrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The scalar kernels against plain formulas in double precision, whose own errors, of 2⁻⁵³, are nothing here.
 *
 * <p>Bounds count roundings: each has a relative error of at most u = 2⁻²⁴; a little is added for the products of
 * errors. No operand is small enough for a denormal to matter.
 */
class ScalarAccuracyTest {
  private static final double U = 0x1p-24;
  private static final double SECOND_ORDER = 1.001;

  /** The stated bound of sigmoid, and the rounding of its argument: |x·sigmoid′(x)| is at most 0.23. */
  private static final double SIGMOID = 2e-7 + 0.23 * U;

  /** 5 ulp of a number up to 1, and the rounding of the argument: |x·tanh′(x)| is at most 0.45. */
  private static final double TANH = 5.45 * U;

  private final Kernels kernels = new ScalarKernels();

  /** A chain rounds once per k; a block's addition once; nothing is rounded more often than depth + blocks times. */
  @ParameterizedTest
  @ValueSource(ints = {1, 7, 256, 257, 512, 513, 1_000, 1_300})
  void products(int depth) {
    try (Operands operands = new Operands(depth)) {
      Matrix a = operands.uniform(5, depth, 2);
      Matrix b = operands.uniform(depth, 13, 2);
      double roundings = (depth + Math.ceilDiv(depth, Kernels.DEPTH_BLOCK)) * U * SECOND_ORDER;
      for (Store store : Store.values()) {
        Matrix before = operands.uniform(5, 13, 2);
        Matrix c = operands.copy(before);
        Matrix other = operands.copy(before);
        kernels.gemm(c, a, kernels.pack(b, Orientation.PLAIN, operands.memory()), store);
        kernels.gemmTransposedA(other, operands.transposed(a), b, RowOrder.ascending(depth), store);
        Matrix sums = operands.copy(before.rows(0, 1));
        kernels.columnSums(sums, b, RowOrder.ascending(depth), store);
        for (int j = 0; j < 13; j++) {
          for (int i = 0; i < 5; i++) {
            double sum = store == Store.ACCUMULATE ? before.get(i, j) : 0;
            double sizes = Math.abs(sum);
            for (int k = 0; k < depth; k++) {
              sum += (double) a.get(i, k) * b.get(k, j);
              sizes += Math.abs((double) a.get(i, k) * b.get(k, j));
            }
            assertNear("gemm", sum, c.get(i, j), roundings * sizes);
            assertNear("gemmTransposedA", sum, other.get(i, j), roundings * sizes);
          }
          double sum = store == Store.ACCUMULATE ? before.get(0, j) : 0;
          double sizes = Math.abs(sum);
          for (int k = 0; k < depth; k++) {
            sum += b.get(k, j);
            sizes += Math.abs(b.get(k, j));
          }
          // Higham, Accuracy and Stability of Numerical Algorithms, 4.3: 2u + O(n·u²), and the addition to what was
          // there.
          double compensated = (3 * U + 4 * depth * U * U) * SECOND_ORDER;
          assertNear("columnSums", sum, sums.get(0, j), compensated * sizes);
        }
      }
    }
  }

  /** Each weight gradient's pairs in any order: the sum is the same, as is its bound. */
  @Test
  void shuffledPairs() {
    try (Operands operands = new Operands(3)) {
      Matrix a = operands.uniform(50, 4, 2);
      Matrix b = operands.uniform(60, 9, 2);
      RowOrder order = operands.order(600, 50, 60);
      Matrix c = operands.empty(4, 9);
      kernels.gemmTransposedA(c, a, b, order, Store.OVERWRITE);
      double roundings = (600 + Math.ceilDiv(600, Kernels.DEPTH_BLOCK)) * U * SECOND_ORDER;
      for (int i = 0; i < 4; i++) {
        for (int j = 0; j < 9; j++) {
          double sum = 0;
          double sizes = 0;
          for (int p = 0; p < 600; p++) {
            sum += (double) a.get(order.left(p), i) * b.get(order.right(p), j);
            sizes += Math.abs((double) a.get(order.left(p), i) * b.get(order.right(p), j));
          }
          assertNear("gemmTransposedA", sum, c.get(i, j), roundings * sizes);
        }
      }
    }
  }

  @Test
  void lstmGatesForward() {
    int units = 50;
    try (Operands operands = new Operands(4)) {
      Matrix gates = operands.uniform(20, 4 * units, 6);
      Matrix bias = operands.uniform(1, 4 * units, 2);
      Matrix cPrev = operands.uniform(20, units, 3);
      Matrix x = operands.copy(gates);
      Matrix c = operands.empty(20, units);
      Matrix tanhC = operands.empty(20, units);
      Matrix h = operands.empty(20, units);
      kernels.lstmGatesForward(gates, bias, cPrev, c, tanhC, h);
      for (int r = 0; r < 20; r++) {
        for (int u = 0; u < units; u++) {
          double i = sigmoid((double) x.get(r, u) + bias.get(0, u));
          double f = sigmoid((double) x.get(r, u + units) + bias.get(0, u + units));
          double g = Math.tanh((double) x.get(r, u + 2 * units) + bias.get(0, u + 2 * units));
          double o = sigmoid((double) x.get(r, u + 3 * units) + bias.get(0, u + 3 * units));
          double previous = cPrev.get(r, u);
          double cell = f * previous + i * g;
          // i·g: an error of each factor and a rounding; f·cPrev: an error of f; the sum is rounded.
          double cellError = SECOND_ORDER * (SIGMOID * Math.abs(previous) + SIGMOID + TANH + U + U * Math.abs(cell));
          double tanhError = cellError + 5 * U; // tanh′ is at most 1
          assertNear("i", i, gates.get(r, u), SIGMOID);
          assertNear("f", f, gates.get(r, u + units), SIGMOID);
          assertNear("g", g, gates.get(r, u + 2 * units), TANH);
          assertNear("o", o, gates.get(r, u + 3 * units), SIGMOID);
          assertNear("c", cell, c.get(r, u), cellError);
          assertNear("tanhC", Math.tanh(cell), tanhC.get(r, u), tanhError);
          assertNear("h", o * Math.tanh(cell), h.get(r, u), SECOND_ORDER * (SIGMOID + tanhError + U));
        }
      }
    }
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  @Test
  void lstmGatesBackward() {
    int units = 50;
    try (Operands operands = new Operands(5)) {
      Matrix gates = operands.fractions(20, 4 * units);
      Matrix cPrev = operands.uniform(20, units, 3);
      Matrix tanhC = operands.uniform(20, units, 1);
      Matrix dH = operands.uniform(20, units, 3);
      Matrix dC = operands.uniform(20, units, 3);
      Matrix later = operands.copy(dC);
      Matrix dGates = operands.empty(20, 4 * units);
      kernels.lstmGatesBackward(dGates, gates, cPrev, tanhC, dH, dC);
      for (int r = 0; r < 20; r++) {
        for (int u = 0; u < units; u++) {
          double i = gates.get(r, u);
          double f = gates.get(r, u + units);
          double g = gates.get(r, u + 2 * units);
          double o = gates.get(r, u + 3 * units);
          double t = tanhC.get(r, u);
          double previous = cPrev.get(r, u);
          double through = dH.get(r, u) * o * (1 - t * t);
          double dCell = through + later.get(r, u);
          double error = SECOND_ORDER * U * (2 * Math.abs(through) + Math.abs(dCell)); // dH·o, 1 − t², the sum
          // dCell's own error, then three roundings: the product, the derivative, their product.
          double factor = SECOND_ORDER * (error + 3 * U * Math.abs(dCell));
          assertNear("dI", dCell * g * i * (1 - i), dGates.get(r, u), factor * g * i * (1 - i));
          assertNear(
              "dF",
              dCell * previous * f * (1 - f),
              dGates.get(r, u + units),
              factor * Math.abs(previous) * f * (1 - f));
          assertNear("dG", dCell * i * (1 - g * g), dGates.get(r, u + 2 * units), factor * i * (1 - g * g));
          double dO = dH.get(r, u) * t * o * (1 - o);
          assertNear("dO", dO, dGates.get(r, u + 3 * units), SECOND_ORDER * 3 * U * Math.abs(dO));
          assertNear("dC", dCell * f, dC.get(r, u), SECOND_ORDER * (error * f + U * Math.abs(dCell * f)));
        }
      }
    }
  }

  /** A lane rounds once for each of its 256 elements of a block, the tree four times. */
  @Test
  void sumOfSquares() {
    try (Operands operands = new Operands(6)) {
      Matrix matrix = operands.uniform(77, 131, 3);
      double sum = 0;
      for (float x : matrix.toArray()) {
        sum += (double) x * x;
      }
      assertNear("sumOfSquares", sum, kernels.sumOfSquares(matrix), (256 + 4) * U * SECOND_ORDER * sum);
    }
  }

  /** Steps of torch.optim.Adam in double precision, each from the state in which the float step started. */
  @ParameterizedTest
  @ValueSource(doubles = {0, 0.01})
  void adam(double weightDecay) {
    double rate = 0.01;
    double beta1 = 0.9;
    double beta2 = 0.999;
    double epsilon = 1e-8;
    double scale = 0.7;
    try (Operands operands = new Operands(7)) {
      Matrix value = operands.uniform(11, 13, 2);
      Matrix first = operands.uniform(11, 13, 0);
      Matrix second = operands.uniform(11, 13, 0);
      for (int step = 1; step <= 30; step++) {
        double correction1 = 1 - Math.pow(beta1, step);
        double correction2 = Math.sqrt(1 - Math.pow(beta2, step));
        Matrix gradient = operands.uniform(11, 13, 3);
        Matrix x0 = operands.copy(value);
        Matrix m0 = operands.copy(first);
        Matrix v0 = operands.copy(second);
        kernels.adam(value, gradient, first, second, null, new AdamCoefficients(
            (float) (rate / correction1), (float) correction2, (float) beta2, (float) (1 - beta1), (float) (1 - beta2),
            (float) epsilon, (float) weightDecay, 1, (float) scale));
        for (int r = 0; r < 11; r++) {
          for (int c = 0; c < 13; c++) {
            double x = x0.get(r, c);
            double scaled = gradient.get(r, c) * scale;
            double g = scaled + weightDecay * x;
            double m = beta1 * m0.get(r, c) + (1 - beta1) * g;
            double v = beta2 * v0.get(r, c) + (1 - beta2) * g * g;
            double denominator = Math.sqrt(v) / correction2 + epsilon;
            double update = rate / correction1 * m / denominator;
            // The scale, its product; the decay; the sum.
            double gError = SECOND_ORDER * U * (2 * Math.abs(scaled) + Math.abs(weightDecay * x) + Math.abs(g));
            // The error of g, the difference, the coefficient; the sum.
            double mError =
                SECOND_ORDER * ((1 - beta1) * (gError + 2 * U * Math.abs(g - m0.get(r, c))) + U * Math.abs(m));
            // The error of g twice; the coefficient and a product of each term; the sum. No term is negative.
            double vError = SECOND_ORDER * ((1 - beta2) * 2 * Math.abs(g) * gError + 3 * U * v);
            // Half of v's; the root, the correction, the quotient, epsilon, the sum.
            double relative = v == 0 ? 0 : vError / (2 * v) + 5 * U;
            // The step size, its product, the quotient; the difference.
            double updateError =
                SECOND_ORDER * (Math.abs(update) * (relative + 3 * U) + mError * rate / correction1 / denominator);
            assertNear("firstMoment", m, first.get(r, c), mError);
            assertNear("secondMoment", v, second.get(r, c), vError);
            assertNear("value", x - update, value.get(r, c), updateError + U * Math.abs(x - update) * SECOND_ORDER);
          }
        }
      }
    }
  }

  private static void assertNear(String name, double expected, double actual, double bound) {
    double error = Math.abs(actual - expected);
    assertTrue(
        error <= bound,
        () -> name + " is " + actual + ", truly " + expected + ": off by " + error + ", bound " + bound);
  }
}
