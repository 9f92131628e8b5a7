package io.github.lstm4j.simd;

import io.github.lstm4j.kernels.AdamCoefficients;
import io.github.lstm4j.kernels.Kernels;
import io.github.lstm4j.kernels.Orientation;
import io.github.lstm4j.kernels.PackedMatrix;
import io.github.lstm4j.kernels.RowOrder;
import io.github.lstm4j.kernels.Shapes;
import io.github.lstm4j.kernels.Store;
import io.github.lstm4j.memory.Matrix;
import io.github.lstm4j.memory.Memory;

/** The implementation on the Vector API: one line per operation; the work is in files named after it. */
final class SimdKernels implements Kernels {
  @Override
  public String name() {
    return "simd-" + Lanes.SPECIES.vectorBitSize();
  }

  @Override
  public String description() {
    return "vectors of " + Lanes.SPECIES.vectorBitSize() + " bits"
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
    mine(packed).fill(b);
  }

  @Override
  public void gemm(Matrix c, Matrix a, PackedMatrix b, Store store) {
    Shapes.gemm(c, a, b);
    SimdGemm.multiply(c, a, mine(b), store);
  }

  @Override
  public void gemmTransposedA(Matrix c, Matrix a, Matrix b, RowOrder order, Store store) {
    Shapes.gemmTransposedA(c, a, b, order);
    SimdGemmTransposedA.multiply(c, a, b, order, store);
  }

  @Override
  public void columnSums(Matrix sums, Matrix a, RowOrder order, Store store) {
    Shapes.columnSums(sums, a, order);
    SimdColumnSums.add(sums, a, order, store);
  }

  @Override
  public void lstmGatesForward(Matrix gates, Matrix bias, Matrix cPrev, Matrix c, Matrix tanhC, Matrix h) {
    Shapes.lstmForward(gates, bias, cPrev, c, tanhC, h);
    SimdLstmGates.forward(gates, bias, cPrev, c, tanhC, h);
  }

  @Override
  public void lstmGatesBackward(Matrix dGates, Matrix gates, Matrix cPrev, Matrix tanhC, Matrix dH, Matrix dC) {
    Shapes.lstmBackward(dGates, gates, cPrev, tanhC, dH, dC);
    SimdLstmGates.backward(dGates, gates, cPrev, tanhC, dH, dC);
  }

  @Override
  public double sumOfSquares(Matrix matrix) {
    return SimdSumOfSquares.of(matrix);
  }

  @Override
  public void adam(
      Matrix value, Matrix gradient, Matrix firstMoment, Matrix secondMoment, AdamCoefficients coefficients) {
    Shapes.adam(value, gradient, firstMoment, secondMoment);
    SimdAdam.step(value, gradient, firstMoment, secondMoment, coefficients);
  }

  private static SimdPacked mine(PackedMatrix packed) {
    if (packed instanceof SimdPacked simd) {
      return simd;
    }
    throw new IllegalArgumentException(
        "simd kernels were given a matrix packed as " + packed.getClass().getSimpleName() + "; pack it with them");
  }
}
