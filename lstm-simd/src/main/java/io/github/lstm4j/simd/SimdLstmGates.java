package io.github.lstm4j.simd;

import static io.github.lstm4j.simd.Lanes.BYTES;
import static io.github.lstm4j.simd.Lanes.LENGTH;
import static io.github.lstm4j.simd.Lanes.ORDER;
import static io.github.lstm4j.simd.Lanes.SPECIES;
import static io.github.lstm4j.simd.SimdActivations.tanh;

import io.github.lstm4j.kernels.scalar.ScalarGates;
import io.github.lstm4j.memory.Matrix;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/**
 * The gates of an LSTM, a vector of units at a time; units that fill no vector go to the scalar twin, which has equal bits.
 *
 * <p>Forward takes a row in five short loops with one activation each: the gates stay in L1 between them. The activation is
 * called from two places only: with five C2 reaches its limit of nodes, gives up inlining and boxes every vector.
 */
final class SimdLstmGates {
  private SimdLstmGates() {}

  static void forward(Matrix gates, Matrix bias, Matrix cPrev, Matrix c, Matrix tanhC, Matrix h) {
    int full = h.columns() / LENGTH * LENGTH;
    long bytes = (long) full * Float.BYTES;
    long gate = (long) h.columns() * Float.BYTES; // from one gate's block to the next
    for (int r = 0; r < h.rows(); r++) {
      long at = gates.offset(r);
      for (int k = 0; k < 4; k++) {
        boolean isG = k == 2;
        activate(gates.segment(), at + k * gate, bias.segment(), k * gate, bytes, isG ? 1f : 0.5f, isG ? -0f : 0.5f);
      }
      states(gates.segment(), at, gate, cPrev, c, tanhC, h, r, bytes);
    }
    if (full < h.columns()) {
      ScalarGates.forward(gates, bias, cPrev, c, tanhC, h, full);
    }
  }

  /** z = fma(tanh(scale·(z + bias)), scale, shift): sigmoid with ½ and ½, tanh with 1 and −0, both exactly. */
  private static void activate(
      MemorySegment z, long from, MemorySegment bias, long biasFrom, long bytes, float scale, float shift) {
    FloatVector scales = FloatVector.broadcast(SPECIES, scale);
    FloatVector shifts = FloatVector.broadcast(SPECIES, shift);
    for (long u = 0; u < bytes; u += BYTES) {
      FloatVector x = load(z, from + u).add(load(bias, biasFrom + u));
      tanh(x.mul(scales)).fma(scales, shifts).intoMemorySegment(z, from + u, ORDER);
    }
  }

  private static void states(
      MemorySegment z, long at, long gate, Matrix cPrev, Matrix c, Matrix tanhC, Matrix h, int r, long bytes) {
    for (long u = 0; u < bytes; u += BYTES) {
      FloatVector ig = load(z, at + u).mul(load(z, at + 2 * gate + u));
      FloatVector cell = load(z, at + gate + u).fma(load(cPrev.segment(), cPrev.offset(r) + u), ig);
      FloatVector squashed = tanh(cell);
      cell.intoMemorySegment(c.segment(), c.offset(r) + u, ORDER);
      squashed.intoMemorySegment(tanhC.segment(), tanhC.offset(r) + u, ORDER);
      load(z, at + 3 * gate + u).mul(squashed).intoMemorySegment(h.segment(), h.offset(r) + u, ORDER);
    }
  }

  static void backward(Matrix dGates, Matrix gates, Matrix cPrev, Matrix tanhC, Matrix dH, Matrix dC) {
    int full = dH.columns() / LENGTH * LENGTH;
    for (int r = 0; r < dH.rows(); r++) {
      for (int u = 0; u < full; u += LENGTH) {
        backward(dGates, gates, cPrev, tanhC, dH, dC, r, u);
      }
    }
    if (full < dH.columns()) {
      ScalarGates.backward(dGates, gates, cPrev, tanhC, dH, dC, full);
    }
  }

  private static void backward(
      Matrix dGates, Matrix gates, Matrix cPrev, Matrix tanhC, Matrix dH, Matrix dC, int r, int u) {
    long gate = (long) dH.columns() * Float.BYTES;
    FloatVector one = FloatVector.broadcast(SPECIES, 1f);
    long at = gates.offset(r, u);
    FloatVector i = load(gates.segment(), at);
    FloatVector f = load(gates.segment(), at + gate);
    FloatVector g = load(gates.segment(), at + 2 * gate);
    FloatVector o = load(gates.segment(), at + 3 * gate);
    FloatVector t = load(tanhC.segment(), tanhC.offset(r, u));
    FloatVector dOut = load(dH.segment(), dH.offset(r, u));
    FloatVector dCell = dOut.mul(o).fma(t.neg().fma(t, one), load(dC.segment(), dC.offset(r, u)));
    FloatVector previous = load(cPrev.segment(), cPrev.offset(r, u));
    MemorySegment dz = dGates.segment();
    long to = dGates.offset(r, u);
    dCell.mul(g).mul(i.neg().fma(i, i)).intoMemorySegment(dz, to, ORDER);
    dCell.mul(previous).mul(f.neg().fma(f, f)).intoMemorySegment(dz, to + gate, ORDER);
    dCell.mul(i).mul(g.neg().fma(g, one)).intoMemorySegment(dz, to + 2 * gate, ORDER);
    dOut.mul(t).mul(o.neg().fma(o, o)).intoMemorySegment(dz, to + 3 * gate, ORDER);
    dCell.mul(f).intoMemorySegment(dC.segment(), dC.offset(r, u), ORDER);
  }

  private static FloatVector load(MemorySegment segment, long at) {
    return FloatVector.fromMemorySegment(SPECIES, segment, at, ORDER);
  }
}
