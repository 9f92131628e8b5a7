package io.github.lstm4j.simd;

import static io.github.lstm4j.simd.Lanes.BYTES;
import static io.github.lstm4j.simd.Lanes.LENGTH;
import static io.github.lstm4j.simd.Lanes.ORDER;
import static io.github.lstm4j.simd.Lanes.broadcast;
import static io.github.lstm4j.simd.Lanes.full;
import static io.github.lstm4j.simd.Lanes.load;
import static io.github.lstm4j.simd.SimdActivations.activate;
import static io.github.lstm4j.simd.SimdActivations.tanh;

import io.github.lstm4j.kernels.scalar.ScalarGru;
import io.github.lstm4j.memory.Matrix;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/**
 * The gates of a GRU, a vector of units at a time; units that fill no vector go to the scalar twin, which has equal
 * bits. Forward takes a row in three short loops with one activation each, for the reason that {@link SimdLstmGates}
 * gives.
 */
final class SimdGruGates {
  private SimdGruGates() {}

  static void forward(Matrix gates, Matrix hiddenN, Matrix bias, Matrix hiddenBias, Matrix hPrev, Matrix h) {
    int full = full(h.columns());
    long bytes = (long) full * Float.BYTES;
    long gate = (long) h.columns() * Float.BYTES; // from one gate's block to the next
    for (int row = 0; row < h.rows(); row++) {
      long at = gates.offset(row);
      for (int k = 0; k < 2; k++) {
        activate(gates.segment(), at + k * gate, bias.segment(), k * gate, bytes, 0.5f, 0.5f);
      }
      states(gates.segment(), at, gate, hiddenN, bias.segment(), hiddenBias.segment(), hPrev, h, row, bytes);
    }
    if (full < h.columns()) {
      ScalarGru.forward(gates, hiddenN, bias, hiddenBias, hPrev, h, full);
    }
  }

  private static void states(
      MemorySegment a, long at, long gate, Matrix hiddenN, MemorySegment bias, MemorySegment hiddenBias, Matrix hPrev,
      Matrix h, int row, long bytes) {
    for (long u = 0; u < bytes; u += BYTES) {
      FloatVector q = load(hiddenN.segment(), hiddenN.offset(row) + u).add(load(hiddenBias, u));
      FloatVector x = load(a, at + 2 * gate + u).add(load(bias, 2 * gate + u));
      FloatVector n = tanh(load(a, at + u).fma(q, x));
      q.intoMemorySegment(hiddenN.segment(), hiddenN.offset(row) + u, ORDER);
      n.intoMemorySegment(a, at + 2 * gate + u, ORDER);
      FloatVector beyond = load(hPrev.segment(), hPrev.offset(row) + u).sub(n);
      load(a, at + gate + u).fma(beyond, n).intoMemorySegment(h.segment(), h.offset(row) + u, ORDER);
    }
  }

  static void backward(Matrix gates, Matrix hiddenN, Matrix hPrev, Matrix dH, Matrix dHPrev) {
    int full = full(dH.columns());
    for (int row = 0; row < dH.rows(); row++) {
      for (int u = 0; u < full; u += LENGTH) {
        backward(gates, hiddenN, hPrev, dH, dHPrev, row, u);
      }
    }
    if (full < dH.columns()) {
      ScalarGru.backward(gates, hiddenN, hPrev, dH, dHPrev, full);
    }
  }

  private static void backward(Matrix gates, Matrix hiddenN, Matrix hPrev, Matrix dH, Matrix dHPrev, int row, int u) {
    long gate = (long) dH.columns() * Float.BYTES;
    long at = gates.offset(row, u);
    long hiddenAt = hiddenN.offset(row, u);
    long to = dHPrev.offset(row, u);
    MemorySegment a = gates.segment();
    FloatVector one = broadcast(1f);
    FloatVector r = load(a, at);
    FloatVector z = load(a, at + gate);
    FloatVector n = load(a, at + 2 * gate);
    FloatVector q = load(hiddenN.segment(), hiddenAt);
    FloatVector dOut = load(dH.segment(), dH.offset(row, u));
    FloatVector previous = load(hPrev.segment(), hPrev.offset(row, u));
    FloatVector dPrevious = dOut.fma(z, load(dHPrev.segment(), to));
    FloatVector dN = dOut.mul(one.sub(z)).mul(n.neg().fma(n, one));
    dN.mul(q).mul(r.neg().fma(r, r)).intoMemorySegment(a, at, ORDER);
    dOut.mul(previous.sub(n)).mul(z.neg().fma(z, z)).intoMemorySegment(a, at + gate, ORDER);
    dN.intoMemorySegment(a, at + 2 * gate, ORDER);
    dN.mul(r).intoMemorySegment(hiddenN.segment(), hiddenAt, ORDER);
    dPrevious.intoMemorySegment(dHPrev.segment(), to, ORDER);
  }
}
