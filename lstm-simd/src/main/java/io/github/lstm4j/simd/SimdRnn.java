package io.github.lstm4j.simd;

import static io.github.lstm4j.simd.Lanes.BYTES;
import static io.github.lstm4j.simd.Lanes.ORDER;
import static io.github.lstm4j.simd.Lanes.SPECIES;
import static io.github.lstm4j.simd.Lanes.broadcast;
import static io.github.lstm4j.simd.Lanes.full;
import static io.github.lstm4j.simd.Lanes.load;
import static io.github.lstm4j.simd.SimdActivations.tanh;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LE;

import io.github.lstm4j.kernels.Nonlinearity;
import io.github.lstm4j.kernels.scalar.ScalarRnn;
import io.github.lstm4j.memory.Matrix;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/**
 * The activation of plain recurrent steps, a vector of units at a time; units that fill no vector go to the scalar
 * twin. Relu is a comparison and a blend, as the scalar one: NaN passes and −0 becomes +0.
 */
final class SimdRnn {
  private SimdRnn() {}

  static void forward(Matrix h, Matrix sums, Matrix bias, Nonlinearity nonlinearity) {
    int full = full(h.columns());
    long bytes = (long) full * Float.BYTES;
    for (int row = 0; row < h.rows(); row++) {
      if (nonlinearity == Nonlinearity.TANH) {
        tanhRow(h.segment(), h.offset(row), sums.segment(), sums.offset(row), bias.segment(), bytes);
      } else {
        reluRow(h.segment(), h.offset(row), sums.segment(), sums.offset(row), bias.segment(), bytes);
      }
    }
    if (full < h.columns()) {
      ScalarRnn.forward(h, sums, bias, nonlinearity, full);
    }
  }

  private static void tanhRow(MemorySegment h, long to, MemorySegment sums, long at, MemorySegment bias, long bytes) {
    for (long u = 0; u < bytes; u += BYTES) {
      tanh(load(sums, at + u).add(load(bias, u))).intoMemorySegment(h, to + u, ORDER);
    }
  }

  private static void reluRow(MemorySegment h, long to, MemorySegment sums, long at, MemorySegment bias, long bytes) {
    for (long u = 0; u < bytes; u += BYTES) {
      FloatVector x = load(sums, at + u).add(load(bias, u));
      x.blend(0f, x.compare(LE, 0f)).intoMemorySegment(h, to + u, ORDER);
    }
  }

  static void backward(Matrix dSums, Matrix h, Matrix dH, Nonlinearity nonlinearity) {
    int full = full(h.columns());
    long bytes = (long) full * Float.BYTES;
    for (int row = 0; row < h.rows(); row++) {
      if (nonlinearity == Nonlinearity.TANH) {
        dTanhRow(dSums.segment(), dSums.offset(row), h.segment(), h.offset(row), dH.segment(), dH.offset(row), bytes);
      } else {
        dReluRow(dSums.segment(), dSums.offset(row), h.segment(), h.offset(row), dH.segment(), dH.offset(row), bytes);
      }
    }
    if (full < h.columns()) {
      ScalarRnn.backward(dSums, h, dH, nonlinearity, full);
    }
  }

  private static void dTanhRow(
      MemorySegment dSums, long to, MemorySegment h, long at, MemorySegment dH, long dAt, long bytes) {
    FloatVector one = broadcast(1f);
    for (long u = 0; u < bytes; u += BYTES) {
      FloatVector y = load(h, at + u);
      load(dH, dAt + u).mul(y.neg().fma(y, one)).intoMemorySegment(dSums, to + u, ORDER);
    }
  }

  private static void dReluRow(
      MemorySegment dSums, long to, MemorySegment h, long at, MemorySegment dH, long dAt, long bytes) {
    FloatVector zero = FloatVector.zero(SPECIES);
    for (long u = 0; u < bytes; u += BYTES) {
      zero.blend(load(dH, dAt + u), load(h, at + u).compare(GT, 0f)).intoMemorySegment(dSums, to + u, ORDER);
    }
  }
}
