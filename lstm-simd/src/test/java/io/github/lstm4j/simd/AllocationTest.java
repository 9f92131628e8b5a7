package io.github.lstm4j.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.github.lstm4j.kernels.AdamCoefficients;
import io.github.lstm4j.kernels.Kernels;
import io.github.lstm4j.kernels.Nonlinearity;
import io.github.lstm4j.kernels.Orientation;
import io.github.lstm4j.kernels.PackedMatrix;
import io.github.lstm4j.kernels.RootMeanSquareCoefficients;
import io.github.lstm4j.kernels.RowOrder;
import io.github.lstm4j.kernels.SgdCoefficients;
import io.github.lstm4j.kernels.Store;
import io.github.lstm4j.memory.Matrix;
import io.github.lstm4j.memory.Memory;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * After warm-up no kernel allocates on the heap. This guards against boxed vectors: where C2 stops inlining, every
 * vector becomes an object and a kernel a hundred times slower, with the same results.
 *
 * <p>Warm-up: at most 60 rounds of 500 calls.
 */
class AllocationTest {
  private static final int CALLS = 500;
  private static final int MOST_ROUNDS = 60;
  private static final Kernels KERNELS = Pair.SIMD;
  private static final Memory MEMORY = Memory.unlimited("allocation test");

  /** Two full tiles, narrow ones, and one that is not full: every path of the columns. */
  private static final int COLUMNS = (2 * Lanes.WIDE + (Lanes.WIDE == 3 ? 1 : 2)) * Lanes.LENGTH + 1;

  /** More than a depth block, and odd. */
  private static final int DEPTH = Kernels.DEPTH_BLOCK + 5;

  private final SplittableRandom random = new SplittableRandom(1);

  @AfterAll
  static void close() {
    MEMORY.close();
  }

  private Matrix matrix(int rows, int columns) {
    Matrix matrix = MEMORY.matrix(rows, columns);
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        matrix.set(r, c, (float) random.nextDouble(-1e-2, 1e-2));
      }
    }
    return matrix;
  }

  /** Rows 15: tiles of 8, 4, 2 and 1 rows, or three of 5 (a single vector's: 6, 4, 4 and 1). */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 8, 15, 64})
  void gemm(int rows) {
    Matrix a = matrix(rows, DEPTH);
    Matrix c = matrix(rows, COLUMNS);
    PackedMatrix b = KERNELS.pack(matrix(DEPTH, COLUMNS), Orientation.PLAIN, MEMORY);
    assertAllocatesNothing(() -> KERNELS.gemm(c, a, b, Store.OVERWRITE));
    assertAllocatesNothing(() -> KERNELS.gemm(c, a, b, Store.ACCUMULATE));
  }

  /** Every tile of a single row: 5 vectors are 3 + 2, 7 are 4 + 3. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
  void gemmOfOneRow(int vectors) {
    int columns = vectors * Lanes.LENGTH;
    Matrix a = matrix(1, DEPTH);
    Matrix c = matrix(1, columns);
    PackedMatrix b = KERNELS.pack(matrix(DEPTH, columns), Orientation.PLAIN, MEMORY);
    assertAllocatesNothing(() -> KERNELS.gemm(c, a, b, Store.ACCUMULATE));
  }

  /** The kernels that a program starts with, when their trials are over. */
  @Test
  void startingKernels() {
    StartingKernels starting = new StartingKernels(false);
    starting.expectTraining();
    Matrix a = matrix(1, DEPTH);
    Matrix c = matrix(1, COLUMNS);
    PackedMatrix b = starting.pack(matrix(DEPTH, COLUMNS), Orientation.PLAIN, MEMORY);
    Matrix gates = matrix(1, 4 * Lanes.LENGTH);
    Matrix bias = matrix(1, 4 * Lanes.LENGTH);
    Matrix h = matrix(1, Lanes.LENGTH);
    Matrix cells = matrix(1, Lanes.LENGTH);
    assertAllocatesNothing(() -> {
      starting.gemm(c, a, b, Store.OVERWRITE);
      starting.lstmGatesForward(gates, bias, cells, cells, h, h);
    });
  }

  /** Those that serve until then; products so small that it doesn't come while they are watched. */
  @Test
  void plainKernels() {
    StartingKernels starting = new StartingKernels(false);
    int columns = Lanes.LENGTH + 1;
    List<Matrix> a = List.of(matrix(1, 33), matrix(2, 33));
    List<Matrix> c = List.of(matrix(1, columns), matrix(2, columns));
    PackedMatrix b = starting.pack(matrix(33, columns), Orientation.PLAIN, MEMORY);
    Matrix gates = matrix(2, 4 * Lanes.LENGTH);
    Matrix bias = matrix(1, 4 * Lanes.LENGTH);
    Matrix state = matrix(2, Lanes.LENGTH);
    Matrix hiddenN = matrix(2, Lanes.LENGTH);
    Matrix hiddenBias = matrix(1, Lanes.LENGTH);
    Matrix ofGru = gates.columns(0, 3 * Lanes.LENGTH);
    Matrix biasOfGru = bias.columns(0, 3 * Lanes.LENGTH);
    Matrix next = matrix(2, Lanes.LENGTH);
    assertAllocatesNothing(() -> {
      starting.gemm(c.get(1), a.get(1), b, Store.OVERWRITE);
      starting.gemmEach(c, a, b, Store.ACCUMULATE);
      starting.lstmGatesForward(gates, bias, state, state, next, next);
      starting.gruGatesForward(ofGru, hiddenN, biasOfGru, hiddenBias, state, next);
      starting.rnnForward(next, state, hiddenBias, Nonlinearity.TANH);
    });
  }

  /** Those of a program that trains, when their rehearsals are over: any call is large for them. */
  @Test
  void rehearsedKernels() {
    RehearsedKernels rehearsed = new RehearsedKernels(20);
    rehearsed.expectTraining();
    Matrix a = matrix(Lanes.ROWS, DEPTH);
    Matrix c = matrix(Lanes.ROWS, COLUMNS);
    PackedMatrix b = rehearsed.pack(matrix(DEPTH, COLUMNS), Orientation.PLAIN, MEMORY);
    Matrix gates = matrix(1, 4 * Lanes.LENGTH);
    Matrix h = matrix(1, Lanes.LENGTH);
    assertAllocatesNothing(() -> {
      rehearsed.gemm(c, a, b, Store.OVERWRITE);
      rehearsed.lstmGatesForward(gates, gates, h, h, h, h);
    });
    assertEquals(2, rehearsed.rehearsed());
  }

  /** The tiles over panels of one vector. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 8, 15})
  void gemmOfOneVector(int rows) {
    Matrix a = matrix(rows, DEPTH);
    Matrix c = matrix(rows, Lanes.LENGTH - 1);
    PackedMatrix b = KERNELS.pack(matrix(DEPTH, Lanes.LENGTH - 1), Orientation.PLAIN, MEMORY);
    assertAllocatesNothing(() -> KERNELS.gemm(c, a, b, Store.OVERWRITE));
    assertAllocatesNothing(() -> KERNELS.gemm(c, a, b, Store.ACCUMULATE));
  }

  @ParameterizedTest
  @EnumSource
  void gemmEach(Store store) {
    List<Matrix> a = List.of(matrix(1, DEPTH), matrix(Lanes.ROWS + 3, DEPTH), matrix(Lanes.ROWS, DEPTH));
    List<Matrix> c = a.stream().map(left -> matrix(left.rows(), COLUMNS)).toList();
    PackedMatrix b = KERNELS.pack(matrix(DEPTH, COLUMNS), Orientation.PLAIN, MEMORY);
    assertAllocatesNothing(() -> KERNELS.gemmEach(c, a, b, store));
  }

  @ParameterizedTest
  @EnumSource
  void repack(Orientation orientation) {
    Matrix b = matrix(65, 67);
    PackedMatrix packed = KERNELS.pack(b, orientation, MEMORY);
    assertAllocatesNothing(() -> KERNELS.repack(packed, b));
  }

  @ParameterizedTest
  @EnumSource
  void gemmTransposedA(Store store) {
    Matrix a = matrix(DEPTH, 39);
    Matrix b = matrix(DEPTH, COLUMNS);
    Matrix c = matrix(39, COLUMNS);
    RowOrder order = RowOrder.ascending(DEPTH);
    assertAllocatesNothing(() -> KERNELS.gemmTransposedA(c, a, b, order, store));
  }

  @ParameterizedTest
  @EnumSource
  void gemmTransposedAPair(Store store) {
    Matrix a = matrix(DEPTH, 39);
    Matrix b = matrix(DEPTH, COLUMNS);
    Matrix b2 = matrix(DEPTH, 37);
    Matrix c = matrix(39, COLUMNS);
    Matrix c2 = matrix(39, 37);
    RowOrder order = RowOrder.ascending(DEPTH);
    for (RowOrder other : new RowOrder[] {order, order.first(DEPTH - 1)}) {
      assertAllocatesNothing(() -> KERNELS.gemmTransposedAPair(c, b, order, c2, b2, other, a, store));
    }
  }

  @ParameterizedTest
  @EnumSource
  void columnSums(Store store) {
    Matrix a = matrix(DEPTH, COLUMNS);
    Matrix sums = matrix(1, COLUMNS);
    RowOrder order = RowOrder.ascending(DEPTH);
    assertAllocatesNothing(() -> KERNELS.columnSums(sums, a, order, store));
  }

  @ParameterizedTest
  @ValueSource(ints = {64, 71})
  void lstmGates(int units) {
    Matrix sums = matrix(8, 4 * units);
    Matrix gates = matrix(8, 4 * units);
    Matrix bias = matrix(1, 4 * units);
    Matrix cPrev = matrix(8, units);
    Matrix c = matrix(8, units);
    Matrix tanhC = matrix(8, units);
    Matrix h = matrix(8, units);
    assertAllocatesNothing(() -> KERNELS.lstmGatesForward(gates, bias, cPrev, c, tanhC, h));
    assertAllocatesNothing(() -> KERNELS.lstmGatesBackward(sums, gates, cPrev, tanhC, h, c));
  }

  @Test
  void sumOfSquares() {
    Matrix x = matrix(5, 4_099);
    assertAllocatesNothing(() -> {
      if (Double.isNaN(KERNELS.sumOfSquares(x))) {
        fail("a sum of squares of small numbers is NaN");
      }
    });
  }

  @ParameterizedTest
  @ValueSource(ints = {64, 71})
  void gruGates(int units) {
    Matrix gates = matrix(8, 3 * units);
    Matrix hiddenN = matrix(8, units);
    Matrix bias = matrix(1, 3 * units);
    Matrix hiddenBias = matrix(1, units);
    Matrix hPrev = matrix(8, units);
    Matrix h = matrix(8, units);
    Matrix dHPrev = matrix(8, units);
    assertAllocatesNothing(() -> KERNELS.gruGatesForward(gates, hiddenN, bias, hiddenBias, hPrev, h));
    assertAllocatesNothing(() -> KERNELS.gruGatesBackward(gates, hiddenN, hPrev, h, dHPrev));
  }

  @ParameterizedTest
  @EnumSource
  void rnn(Nonlinearity nonlinearity) {
    Matrix h = matrix(8, 71);
    Matrix sums = matrix(8, 71);
    Matrix bias = matrix(1, 71);
    Matrix dH = matrix(8, 71);
    assertAllocatesNothing(() -> KERNELS.rnnForward(h, sums, bias, nonlinearity));
    assertAllocatesNothing(() -> KERNELS.rnnBackward(sums, h, dH, nonlinearity));
  }

  @Test
  void softmax() {
    Matrix logits = matrix(4, 300);
    Matrix result = matrix(4, 300);
    double[] logSum = new double[4];
    float[] factor = {1f, 1f, 1f, 1f};
    assertAllocatesNothing(() -> KERNELS.softmax(result, logSum, logits, factor));
  }

  @Test
  void addRows() {
    Matrix table = matrix(5, 71);
    Matrix rows = matrix(6, 71);
    int[] index = {4, 0, -1, 0, 2, 4};
    assertAllocatesNothing(() -> KERNELS.addRows(table, index, rows));
  }

  @ParameterizedTest
  @CsvSource({"0, false", "0.01, false", "0, true", "0.01, true"})
  void adam(float weightDecay, boolean amsgrad) {
    Matrix value = matrix(3, 1_003);
    Matrix gradient = matrix(3, 1_003);
    Matrix first = matrix(3, 1_003);
    Matrix second = MEMORY.matrix(3, 1_003);
    Matrix largest = amsgrad ? MEMORY.matrix(3, 1_003) : null;
    AdamCoefficients k = new AdamCoefficients(1e-3f, 0.5f, 0.9f, 0.999f, 1e-3f, 1e-8f, weightDecay, 0.99f, 1f);
    assertAllocatesNothing(() -> KERNELS.adam(value, gradient, first, second, largest, k));
  }

  @ParameterizedTest
  @CsvSource({"false, false", "true, false", "true, true"})
  void sgd(boolean momentum, boolean nesterov) {
    Matrix value = matrix(3, 1_003);
    Matrix gradient = matrix(3, 1_003);
    Matrix buffer = momentum ? matrix(3, 1_003) : null;
    SgdCoefficients k = new SgdCoefficients(1e-3f, 0.9f, 1f, nesterov, 0.01f, 1f);
    assertAllocatesNothing(() -> KERNELS.sgd(value, gradient, buffer, k));
  }

  @ParameterizedTest
  @CsvSource({"false, false", "true, false", "false, true", "true, true"})
  void rootMeanSquare(boolean centred, boolean momentum) {
    Matrix value = matrix(3, 1_003);
    Matrix gradient = matrix(3, 1_003);
    Matrix squares = MEMORY.matrix(3, 1_003);
    Matrix mean = centred ? MEMORY.matrix(3, 1_003) : null;
    Matrix buffer = momentum ? matrix(3, 1_003) : null;
    RootMeanSquareCoefficients k = new RootMeanSquareCoefficients(1e-3f, 0.99f, 0.01f, 1e-3f, 0.9f, 0.01f, 1f);
    assertAllocatesNothing(() -> KERNELS.rootMeanSquare(value, gradient, squares, mean, buffer, k));
  }

  private static void assertAllocatesNothing(Runnable call) {
    assumeFalse(Lanes.emulated(), "the vectors of an emulated width are objects");
    Allocations.assertNone(CALLS, MOST_ROUNDS, call);
  }
}
