package io.github.lstm4j.kernels.scalar;

import static io.github.lstm4j.kernels.Kernels.DEPTH_BLOCK;
import static io.github.lstm4j.kernels.Kernels.REDUCTION_BLOCK;
import static io.github.lstm4j.kernels.Kernels.REDUCTION_LANES;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.lstm4j.kernels.AdamCoefficients;
import io.github.lstm4j.kernels.Kernels;
import io.github.lstm4j.kernels.Orientation;
import io.github.lstm4j.kernels.PackedMatrix;
import io.github.lstm4j.kernels.RowOrder;
import io.github.lstm4j.kernels.Store;
import io.github.lstm4j.memory.Matrix;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract of {@link Kernels}, transcribed element by element, against the scalar kernels bit for bit. */
class ScalarContractTest {
  private static final int BLOCK = Kernels.DEPTH_BLOCK;

  /** Inside the first four blocks, and around the ends of two. */
  private static final int[] DEPTHS = {
    0, 1, 2, 31, 193, 385, BLOCK - 1, BLOCK, BLOCK + 1, BLOCK + 188, 2 * BLOCK - 1, 2 * BLOCK, 2 * BLOCK + 1,
    3 * BLOCK + 164
  };

  private final Kernels kernels = new ScalarKernels();

  /** One element's product: what stands in c, and the factors of each k. */
  private interface Factors {
    float at(int k, boolean left);
  }

  /** Blocks of chains from +0 by fused multiply-adds; the first block starts the result or is added to c. */
  private static float product(int depth, Factors factors, Store store, float c) {
    float result = c;
    if (depth == 0) {
      return store == Store.OVERWRITE ? 0f : c;
    }
    for (int from = 0; from < depth; from += DEPTH_BLOCK) {
      float chain = 0f;
      for (int k = from; k < from + DEPTH_BLOCK && k < depth; k++) {
        chain = Math.fma(factors.at(k, true), factors.at(k, false), chain);
      }
      boolean first = from == 0 && store == Store.OVERWRITE;
      result = first ? chain : result + chain;
    }
    return result;
  }

  static Stream<Integer> depths() {
    return Arrays.stream(DEPTHS).boxed();
  }

  @ParameterizedTest
  @MethodSource("depths")
  void gemm(int depth) {
    for (int seed = 0; seed < 12; seed++) {
      try (Operands operands = new Operands(seed)) {
        Store store = seed % 2 == 0 ? Store.OVERWRITE : Store.ACCUMULATE;
        Matrix a = operands.special(1 + seed % 5, depth, seed < 6 ? 4 * depth + 9 : 5);
        Matrix b = operands.special(depth, 1 + 3 * seed, seed < 6 ? 4 * depth + 9 : 5);
        Matrix before = store == Store.OVERWRITE
            ? operands.empty(a.rows(), b.columns())
            : operands.special(a.rows(), b.columns(), 3);
        PackedMatrix plain = kernels.pack(b, Orientation.PLAIN, operands.memory());
        PackedMatrix transposed = kernels.pack(operands.transposed(b), Orientation.TRANSPOSED, operands.memory());
        for (PackedMatrix packed : new PackedMatrix[] {plain, transposed}) {
          assertEquals(depth, packed.depth());
          assertEquals(b.columns(), packed.columns());
          Matrix c = operands.copy(before);
          kernels.gemm(c, a, packed, store);
          for (int r = 0; r < c.rows(); r++) {
            for (int j = 0; j < c.columns(); j++) {
              int row = r;
              int column = j;
              Factors factors = (k, left) -> left ? a.get(row, k) : b.get(k, column);
              assertBits(product(depth, factors, store, before.get(r, j)), c, r, j);
            }
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Orientation.class)
  void repackedIsPacked(Orientation orientation) {
    try (Operands operands = new Operands(1)) {
      Matrix b = operands.special(7, 9, 6);
      PackedMatrix packed = kernels.pack(operands.uniform(7, 9, 1), orientation, operands.memory());
      kernels.repack(packed, b);
      assertEquals(orientation, packed.orientation());
      Matrix a = operands.special(3, packed.depth(), 6);
      Matrix expected = operands.empty(3, packed.columns());
      Matrix actual = operands.empty(3, packed.columns());
      kernels.gemm(expected, a, kernels.pack(b, orientation, operands.memory()), Store.OVERWRITE);
      kernels.gemm(actual, a, packed, Store.OVERWRITE);
      assertSameBits(expected, actual);
    }
  }

  @ParameterizedTest
  @MethodSource("depths")
  void gemmTransposedAAndColumnSums(int depth) {
    for (int seed = 0; seed < 12; seed++) {
      try (Operands operands = new Operands(seed)) {
        Store store = seed % 2 == 0 ? Store.OVERWRITE : Store.ACCUMULATE;
        int rarity = seed < 6 ? 1_000 : 7;
        Matrix a = operands.special(1 + 7 * seed, 1 + seed % 5, rarity);
        Matrix b = operands.special(40 - seed, 1 + 3 * seed, rarity);
        RowOrder order = operands.order(depth, a.rows(), b.rows());
        boolean reads = store == Store.ACCUMULATE;
        Matrix before =
            reads ? operands.special(a.columns(), b.columns(), 3) : operands.empty(a.columns(), b.columns());
        Matrix c = operands.copy(before);
        kernels.gemmTransposedA(c, a, b, order, store);
        Matrix sumsBefore = reads ? operands.special(1, a.columns(), 3) : operands.empty(1, a.columns());
        Matrix sums = operands.copy(sumsBefore);
        kernels.columnSums(sums, a, order, store);
        for (int i = 0; i < c.rows(); i++) {
          int column = i;
          float sum = compensated(a, order, column);
          boolean adds = store == Store.ACCUMULATE;
          float start = adds ? sumsBefore.get(0, i) : 0;
          assertBits(adds ? depth == 0 ? start : start + sum : sum, sums, 0, i);
          for (int j = 0; j < c.columns(); j++) {
            int other = j;
            Factors factors = (p, isLeft) -> isLeft ? a.get(order.left(p), column) : b.get(order.right(p), other);
            assertBits(product(depth, factors, store, before.get(i, j)), c, i, j);
          }
        }
      }
    }
  }

  private static float compensated(Matrix a, RowOrder order, int column) {
    float sum = 0;
    float lost = 0;
    for (int p = 0; p < order.size(); p++) {
      float y = a.get(order.left(p), column) - lost;
      float t = sum + y;
      lost = (t - sum) - y;
      sum = t;
    }
    return sum;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 16, 33})
  void lstmGatesForward(int units) {
    for (int seed = 0; seed < 20; seed++) {
      try (Operands operands = new Operands(seed)) {
        int rows = 1 + seed % 4;
        Matrix gates = operands.special(rows, 4 * units, seed < 10 ? 1_000 : 6);
        Matrix bias = operands.special(1, 4 * units, seed < 10 ? 1_000 : 9);
        Matrix cPrev = operands.special(rows, units, seed < 10 ? 1_000 : 6);
        Matrix in = operands.copy(gates);
        Matrix c = seed % 2 == 0 ? operands.copy(cPrev) : operands.empty(rows, units); // the state itself, or another
        Matrix h = operands.empty(rows, units);
        Matrix tanhC = seed % 3 == 0 ? h : operands.empty(rows, units);
        kernels.lstmGatesForward(gates, bias, seed % 2 == 0 ? c : cPrev, c, tanhC, h);
        for (int r = 0; r < rows; r++) {
          for (int u = 0; u < units; u++) {
            float i = Activations.sigmoid(in.get(r, u) + bias.get(0, u));
            float f = Activations.sigmoid(in.get(r, u + units) + bias.get(0, u + units));
            float g = Activations.tanh(in.get(r, u + 2 * units) + bias.get(0, u + 2 * units));
            float o = Activations.sigmoid(in.get(r, u + 3 * units) + bias.get(0, u + 3 * units));
            float cell = Math.fma(f, cPrev.get(r, u), i * g);
            float squashed = Activations.tanh(cell);
            assertBits(i, gates, r, u);
            assertBits(f, gates, r, u + units);
            assertBits(g, gates, r, u + 2 * units);
            assertBits(o, gates, r, u + 3 * units);
            assertBits(cell, c, r, u);
            assertBits(tanhC == h ? o * squashed : squashed, tanhC, r, u);
            assertBits(o * squashed, h, r, u);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 16, 33})
  void lstmGatesBackward(int units) {
    for (int seed = 0; seed < 20; seed++) {
      try (Operands operands = new Operands(seed)) {
        int rows = 1 + seed % 4;
        int rarity = seed < 10 ? 1_000 : 6;
        Matrix gates = operands.special(rows, 4 * units, rarity);
        Matrix cPrev = operands.special(rows, units, rarity);
        Matrix tanhC = operands.special(rows, units, rarity);
        Matrix dH = operands.special(rows, units, rarity);
        Matrix dC = operands.special(rows, units, rarity);
        Matrix in = operands.copy(gates);
        Matrix dCIn = operands.copy(dC);
        Matrix dGates = seed % 2 == 0 ? gates : operands.empty(rows, 4 * units);
        kernels.lstmGatesBackward(dGates, gates, cPrev, tanhC, dH, dC);
        for (int r = 0; r < rows; r++) {
          for (int u = 0; u < units; u++) {
            float i = in.get(r, u);
            float f = in.get(r, u + units);
            float g = in.get(r, u + 2 * units);
            float o = in.get(r, u + 3 * units);
            float t = tanhC.get(r, u);
            float dO = dH.get(r, u) * t;
            float dCell = Math.fma(dH.get(r, u) * o, Math.fma(-t, t, 1f), dCIn.get(r, u));
            assertBits((dCell * g) * Math.fma(-i, i, i), dGates, r, u);
            assertBits((dCell * cPrev.get(r, u)) * Math.fma(-f, f, f), dGates, r, u + units);
            assertBits((dCell * i) * Math.fma(-g, g, 1f), dGates, r, u + 2 * units);
            assertBits(dO * Math.fma(-o, o, o), dGates, r, u + 3 * units);
            assertBits(dCell * f, dC, r, u);
          }
        }
      }
    }
  }

  /** Elements around a lane, a vector of lanes and a block, in rows of any width. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 15, 16, 17, 31, 33, 4_095, 4_096, 4_097, 4_111, 4_112, 8_191, 8_192, 8_200})
  void sumOfSquares(int elements) {
    try (Operands operands = new Operands(elements)) {
      for (int rows = 1; rows <= Math.min(16, elements); rows++) {
        if (elements % rows == 0) {
          Matrix matrix = operands.uniform(rows, elements / rows, 4);
          assertEquals(sumOfSquares(matrix.toArray()), kernels.sumOfSquares(matrix), rows + " rows of " + elements);
        }
      }
      assertEquals(0.0, kernels.sumOfSquares(operands.empty(0, elements)));
    }
  }

  private static double sumOfSquares(float[] elements) {
    double sum = 0;
    for (int from = 0; from < elements.length; from += REDUCTION_BLOCK) {
      float[] lanes = new float[REDUCTION_LANES];
      for (int i = from; i < Math.min(from + REDUCTION_BLOCK, elements.length); i++) {
        lanes[(i - from) % 16] = Math.fma(elements[i], elements[i], lanes[(i - from) % 16]);
      }
      float[] eight = new float[8];
      for (int j = 0; j < 8; j++) {
        eight[j] = lanes[j] + lanes[j + 8];
      }
      float low = (eight[0] + eight[4]) + (eight[2] + eight[6]);
      float high = (eight[1] + eight[5]) + (eight[3] + eight[7]);
      sum += low + high;
    }
    return sum;
  }

  @Test
  void adam() {
    for (int seed = 0; seed < 40; seed++) {
      try (Operands operands = new Operands(seed)) {
        AdamCoefficients k = new AdamCoefficients(
            0.01f, 0.3f, 0.999f, 0.1f, 0.001f, 1e-8f, seed % 2 == 0 ? 0f : 0.02f, seed % 5 == 0 ? 0.99f : 1f,
            seed % 3 == 0 ? 1f : 0.37f);
        int rarity = seed < 20 ? 1_000 : 6;
        Matrix value = operands.special(3, 1 + seed, rarity);
        Matrix gradient = operands.special(3, 1 + seed, rarity);
        Matrix first = operands.special(3, 1 + seed, rarity);
        Matrix second = operands.fractions(3, 1 + seed);
        Matrix valueIn = operands.copy(value);
        Matrix firstIn = operands.copy(first);
        Matrix secondIn = operands.copy(second);
        kernels.adam(value, gradient, first, second, null, k);
        for (int r = 0; r < 3; r++) {
          for (int c = 0; c <= seed; c++) {
            float x = valueIn.get(r, c) * k.decoupledDecay();
            float g = gradient.get(r, c) * k.gradientScale();
            g = k.weightDecay() != 0 ? Math.fma(k.weightDecay(), x, g) : g;
            float m = Math.fma(k.oneMinusBeta1(), g - firstIn.get(r, c), firstIn.get(r, c));
            float v = Math.fma(k.oneMinusBeta2() * g, g, k.beta2() * secondIn.get(r, c));
            float root = (float) Math.sqrt(v) / k.correction() + k.epsilon();
            assertBits(m, first, r, c);
            assertBits(v, second, r, c);
            assertBits(x - (k.stepSize() * m) / root, value, r, c);
          }
        }
      }
    }
  }

  private static void assertSameBits(Matrix expected, Matrix actual) {
    for (int r = 0; r < expected.rows(); r++) {
      for (int c = 0; c < expected.columns(); c++) {
        assertBits(expected.get(r, c), actual, r, c);
      }
    }
  }

  /** {@link Float#equals} takes all NaNs as one and tells −0 from +0, as the contract does. */
  private static void assertBits(float expected, Matrix actual, int row, int column) {
    if (Float.floatToIntBits(expected) != Float.floatToIntBits(actual.get(row, column))) {
      assertEquals((Float) expected, (Float) actual.get(row, column), "at row " + row + ", column " + column);
    }
  }
}
