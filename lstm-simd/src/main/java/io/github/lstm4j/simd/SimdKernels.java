package io.github.lstm4j.simd;

import io.github.lstm4j.kernels.AdamCoefficients;
import io.github.lstm4j.kernels.Kernels;
import io.github.lstm4j.kernels.Nonlinearity;
import io.github.lstm4j.kernels.Orientation;
import io.github.lstm4j.kernels.PackedMatrix;
import io.github.lstm4j.kernels.RootMeanSquareCoefficients;
import io.github.lstm4j.kernels.RowOrder;
import io.github.lstm4j.kernels.SgdCoefficients;
import io.github.lstm4j.kernels.Shapes;
import io.github.lstm4j.kernels.Store;
import io.github.lstm4j.memory.Matrix;
import io.github.lstm4j.memory.Memory;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The implementation on the Vector API: one line per operation; the work is in files named after it. */
class SimdKernels implements Kernels {
  @Override
  public String name() {
    return "simd-" + Lanes.BITS;
  }

  @Override
  public String description() {
    return "vectors of " + Lanes.BITS + " bits"
        + (Lanes.emulated() ? " (emulated, slow: this CPU has " + Lanes.PREFERRED_BITS + ")" : "")
        + ", tile of " + Lanes.ROWS + " rows by " + Lanes.WIDE + " vectors, at most " + Scratch.MOST_BYTES / 1024
        + " KiB of scratch a thread";
  }

  @Override
  public PackedMatrix pack(Matrix b, Orientation orientation, Memory memory) {
    return SimdPacked.of(b, orientation, memory);
  }

  @Override
  public void repack(PackedMatrix packed, Matrix b) {
    Shapes.repack(packed, b);
    mine(packed).fill(b, true);
  }

  @Override
  public void gemm(Matrix c, Matrix a, PackedMatrix b, Store store) {
    Shapes.gemm(c, a, b);
    SimdGemm.multiply(c, a, mine(b), store);
  }

  @Override
  public void gemmEach(List<Matrix> c, List<Matrix> a, PackedMatrix b, Store store) {
    Shapes.gemmEach(c, a, b);
    SimdGemm.multiplyEach(c, a, mine(b), store);
  }

  @Override
  public void gemmTransposedA(Matrix c, Matrix a, Matrix b, RowOrder order, Store store) {
    Shapes.gemmTransposedA(c, a, b, order);
    SimdGemmTransposedA.multiply(c, a, b, order, store);
  }

  @Override
  public void gemmTransposedAPair(
      Matrix c, Matrix b, RowOrder order, Matrix c2, Matrix b2, RowOrder order2, Matrix a, Store store) {
    Shapes.gemmTransposedAPair(c, b, order, c2, b2, order2, a);
    SimdGemmTransposedA.multiplyPair(c, b, order, c2, b2, order2, a, store);
  }

  @Override
  public void columnSums(Matrix sums, Matrix a, RowOrder order, Store store) {
    Shapes.columnSums(sums, a, order);
    SimdColumnSums.add(sums, a, order, store);
  }

  @Override
  public void lstmGatesForward(
      Matrix gates, Matrix bias, Matrix cPrev, Matrix c, Matrix tanhC, Matrix h, int from, int to) {
    Shapes.lstmForward(gates, bias, cPrev, c, tanhC, h);
    Shapes.units("lstmGatesForward", from, to, h.columns());
    SimdLstmGates.forward(gates, bias, cPrev, c, tanhC, h, from, to);
  }

  @Override
  public void lstmGatesBackward(
      Matrix dGates, Matrix gates, Matrix cPrev, Matrix tanhC, Matrix dH, Matrix dC, int from, int to) {
    Shapes.lstmBackward(dGates, gates, cPrev, tanhC, dH, dC);
    Shapes.units("lstmGatesBackward", from, to, dH.columns());
    SimdLstmGates.backward(dGates, gates, cPrev, tanhC, dH, dC, from, to);
  }

  @Override
  public void gruGatesForward(
      Matrix gates, Matrix hiddenN, Matrix bias, Matrix hiddenBias, Matrix hPrev, Matrix h, int from, int to) {
    Shapes.gruForward(gates, hiddenN, bias, hiddenBias, hPrev, h);
    Shapes.units("gruGatesForward", from, to, h.columns());
    SimdGruGates.forward(gates, hiddenN, bias, hiddenBias, hPrev, h, from, to);
  }

  @Override
  public void gruGatesBackward(Matrix gates, Matrix hiddenN, Matrix hPrev, Matrix dH, Matrix dHPrev, int from, int to) {
    Shapes.gruBackward(gates, hiddenN, hPrev, dH, dHPrev);
    Shapes.units("gruGatesBackward", from, to, dH.columns());
    SimdGruGates.backward(gates, hiddenN, hPrev, dH, dHPrev, from, to);
  }

  @Override
  public void rnnForward(Matrix h, Matrix sums, Matrix bias, Nonlinearity nonlinearity, int from, int to) {
    Shapes.rnnForward(h, sums, bias);
    Shapes.units("rnnForward", from, to, h.columns());
    SimdRnn.forward(h, sums, bias, nonlinearity, from, to);
  }

  @Override
  public void rnnBackward(Matrix dSums, Matrix h, Matrix dH, Nonlinearity nonlinearity, int from, int to) {
    Shapes.rnnBackward(dSums, h, dH);
    Shapes.units("rnnBackward", from, to, h.columns());
    SimdRnn.backward(dSums, h, dH, nonlinearity, from, to);
  }

  @Override
  public void softmax(Matrix result, double[] logSum, Matrix logits, float[] factor) {
    Shapes.softmax(result, logSum, logits, factor);
    SimdSoftmax.softmax(result, logSum, logits, factor);
  }

  @Override
  public void addRows(Matrix table, int[] index, Matrix rows) {
    Shapes.addRows(table, index, rows);
    SimdAddRows.add(table, index, rows);
  }

  @Override
  public double sumOfSquares(Matrix matrix) {
    return SimdSumOfSquares.of(matrix);
  }

  @Override
  public void adam(
      Matrix value, Matrix gradient, Matrix firstMoment, Matrix secondMoment, @Nullable Matrix largest,
      AdamCoefficients coefficients) {
    Shapes.adam(value, gradient, firstMoment, secondMoment, largest);
    SimdAdam.step(value, gradient, firstMoment, secondMoment, largest, coefficients);
  }

  @Override
  public void sgd(Matrix value, Matrix gradient, @Nullable Matrix buffer, SgdCoefficients coefficients) {
    Shapes.sgd(value, gradient, buffer);
    SimdSgd.step(value, gradient, buffer, coefficients);
  }

  @Override
  public void rootMeanSquare(
      Matrix value, Matrix gradient, Matrix squares, @Nullable Matrix mean, @Nullable Matrix buffer,
      RootMeanSquareCoefficients coefficients) {
    Shapes.rootMeanSquare(value, gradient, squares, mean, buffer);
    SimdRootMeanSquare.step(value, gradient, squares, mean, buffer, coefficients);
  }

  static SimdPacked mine(PackedMatrix packed) {
    if (packed instanceof SimdPacked simd) {
      return simd;
    }
    throw new IllegalArgumentException(
        "simd kernels were given a matrix packed as " + packed.getClass().getSimpleName() + "; pack it with them");
  }
}
