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
import static jdk.incubator.vector.VectorOperators.LT;

import io.github.lstm4j.kernels.scalar.ScalarGru;
import io.github.lstm4j.memory.Matrix;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/**
 * The gates of a GRU, a vector of units at a time; units that fill no vector go to the scalar twin, which has equal
 * bits. Flat methods without helpers, for the reasons that {@link SimdLstmGates} gives.
 */
final class SimdGruGates {
  private SimdGruGates() {}

  static void forward(
      Matrix gates, Matrix hiddenN, Matrix bias, Matrix hiddenBias, Matrix hPrev, Matrix h, int from, int to) {
    int full = from + full(to - from);
    long first = (long) from * Float.BYTES;
    long bytes = (long) full * Float.BYTES;
    int chunk = Lanes.rowsInL1(3 * (to - from));
    for (int row = 0; full > from && row < h.rows(); row += chunk) {
      int end = Math.min(row + chunk, h.rows());
      activate(gates, bias, row, end, first, bytes);
      states(gates, hiddenN, bias, hiddenBias, hPrev, h, row, end, first, bytes);
    }
    if (full < to) {
      ScalarGru.forward(gates, hiddenN, bias, hiddenBias, hPrev, h, full, to);
    }
  }

  /** r and z of the rows [from, end), in place: ½ + ½·tanh((a + bias)/2). */
  private static void activate(Matrix gates, Matrix bias, int from, int end, long first, long bytes) {
    MemorySegment a = gates.segment();
    MemorySegment b = bias.segment();
    long gate = (long) gates.columns() / 3 * Float.BYTES; // from one gate's block to the next
    FloatVector half = broadcast(SPECIES, 0.5f);
    for (int row = from; row < end; row++) {
      long rAt = gates.offset(row);
      for (int k = 0; k < 2; k++) {
        long at = rAt + k * gate;
        long biasAt = k * gate;
        for (long u = first; u < bytes; u += BYTES) {
          FloatVector sum = fromMemorySegment(SPECIES, a, at + u, ORDER);
          FloatVector x = sum.add(fromMemorySegment(SPECIES, b, biasAt + u, ORDER)).mul(half);
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
          p.mul(y).fma(x, x).div(q).fma(half, half).intoMemorySegment(a, at + u, ORDER);
        }
      }
    }
  }

  /** n and the new states of the rows [from, end). */
  private static void states(
      Matrix gates, Matrix hiddenN, Matrix bias, Matrix hiddenBias, Matrix hPrev, Matrix h, int from, int end,
      long first, long bytes) {
    MemorySegment a = gates.segment();
    MemorySegment b = bias.segment();
    MemorySegment s = hiddenN.segment();
    long gate = (long) h.columns() * Float.BYTES;
    for (int row = from; row < end; row++) {
      long rAt = gates.offset(row);
      long zAt = rAt + gate;
      long nAt = zAt + gate;
      long sAt = hiddenN.offset(row);
      long hPrevAt = hPrev.offset(row);
      long hAt = h.offset(row);
      for (long u = first; u < bytes; u += BYTES) {
        FloatVector s1 = fromMemorySegment(SPECIES, s, sAt + u, ORDER);
        s1 = s1.add(fromMemorySegment(SPECIES, hiddenBias.segment(), u, ORDER));
        FloatVector sum = fromMemorySegment(SPECIES, a, nAt + u, ORDER);
        sum = sum.add(fromMemorySegment(SPECIES, b, 2 * gate + u, ORDER));
        FloatVector x = fromMemorySegment(SPECIES, a, rAt + u, ORDER).fma(s1, sum);
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
        FloatVector n = p.mul(y).fma(x, x).div(q);
        s1.intoMemorySegment(s, sAt + u, ORDER);
        n.intoMemorySegment(a, nAt + u, ORDER);
        FloatVector beyond = fromMemorySegment(SPECIES, hPrev.segment(), hPrevAt + u, ORDER).sub(n);
        FloatVector z = fromMemorySegment(SPECIES, a, zAt + u, ORDER);
        z.fma(beyond, n).intoMemorySegment(h.segment(), hAt + u, ORDER);
      }
    }
  }

  static void backward(
      Matrix gates, Matrix hiddenN, Matrix hPrev, Matrix dH, Matrix dHPrev, int from, int to) {
    int full = from + full(to - from);
    if (full > from) {
      backward(gates, hiddenN, hPrev, dH, dHPrev, (long) from * Float.BYTES, (long) full * Float.BYTES);
    }
    if (full < to) {
      ScalarGru.backward(gates, hiddenN, hPrev, dH, dHPrev, full, to);
    }
  }

  private static void backward(
      Matrix gates, Matrix hiddenN, Matrix hPrev, Matrix dH, Matrix dHPrev, long first, long bytes) {
    MemorySegment a = gates.segment();
    long gate = (long) dH.columns() * Float.BYTES;
    FloatVector one = broadcast(SPECIES, 1f);
    for (int row = 0; row < dH.rows(); row++) {
      for (long u = first; u < bytes; u += BYTES) {
        long at = gates.offset(row) + u;
        long hiddenAt = hiddenN.offset(row) + u;
        long to = dHPrev.offset(row) + u;
        FloatVector r = fromMemorySegment(SPECIES, a, at, ORDER);
        FloatVector z = fromMemorySegment(SPECIES, a, at + gate, ORDER);
        FloatVector n = fromMemorySegment(SPECIES, a, at + 2 * gate, ORDER);
        FloatVector q = fromMemorySegment(SPECIES, hiddenN.segment(), hiddenAt, ORDER);
        FloatVector dOut = fromMemorySegment(SPECIES, dH.segment(), dH.offset(row) + u, ORDER);
        FloatVector previous = fromMemorySegment(SPECIES, hPrev.segment(), hPrev.offset(row) + u, ORDER);
        FloatVector dPrevious = dOut.fma(z, fromMemorySegment(SPECIES, dHPrev.segment(), to, ORDER));
        FloatVector dN = dOut.mul(one.sub(z)).mul(n.neg().fma(n, one));
        dN.mul(q).mul(r.neg().fma(r, r)).intoMemorySegment(a, at, ORDER);
        dOut.mul(previous.sub(n)).mul(z.neg().fma(z, z)).intoMemorySegment(a, at + gate, ORDER);
        dN.intoMemorySegment(a, at + 2 * gate, ORDER);
        dN.mul(r).intoMemorySegment(hiddenN.segment(), hiddenAt, ORDER);
        dPrevious.intoMemorySegment(dHPrev.segment(), to, ORDER);
      }
    }
  }
}
