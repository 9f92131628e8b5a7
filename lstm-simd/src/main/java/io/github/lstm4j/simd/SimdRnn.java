package io.github.lstm4j.simd;

import static io.github.lstm4j.kernels.scalar.Activations.P0;
import static io.github.lstm4j.kernels.scalar.Activations.P1;
import static io.github.lstm4j.kernels.scalar.Activations.P2;
import static io.github.lstm4j.kernels.scalar.Activations.P3;
import static io.github.lstm4j.kernels.scalar.Activations.Q0;
import static io.github.lstm4j.kernels.scalar.Activations.Q1;
import static io.github.lstm4j.kernels.scalar.Activations.Q2;
import static io.github.lstm4j.kernels.scalar.Activations.Q3;
import static io.github.lstm4j.kernels.scalar.Activations.TANH_LIMIT;
import static io.github.lstm4j.simd.Lanes.BYTES;
import static io.github.lstm4j.simd.Lanes.ORDER;
import static io.github.lstm4j.simd.Lanes.full;
import static io.github.lstm4j.simd.Species.SPECIES;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromMemorySegment;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LT;

import io.github.lstm4j.kernels.Nonlinearity;
import io.github.lstm4j.kernels.scalar.ScalarRnn;
import io.github.lstm4j.memory.Matrix;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/**
 * The activation of plain recurrent steps, a vector of units at a time; units that fill no vector go to the scalar
 * twin. Relu is a comparison and a blend, as the scalar one: NaN passes and −0 becomes +0. Flat methods without
 * helpers, for the reasons that {@link SimdLstmGates} gives.
 */
final class SimdRnn {
  private SimdRnn() {}

  static void forward(Matrix h, Matrix sums, Matrix bias, Nonlinearity nonlinearity, int from, int to) {
    int full = from + full(to - from);
    if (full > from) {
      long first = (long) from * Float.BYTES;
      forward(h, sums, bias, first, (long) full * Float.BYTES, nonlinearity == Nonlinearity.TANH);
    }
    if (full < to) {
      ScalarRnn.forward(h, sums, bias, nonlinearity, full, to);
    }
  }

  private static void forward(Matrix h, Matrix sums, Matrix bias, long first, long bytes, boolean tanh) {
    MemorySegment b = bias.segment();
    for (int row = 0; row < h.rows(); row++) {
      long at = sums.offset(row);
      long to = h.offset(row);
      if (tanh) {
        for (long u = first; u < bytes; u += BYTES) {
          FloatVector sum = fromMemorySegment(SPECIES, sums.segment(), at + u, ORDER);
          FloatVector x = sum.add(fromMemorySegment(SPECIES, b, u, ORDER));
          x = x.blend(TANH_LIMIT, x.compare(GT, TANH_LIMIT));
          x = x.blend(-TANH_LIMIT, x.compare(LT, -TANH_LIMIT));
          FloatVector y = x.mul(x);
          FloatVector p = y.fma(broadcast(SPECIES, P3), broadcast(SPECIES, P2));
          p = p.fma(y, broadcast(SPECIES, P1));
          p = p.fma(y, broadcast(SPECIES, P0));
          FloatVector q = y.fma(broadcast(SPECIES, Q3), broadcast(SPECIES, Q2));
          q = q.fma(y, broadcast(SPECIES, Q1));
          q = q.fma(y, broadcast(SPECIES, Q0));
          q = q.fma(y, broadcast(SPECIES, 1f));
          p.mul(y).fma(x, x).div(q).intoMemorySegment(h.segment(), to + u, ORDER);
        }
      } else {
        for (long u = first; u < bytes; u += BYTES) {
          FloatVector sum = fromMemorySegment(SPECIES, sums.segment(), at + u, ORDER);
          FloatVector x = sum.add(fromMemorySegment(SPECIES, b, u, ORDER));
          x.blend(0f, x.compare(LE, 0f)).intoMemorySegment(h.segment(), to + u, ORDER);
        }
      }
    }
  }

  static void backward(Matrix dSums, Matrix h, Matrix dH, Nonlinearity nonlinearity, int from, int to) {
    int full = from + full(to - from);
    if (full > from) {
      long first = (long) from * Float.BYTES;
      backward(dSums, h, dH, first, (long) full * Float.BYTES, nonlinearity == Nonlinearity.TANH);
    }
    if (full < to) {
      ScalarRnn.backward(dSums, h, dH, nonlinearity, full, to);
    }
  }

  private static void backward(Matrix dSums, Matrix h, Matrix dH, long first, long bytes, boolean tanh) {
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector one = broadcast(SPECIES, 1f);
    for (int row = 0; row < h.rows(); row++) {
      long at = h.offset(row);
      long dAt = dH.offset(row);
      long to = dSums.offset(row);
      if (tanh) {
        for (long u = first; u < bytes; u += BYTES) {
          FloatVector y = fromMemorySegment(SPECIES, h.segment(), at + u, ORDER);
          FloatVector dY = fromMemorySegment(SPECIES, dH.segment(), dAt + u, ORDER);
          dY.mul(y.neg().fma(y, one)).intoMemorySegment(dSums.segment(), to + u, ORDER);
        }
      } else {
        for (long u = first; u < bytes; u += BYTES) {
          FloatVector y = fromMemorySegment(SPECIES, h.segment(), at + u, ORDER);
          FloatVector dY = fromMemorySegment(SPECIES, dH.segment(), dAt + u, ORDER);
          zero.blend(dY, y.compare(GT, 0f)).intoMemorySegment(dSums.segment(), to + u, ORDER);
        }
      }
    }
  }
}
