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

import io.github.lstm4j.kernels.scalar.Activations;
import io.github.lstm4j.kernels.scalar.ScalarGates;
import io.github.lstm4j.memory.Matrix;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/**
 * The gates of an LSTM, a vector of units at a time; units that fill no vector go to the scalar twin, which has equal
 * bits.
 *
 * <p>The form is the one that C2 compiles without boxing a vector, whatever the sizes and whatever was compiled before:
 * no helper takes or returns a vector, so {@link Activations#tanh} is spelled out where it is needed, operation for
 * operation; and each kernel is one method of more than 325 bytecodes, which C2 inlines nowhere ("hot method too big"),
 * so that its nodes are counted alone. docs/adr/0004 has the evidence.
 */
final class SimdLstmGates {
  private SimdLstmGates() {}

  static void forward(
      Matrix gates, Matrix bias, Matrix cPrev, Matrix c, Matrix tanhC, Matrix h, int from, int to) {
    int full = from + full(to - from);
    long first = (long) from * Float.BYTES;
    long bytes = (long) full * Float.BYTES;
    int chunk = Lanes.rowsInL1(4 * (to - from));
    for (int row = 0; full > from && row < h.rows(); row += chunk) {
      int end = Math.min(row + chunk, h.rows());
      activate(gates, bias, row, end, first, bytes);
      states(gates, cPrev, c, tanhC, h, row, end, first, bytes);
    }
    if (full < to) {
      ScalarGates.forward(gates, bias, cPrev, c, tanhC, h, full, to);
    }
  }

  /**
   * The gates of the rows [from, end), in place: z = fma(tanh(scale·(z + bias)), scale, shift), which is sigmoid with ½
   * and ½, tanh with 1 and −0, both exactly. The units are given as bytes of a block of a row, [first, bytes).
   */
  private static void activate(Matrix gates, Matrix bias, int from, int end, long first, long bytes) {
    MemorySegment z = gates.segment();
    MemorySegment b = bias.segment();
    long gate = (long) gates.columns() / 4 * Float.BYTES; // from one gate's block to the next
    for (int r = from; r < end; r++) {
      long row = gates.offset(r);
      for (int k = 0; k < 4; k++) {
        long at = row + k * gate;
        long biasAt = k * gate;
        FloatVector scale = broadcast(SPECIES, k == 2 ? 1f : 0.5f);
        FloatVector shift = broadcast(SPECIES, k == 2 ? -0f : 0.5f);
        for (long u = first; u < bytes; u += BYTES) {
          FloatVector sum = fromMemorySegment(SPECIES, z, at + u, ORDER);
          FloatVector x = sum.add(fromMemorySegment(SPECIES, b, biasAt + u, ORDER)).mul(scale);
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
          p.mul(y).fma(x, x).div(q).fma(scale, shift).intoMemorySegment(z, at + u, ORDER);
        }
      }
    }
  }

  /** The states of the rows [from, end). */
  private static void states(
      Matrix gates, Matrix cPrev, Matrix c, Matrix tanhC, Matrix h, int from, int end, long first,
      long bytes) {
    MemorySegment z = gates.segment();
    long gate = (long) h.columns() * Float.BYTES;
    for (int r = from; r < end; r++) {
      long i = gates.offset(r);
      long f = i + gate;
      long g = f + gate;
      long o = g + gate;
      long cPrevAt = cPrev.offset(r);
      long cAt = c.offset(r);
      long tanhCAt = tanhC.offset(r);
      long hAt = h.offset(r);
      for (long u = first; u < bytes; u += BYTES) {
        FloatVector in = fromMemorySegment(SPECIES, z, i + u, ORDER);
        FloatVector kept = fromMemorySegment(SPECIES, z, f + u, ORDER);
        FloatVector ig = in.mul(fromMemorySegment(SPECIES, z, g + u, ORDER));
        FloatVector x = kept.fma(fromMemorySegment(SPECIES, cPrev.segment(), cPrevAt + u, ORDER), ig);
        FloatVector out = fromMemorySegment(SPECIES, z, o + u, ORDER);
        x.intoMemorySegment(c.segment(), cAt + u, ORDER);
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
        FloatVector squashed = p.mul(y).fma(x, x).div(q);
        squashed.intoMemorySegment(tanhC.segment(), tanhCAt + u, ORDER);
        out.mul(squashed).intoMemorySegment(h.segment(), hAt + u, ORDER);
      }
    }
  }

  static void backward(
      Matrix dGates, Matrix gates, Matrix cPrev, Matrix tanhC, Matrix dH, Matrix dC, int from, int to) {
    int full = from + full(to - from);
    if (full > from) {
      backward(dGates, gates, cPrev, tanhC, dH, dC, (long) from * Float.BYTES, (long) full * Float.BYTES);
    }
    if (full < to) {
      ScalarGates.backward(dGates, gates, cPrev, tanhC, dH, dC, full, to);
    }
  }

  private static void backward(
      Matrix dGates, Matrix gates, Matrix cPrev, Matrix tanhC, Matrix dH, Matrix dC, long first, long bytes) {
    MemorySegment z = gates.segment();
    MemorySegment dz = dGates.segment();
    long gate = (long) dH.columns() * Float.BYTES;
    FloatVector one = broadcast(SPECIES, 1f);
    for (int r = 0; r < dH.rows(); r++) {
      for (long u = first; u < bytes; u += BYTES) {
        long at = gates.offset(r) + u;
        FloatVector i = fromMemorySegment(SPECIES, z, at, ORDER);
        FloatVector f = fromMemorySegment(SPECIES, z, at + gate, ORDER);
        FloatVector g = fromMemorySegment(SPECIES, z, at + 2 * gate, ORDER);
        FloatVector o = fromMemorySegment(SPECIES, z, at + 3 * gate, ORDER);
        FloatVector t = fromMemorySegment(SPECIES, tanhC.segment(), tanhC.offset(r) + u, ORDER);
        FloatVector dOut = fromMemorySegment(SPECIES, dH.segment(), dH.offset(r) + u, ORDER);
        FloatVector dNext = fromMemorySegment(SPECIES, dC.segment(), dC.offset(r) + u, ORDER);
        FloatVector previous = fromMemorySegment(SPECIES, cPrev.segment(), cPrev.offset(r) + u, ORDER);
        FloatVector dCell = dOut.mul(o).fma(t.neg().fma(t, one), dNext);
        long to = dGates.offset(r) + u;
        dCell.mul(g).mul(i.neg().fma(i, i)).intoMemorySegment(dz, to, ORDER);
        dCell.mul(previous).mul(f.neg().fma(f, f)).intoMemorySegment(dz, to + gate, ORDER);
        dCell.mul(i).mul(g.neg().fma(g, one)).intoMemorySegment(dz, to + 2 * gate, ORDER);
        dOut.mul(t).mul(o.neg().fma(o, o)).intoMemorySegment(dz, to + 3 * gate, ORDER);
        dCell.mul(f).intoMemorySegment(dC.segment(), dC.offset(r) + u, ORDER);
      }
    }
  }
}
