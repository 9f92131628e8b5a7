package io.github.lstm4j.simd;

import static io.github.lstm4j.simd.Lanes.LENGTH;
import static io.github.lstm4j.simd.Lanes.ORDER;
import static io.github.lstm4j.simd.Lanes.SPECIES;
import static io.github.lstm4j.simd.SimdActivations.sigmoid;
import static io.github.lstm4j.simd.SimdActivations.tanh;

import io.github.lstm4j.kernels.scalar.ScalarGates;
import io.github.lstm4j.memory.Matrix;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/** The gates of an LSTM, a vector of units at a time; units that fill no vector go to the scalar twin, which has equal bits. */
final class SimdLstmGates {
  private SimdLstmGates() {}

  static void forward(Matrix gates, Matrix bias, Matrix cPrev, Matrix c, Matrix tanhC, Matrix h) {
    int full = h.columns() / LENGTH * LENGTH;
    for (int r = 0; r < h.rows(); r++) {
      for (int u = 0; u < full; u += LENGTH) {
        forward(gates, bias, cPrev, c, tanhC, h, r, u);
      }
    }
    if (full < h.columns()) {
      ScalarGates.forward(gates, bias, cPrev, c, tanhC, h, full);
    }
  }

  private static void forward(
      Matrix gates, Matrix bias, Matrix cPrev, Matrix c, Matrix tanhC, Matrix h, int r, int u) {
    long gate = (long) h.columns() * Float.BYTES;
    MemorySegment z = gates.segment();
    long at = gates.offset(r, u);
    long biasAt = bias.offset(0, u);
    FloatVector i = sigmoid(load(z, at).add(load(bias.segment(), biasAt)));
    FloatVector f = sigmoid(load(z, at + gate).add(load(bias.segment(), biasAt + gate)));
    FloatVector g = tanh(load(z, at + 2 * gate).add(load(bias.segment(), biasAt + 2 * gate)));
    FloatVector o = sigmoid(load(z, at + 3 * gate).add(load(bias.segment(), biasAt + 3 * gate)));
    FloatVector cell = f.fma(load(cPrev.segment(), cPrev.offset(r, u)), i.mul(g));
    FloatVector squashed = tanh(cell);
    i.intoMemorySegment(z, at, ORDER);
    f.intoMemorySegment(z, at + gate, ORDER);
    g.intoMemorySegment(z, at + 2 * gate, ORDER);
    o.intoMemorySegment(z, at + 3 * gate, ORDER);
    cell.intoMemorySegment(c.segment(), c.offset(r, u), ORDER);
    squashed.intoMemorySegment(tanhC.segment(), tanhC.offset(r, u), ORDER);
    o.mul(squashed).intoMemorySegment(h.segment(), h.offset(r, u), ORDER);
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
