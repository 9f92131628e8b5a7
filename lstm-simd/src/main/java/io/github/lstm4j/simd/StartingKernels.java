package io.github.lstm4j.simd;

import io.github.lstm4j.kernels.Kernels;
import io.github.lstm4j.kernels.Nonlinearity;
import io.github.lstm4j.kernels.PackedMatrix;
import io.github.lstm4j.kernels.Shapes;
import io.github.lstm4j.kernels.Store;
import io.github.lstm4j.kernels.scalar.ScalarKernels;
import io.github.lstm4j.memory.Matrix;
import java.lang.foreign.Arena;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The vector kernels, with plain code in place of those of a forward pass until a {@link Trial} finds their vectors
 * quicker. The bits are the same, so a change in the middle of a pass does no harm, and the packed format is the same,
 * as {@link PlainProduct} reads it. A program that trains has no use for a quick first pass: the vectors serve it at
 * once.
 */
final class StartingKernels extends RehearsedKernels {
  /** What the gates of a unit take by plain code: as long as so many multiply-adds of {@link PlainProduct}. */
  private static final long LSTM_WORK = 256;

  private static final long GRU_WORK = 128;
  private static final long RNN_WORK = 32;

  private final Kernels scalar = new ScalarKernels();
  private final Trial[] products = new Trial[TILES]; // by their first tile
  private final Trial lstm;
  private final Trial gru;
  private final Trial rnn;

  /**
   * Kernels that begin with plain code.
   *
   * @param trials whether there are trials: otherwise plain code serves until {@link #expectTraining}
   */
  StartingKernels(boolean trials) {
    for (int tile = 0; tile < products.length; tile++) {
      products[tile] = new Trial(trials);
    }
    lstm = new Trial(trials);
    gru = new Trial(trials);
    rnn = new Trial(trials);
  }

  @Override
  public void gemm(Matrix c, Matrix a, PackedMatrix b, Store store) {
    if (c.rows() == 0 || vectorsMultiply(c.rows(), b)) { // no rows, nothing to try
      super.gemm(c, a, b, store);
      return;
    }
    Shapes.gemm(c, a, b);
    PlainProduct.multiply(c, a, mine(b), store);
    beginProduct(c.rows(), b);
  }

  @Override
  public void gemmEach(List<Matrix> c, List<Matrix> a, PackedMatrix b, Store store) {
    int rows = StackedRows.count(c);
    if (rows == 0 || vectorsMultiply(rows, b)) {
      super.gemmEach(c, a, b, store);
      return;
    }
    Shapes.gemmEach(c, a, b);
    for (int i = 0; i < c.size(); i++) {
      PlainProduct.multiply(c.get(i), a.get(i), mine(b), store);
    }
    beginProduct(rows, b);
  }

  private boolean vectorsMultiply(int rows, PackedMatrix b) {
    return products[tile(rows)].vectorsServe((long) rows * b.depth() * b.columns());
  }

  private void beginProduct(int rows, PackedMatrix b) {
    Trial trial = products[tile(rows)];
    if (trial.begins()) {
      FirstCall call = new FirstCall(Tried.PRODUCT, rows, b.depth(), b.columns(), null);
      trial.begin("product-" + call.m, call);
    }
  }

  private static Trial.Contest product(TrialOperands operands, int m, int depth, int columns) {
    SimdPacked b = operands.packed(depth, columns);
    Matrix a = operands.matrix(m, b.depth());
    Matrix c = operands.matrix(m, b.columns());
    Runnable plain = () -> PlainProduct.multiply(c, a, b, Store.ACCUMULATE);
    return contest(products(c, a, b), m == 1 ? plain : () -> { // as many as the vectors
      plain.run();
      plain.run();
    });
  }

  /** What has trials. */
  enum Tried {
    PRODUCT, LSTM, GRU, RNN
  }

  /**
   * The shape of a kernel's first call, of which its trial makes operands like the program's. (A class that is there: a
   * lambda would have to be made, in the middle of a program's first inference.)
   */
  final class FirstCall implements Function<Arena, Trial.Contest> {
    private final Tried kernel;
    private final int m;
    private final int depth; // of a product
    private final int columns; // of a product, or units
    private final @Nullable Nonlinearity nonlinearity; // of an RNN

    FirstCall(Tried kernel, int rows, int depth, int columns, @Nullable Nonlinearity nonlinearity) {
      this.kernel = kernel;
      this.m = TrialOperands.rows(rows);
      this.depth = TrialOperands.depth(depth);
      this.columns = TrialOperands.columns(columns);
      this.nonlinearity = nonlinearity;
    }

    @Override
    public Trial.Contest apply(Arena arena) {
      TrialOperands operands = new TrialOperands(arena);
      return switch (kernel) {
        case PRODUCT -> product(operands, m, depth, columns);
        case LSTM -> lstm(operands, m, columns);
        case GRU -> gru(operands, m, columns);
        case RNN -> rnn(operands, m, columns, Objects.requireNonNull(nonlinearity));
      };
    }
  }

  private void begin(Trial trial, Tried kernel, Matrix h, @Nullable Nonlinearity nonlinearity) {
    if (trial.begins()) {
      FirstCall call = new FirstCall(kernel, h.rows(), 0, h.columns(), nonlinearity);
      trial.begin(kernel.name().toLowerCase(Locale.ROOT), call);
    }
  }

  @Override
  public void lstmGatesForward(
      Matrix gates, Matrix bias, Matrix cPrev, Matrix c, Matrix tanhC, Matrix h, int from, int to) {
    if (lstm.vectorsServe(LSTM_WORK * h.rows() * (to - from))) {
      super.lstmGatesForward(gates, bias, cPrev, c, tanhC, h, from, to);
      return;
    }
    Shapes.lstmForward(gates, bias, cPrev, c, tanhC, h);
    Shapes.units("lstmGatesForward", from, to, h.columns());
    PlainGates.lstm(gates, bias, cPrev, c, tanhC, h, from, to);
    begin(lstm, Tried.LSTM, h, null);
  }

  private Trial.Contest lstm(TrialOperands operands, int m, int units) {
    Matrix gates = operands.matrix(m, 4 * units);
    Matrix bias = operands.matrix(1, 4 * units);
    Matrix c = operands.matrix(m, units);
    Matrix h = operands.matrix(m, units);
    return contest(
        () -> super.lstmGatesForward(gates, bias, c, c, h, h, 0, units),
        () -> PlainGates.lstm(gates, bias, c, c, h, h, 0, units));
  }

  @Override
  public void gruGatesForward(
      Matrix gates, Matrix hiddenN, Matrix bias, Matrix hiddenBias, Matrix hPrev, Matrix h, int from, int to) {
    if (gru.vectorsServe(GRU_WORK * h.rows() * (to - from))) {
      super.gruGatesForward(gates, hiddenN, bias, hiddenBias, hPrev, h, from, to);
      return;
    }
    Shapes.gruForward(gates, hiddenN, bias, hiddenBias, hPrev, h);
    Shapes.units("gruGatesForward", from, to, h.columns());
    PlainGates.gru(gates, hiddenN, bias, hiddenBias, hPrev, h, from, to);
    begin(gru, Tried.GRU, h, null);
  }

  private Trial.Contest gru(TrialOperands operands, int m, int units) {
    Matrix gates = operands.matrix(m, 3 * units);
    Matrix hiddenN = operands.matrix(m, units);
    Matrix bias = operands.matrix(1, 3 * units);
    Matrix hiddenBias = operands.matrix(1, units);
    Matrix hPrev = operands.matrix(m, units);
    Matrix h = operands.matrix(m, units);
    return contest(
        () -> super.gruGatesForward(gates, hiddenN, bias, hiddenBias, hPrev, h, 0, units),
        () -> PlainGates.gru(gates, hiddenN, bias, hiddenBias, hPrev, h, 0, units));
  }

  @Override
  public void rnnForward(Matrix h, Matrix sums, Matrix bias, Nonlinearity nonlinearity, int from, int to) {
    if (rnn.vectorsServe(RNN_WORK * h.rows() * (to - from))) {
      super.rnnForward(h, sums, bias, nonlinearity, from, to);
      return;
    }
    scalar.rnnForward(h, sums, bias, nonlinearity, from, to);
    begin(rnn, Tried.RNN, h, nonlinearity);
  }

  private Trial.Contest rnn(TrialOperands operands, int m, int units, Nonlinearity nonlinearity) {
    Matrix h = operands.matrix(m, units);
    Matrix sums = operands.matrix(m, units);
    Matrix bias = operands.matrix(1, units);
    return contest(
        () -> super.rnnForward(h, sums, bias, nonlinearity, 0, units),
        () -> scalar.rnnForward(h, sums, bias, nonlinearity, 0, units));
  }

  /** Ends all trials: the vectors serve from now on. */
  @Override
  public void expectTraining() {
    for (Trial product : products) {
      product.end();
    }
    lstm.end();
    gru.end();
    rnn.end();
    super.expectTraining();
  }

  private static Trial.Contest contest(Runnable vectors, Runnable plain) {
    return new Trial.Contest() {
      @Override
      public void vectors() {
        vectors.run();
      }

      @Override
      public void plain() {
        plain.run();
      }
    };
  }
}
