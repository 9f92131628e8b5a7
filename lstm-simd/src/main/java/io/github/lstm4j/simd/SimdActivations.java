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
import static io.github.lstm4j.simd.Lanes.broadcast;
import static io.github.lstm4j.simd.Lanes.load;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;

import io.github.lstm4j.kernels.scalar.Activations;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/**
 * The formulas of {@link Activations}, operation for operation. The clamp is a comparison and a blend, as the scalar
 * one: NaN passes, and it takes two instructions where a minimum takes five.
 */
final class SimdActivations {
  private SimdActivations() {}

  static FloatVector tanh(FloatVector value) {
    FloatVector x = value.blend(TANH_LIMIT, value.compare(GT, TANH_LIMIT));
    x = x.blend(-TANH_LIMIT, x.compare(LT, -TANH_LIMIT));
    FloatVector y = x.mul(x);
    FloatVector p = y.fma(broadcast(P3), broadcast(P2));
    p = p.fma(y, broadcast(P1));
    p = p.fma(y, broadcast(P0));
    FloatVector numerator = p.mul(y).fma(x, x);
    FloatVector q = y.fma(broadcast(Q3), broadcast(Q2));
    q = q.fma(y, broadcast(Q1));
    q = q.fma(y, broadcast(Q0));
    q = q.fma(y, broadcast(1f));
    return numerator.div(q);
  }

  /**
   * Activates a block of gates in place: z = fma(tanh(scale·(z + bias)), scale, shift), which is sigmoid with ½ and ½,
   * tanh with 1 and −0, both exactly.
   */
  static void activate(
      MemorySegment z, long from, MemorySegment bias, long biasFrom, long bytes, float scale, float shift) {
    FloatVector scales = broadcast(scale);
    FloatVector shifts = broadcast(shift);
    for (long u = 0; u < bytes; u += BYTES) {
      FloatVector x = load(z, from + u).add(load(bias, biasFrom + u));
      tanh(x.mul(scales)).fma(scales, shifts).intoMemorySegment(z, from + u, ORDER);
    }
  }
}
