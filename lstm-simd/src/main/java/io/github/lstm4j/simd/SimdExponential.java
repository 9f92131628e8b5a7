package io.github.lstm4j.simd;

import static io.github.lstm4j.kernels.scalar.Exponential.E0;
import static io.github.lstm4j.kernels.scalar.Exponential.E1;
import static io.github.lstm4j.kernels.scalar.Exponential.E2;
import static io.github.lstm4j.kernels.scalar.Exponential.E3;
import static io.github.lstm4j.kernels.scalar.Exponential.E4;
import static io.github.lstm4j.kernels.scalar.Exponential.E5;
import static io.github.lstm4j.kernels.scalar.Exponential.EXP_HIGH;
import static io.github.lstm4j.kernels.scalar.Exponential.EXP_LOW;
import static io.github.lstm4j.kernels.scalar.Exponential.LN2_HIGH;
import static io.github.lstm4j.kernels.scalar.Exponential.LN2_LOW;
import static io.github.lstm4j.kernels.scalar.Exponential.LOG2_E;
import static io.github.lstm4j.kernels.scalar.Exponential.ROUNDER;
import static io.github.lstm4j.simd.Lanes.ORDER;
import static io.github.lstm4j.simd.SimdSoftmax.STRIDE;
import static io.github.lstm4j.simd.Species.SPECIES;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromMemorySegment;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;

import io.github.lstm4j.kernels.scalar.Exponential;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/**
 * The form of {@link Exponential#exp}, operation for operation. Where the scalar form returns early, the lanes go on
 * with numbers without meaning, which a blend replaces at the end.
 */
final class SimdExponential {
  private static final int BIAS = Float.MAX_EXPONENT;
  private static final int MANTISSA_BITS = Float.PRECISION - 1;
  private static final int ROUNDER_BITS = Float.floatToRawIntBits(ROUNDER);

  private SimdExponential() {}

  /**
   * e = exp(x − max) for every {@link SimdSoftmax#STRIDE} bytes: one vector of the lanes of a row, and its sum. A loop
   * and no function of a vector, for the reasons that {@link SimdLstmGates} gives.
   *
   * @param sums takes the sum of the exponentials
   * @param lane where, in bytes
   * @param e takes the exponentials
   * @param to where, in bytes
   * @param x the logits
   * @param from where they start, in bytes
   * @param bytes the length of the row
   * @param max what is subtracted
   */
  static void lanes(
      MemorySegment sums, long lane, MemorySegment e, long to, MemorySegment x, long from, long bytes, float max) {
    FloatVector sum = FloatVector.zero(SPECIES);
    for (long at = 0; at < bytes; at += STRIDE) {
      FloatVector v = fromMemorySegment(SPECIES, x, from + at, ORDER).sub(max);
      FloatVector shifted = v.fma(broadcast(SPECIES, LOG2_E), broadcast(SPECIES, ROUNDER));
      FloatVector n = shifted.sub(ROUNDER);
      FloatVector r = n.fma(broadcast(SPECIES, -LN2_HIGH), v);
      r = n.fma(broadcast(SPECIES, -LN2_LOW), r);
      FloatVector p = r.fma(broadcast(SPECIES, E5), broadcast(SPECIES, E4));
      p = p.fma(r, broadcast(SPECIES, E3));
      p = p.fma(r, broadcast(SPECIES, E2));
      p = p.fma(r, broadcast(SPECIES, E1));
      p = p.fma(r, broadcast(SPECIES, E0));
      FloatVector y = p.fma(r.mul(r), r).add(1f);
      IntVector power = shifted.reinterpretAsInts().sub(ROUNDER_BITS);
      IntVector half = power.lanewise(ASHR, 1);
      IntVector rest = power.sub(half);
      y = y.mul(half.add(BIAS).lanewise(LSHL, MANTISSA_BITS).reinterpretAsFloats());
      y = y.mul(rest.add(BIAS).lanewise(LSHL, MANTISSA_BITS).reinterpretAsFloats());
      y = y.blend(Float.POSITIVE_INFINITY, v.compare(GT, EXP_HIGH));
      y = y.blend(0f, v.compare(LT, EXP_LOW));
      y.intoMemorySegment(e, to + at, ORDER);
      sum = sum.add(y);
    }
    sum.intoMemorySegment(sums, lane, ORDER);
  }
}
