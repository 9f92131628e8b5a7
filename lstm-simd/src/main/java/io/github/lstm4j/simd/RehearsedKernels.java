package io.github.lstm4j.simd;

import io.github.lstm4j.kernels.AdamCoefficients;
import io.github.lstm4j.kernels.Nonlinearity;
import io.github.lstm4j.kernels.Orientation;
import io.github.lstm4j.kernels.PackedMatrix;
import io.github.lstm4j.kernels.RowOrder;
import io.github.lstm4j.kernels.Shapes;
import io.github.lstm4j.kernels.Store;
import io.github.lstm4j.memory.Matrix;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The vector kernels; in a program that trains, those that take long each have a {@link Rehearsal}: on operands with
 * the tiles of the call that it is due at, so that the code compiled is the code it needs, and otherwise as small as
 * can be. Tiles that only later calls have, and the other kernels (sums, updates of few operations), are compiled in
 * passing.
 */
class RehearsedKernels extends SimdKernels {
  // Large calls, of which each takes the interpreter some hundred milliseconds: multiply-adds, units, elements.
  private static final long PRODUCT = 1 << 21;
  private static final long GATES = 1 << 12;
  private static final long ELEMENTS = 1 << 16;

  /** Heights of tiles, at most. */
  static final int TILES = Lanes.ROWS;

  /** Elements turned in all before a rehearsal pays: the loops lose a quarter of a nanosecond each, 0.3 s in all. */
  private static final long REPACKED = 1 << 30;

  private final List<Rehearsal> all = new ArrayList<>();
  private final Rehearsal[] products = new Rehearsal[TILES]; // by their first tile
  private final Rehearsal transposed;
  private final Rehearsal packing;
  private final Rehearsal lstmForward;
  private final Rehearsal lstmBackward;
  private final Rehearsal gruForward;
  private final Rehearsal gruBackward;
  private final Rehearsal rnnForward;
  private final Rehearsal rnnBackward;
  private final Rehearsal softmax;
  private final Rehearsal adam;
  private final AtomicLong repacked = new AtomicLong();
  private volatile boolean rehearses;

  RehearsedKernels() {
    this(0);
  }

  /** Kernels that find calls large which are so many powers of two smaller. */
  RehearsedKernels(int smaller) {
    for (int tile = 0; tile < products.length; tile++) {
      products[tile] = rehearsal(PRODUCT >> smaller);
    }
    transposed = rehearsal(PRODUCT >> smaller);
    packing = rehearsal(REPACKED >> smaller);
    lstmForward = rehearsal(GATES >> smaller);
    lstmBackward = rehearsal(GATES >> smaller);
    gruForward = rehearsal(GATES >> smaller);
    gruBackward = rehearsal(GATES >> smaller);
    rnnForward = rehearsal(GATES >> smaller);
    rnnBackward = rehearsal(GATES >> smaller);
    softmax = rehearsal(ELEMENTS >> smaller);
    adam = rehearsal(ELEMENTS >> smaller);
  }

  private Rehearsal rehearsal(long large) {
    Rehearsal made = new Rehearsal(large);
    all.add(made);
    return made;
  }

  /** How many rehearsals are over. */
  final long rehearsed() {
    return all.stream().filter(Rehearsal::over).count();
  }

  @Override
  public void expectTraining() {
    rehearses = true;
  }

  /** What needs no compiling turns operands until it has lost as much time as a rehearsal of the vectors takes. */
  @Override
  public void repack(PackedMatrix packed, Matrix b) {
    if (packed.orientation() == Orientation.PLAIN) {
      super.repack(packed, b);
      return;
    }
    long total = repacked.addAndGet((long) b.rows() * b.columns());
    if (!rehearses || total < packing.large()) {
      Shapes.repack(packed, b);
      mine(packed).fill(b, false);
      return;
    }
    if (packing.due(total)) {
      packing.run(operands -> {
        int columns = 2 * Lanes.WIDE * Lanes.LENGTH;
        SimdPacked few = operands.packed(TrialOperands.FEW, columns, Orientation.TRANSPOSED);
        Matrix turned = operands.matrix(columns, TrialOperands.FEW);
        return () -> super.repack(few, turned);
      });
    }
    super.repack(packed, b);
  }

  /** Which tile a product of so many rows, one at least, begins with: each is code of its own. */
  static int tile(int rows) {
    return RowSweep.height(rows, Lanes.WIDE) - 1;
  }

  @Override
  public void gemm(Matrix c, Matrix a, PackedMatrix b, Store store) {
    if (rehearses) {
      rehearseGemm(c.rows(), mine(b));
    }
    super.gemm(c, a, b, store);
  }

  @Override
  public void gemmEach(List<Matrix> c, List<Matrix> a, PackedMatrix b, Store store) {
    if (rehearses) {
      rehearseGemm(StackedRows.count(c), mine(b));
    }
    super.gemmEach(c, a, b, store);
  }

  /** Products to compile: of one matrix, and of the same rows as two where there are so many. */
  static Runnable products(Matrix c, Matrix a, SimdPacked b) {
    if (c.rows() < 2) {
      return () -> SimdGemm.multiply(c, a, b, Store.ACCUMULATE);
    }
    List<Matrix> results = TrialOperands.cut(c);
    List<Matrix> lefts = TrialOperands.cut(a);
    return () -> {
      SimdGemm.multiply(c, a, b, Store.ACCUMULATE);
      SimdGemm.multiplyEach(results, lefts, b, Store.ACCUMULATE);
    };
  }

  private void rehearseGemm(int rows, SimdPacked b) {
    if (rows == 0) {
      return; // has no tile
    }
    Rehearsal rehearsal = products[tile(rows)];
    if (rehearsal.due((long) rows * b.depth() * b.columns())) {
      rehearsal.run(operands -> {
        SimdPacked right = operands.few(b.columns());
        Matrix left = operands.matrix(TrialOperands.rows(rows), right.depth());
        Matrix product = operands.matrix(left.rows(), right.columns());
        return products(product, left, right);
      });
    }
  }

  @Override
  public void gemmTransposedA(Matrix c, Matrix a, Matrix b, RowOrder order, Store store) {
    rehearseTransposed(c, order);
    super.gemmTransposedA(c, a, b, order, store);
  }

  @Override
  public void gemmTransposedAPair(
      Matrix c, Matrix b, RowOrder order, Matrix c2, Matrix b2, RowOrder order2, Matrix a, Store store) {
    rehearseTransposed(c, order);
    rehearseTransposed(c2, order2);
    super.gemmTransposedAPair(c, b, order, c2, b2, order2, a, store);
  }

  private void rehearseTransposed(Matrix c, RowOrder order) {
    if (rehearses && transposed.due((long) c.rows() * c.columns() * order.size())) {
      transposed.run(operands -> {
        Matrix left = operands.matrix(TrialOperands.FEW, TrialOperands.FEW);
        Matrix right = operands.matrix(TrialOperands.FEW, TrialOperands.fewColumns(c.columns()));
        Matrix product = operands.matrix(left.columns(), right.columns());
        RowOrder few = RowOrder.ascending(TrialOperands.FEW);
        return () -> super.gemmTransposedA(product, left, right, few, Store.ACCUMULATE);
      });
    }
  }

  @Override
  public void lstmGatesForward(
      Matrix gates, Matrix bias, Matrix cPrev, Matrix c, Matrix tanhC, Matrix h, int from, int to) {
    if (rehearses && lstmForward.due((long) h.rows() * (to - from))) {
      lstmForward.run(o -> {
        Matrix z = o.units(4);
        Matrix state = o.units(1);
        Matrix biases = z.rows(0, 1);
        return () -> super.lstmGatesForward(z, biases, state, state, state, state, 0, state.columns());
      });
    }
    super.lstmGatesForward(gates, bias, cPrev, c, tanhC, h, from, to);
  }

  @Override
  public void lstmGatesBackward(
      Matrix dGates, Matrix gates, Matrix cPrev, Matrix tanhC, Matrix dH, Matrix dC, int from, int to) {
    if (rehearses && lstmBackward.due((long) dH.rows() * (to - from))) {
      lstmBackward.run(o -> {
        Matrix z = o.units(4);
        Matrix state = o.units(1);
        return () -> super.lstmGatesBackward(z, z, state, state, state, state, 0, state.columns());
      });
    }
    super.lstmGatesBackward(dGates, gates, cPrev, tanhC, dH, dC, from, to);
  }

  @Override
  public void gruGatesForward(
      Matrix gates, Matrix hiddenN, Matrix bias, Matrix hiddenBias, Matrix hPrev, Matrix h, int from, int to) {
    if (rehearses && gruForward.due((long) h.rows() * (to - from))) {
      gruForward.run(o -> {
        Matrix z = o.units(3);
        Matrix state = o.units(1);
        Matrix biases = z.rows(0, 1);
        Matrix hiddenBiases = state.rows(0, 1);
        return () -> super.gruGatesForward(z, state, biases, hiddenBiases, state, state, 0, state.columns());
      });
    }
    super.gruGatesForward(gates, hiddenN, bias, hiddenBias, hPrev, h, from, to);
  }

  @Override
  public void gruGatesBackward(Matrix gates, Matrix hiddenN, Matrix hPrev, Matrix dH, Matrix dHPrev, int from, int to) {
    if (rehearses && gruBackward.due((long) dH.rows() * (to - from))) {
      gruBackward.run(o -> {
        Matrix z = o.units(3);
        Matrix state = o.units(1);
        return () -> super.gruGatesBackward(z, state, state, state, state, 0, state.columns());
      });
    }
    super.gruGatesBackward(gates, hiddenN, hPrev, dH, dHPrev, from, to);
  }

  @Override
  public void rnnForward(Matrix h, Matrix sums, Matrix bias, Nonlinearity nonlinearity, int from, int to) {
    if (rehearses && rnnForward.due((long) h.rows() * (to - from))) {
      rnnForward.run(o -> {
        Matrix state = o.units(1);
        Matrix biases = state.rows(0, 1);
        return () -> super.rnnForward(state, state, biases, nonlinearity, 0, state.columns());
      });
    }
    super.rnnForward(h, sums, bias, nonlinearity, from, to);
  }

  @Override
  public void rnnBackward(Matrix dSums, Matrix h, Matrix dH, Nonlinearity nonlinearity, int from, int to) {
    if (rehearses && rnnBackward.due((long) h.rows() * (to - from))) {
      rnnBackward.run(o -> {
        Matrix state = o.units(1);
        return () -> super.rnnBackward(state, state, state, nonlinearity, 0, state.columns());
      });
    }
    super.rnnBackward(dSums, h, dH, nonlinearity, from, to);
  }

  @Override
  public void softmax(Matrix result, double[] logSum, Matrix logits, float[] factor) {
    if (rehearses && softmax.due((long) logits.rows() * logits.columns())) {
      softmax.run(o -> {
        Matrix x = o.units(1);
        double[] sums = new double[x.rows()];
        float[] factors = new float[x.rows()];
        return () -> super.softmax(x, sums, x, factors);
      });
    }
    super.softmax(result, logSum, logits, factor);
  }

  @Override
  public void adam(
      Matrix value, Matrix gradient, Matrix firstMoment, Matrix secondMoment, @Nullable Matrix largest,
      AdamCoefficients coefficients) {
    if (rehearses && adam.due((long) value.rows() * value.columns())) {
      adam.run(o -> {
        Matrix x = o.units(1);
        Matrix most = largest == null ? null : x;
        return () -> super.adam(x, x, x, x, most, coefficients);
      });
    }
    super.adam(value, gradient, firstMoment, secondMoment, largest, coefficients);
  }
}
