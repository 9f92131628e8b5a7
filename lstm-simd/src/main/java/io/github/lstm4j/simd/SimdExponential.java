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
import static io.github.lstm4j.simd.Lanes.broadcast;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;

import io.github.lstm4j.kernels.scalar.Exponential;
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

  static FloatVector exp(FloatVector x) {
    FloatVector shifted = x.fma(broadcast(LOG2_E), broadcast(ROUNDER));
    FloatVector n = shifted.sub(ROUNDER);
    FloatVector r = n.fma(broadcast(-LN2_HIGH), x);
    r = n.fma(broadcast(-LN2_LOW), r);
    FloatVector p = r.fma(broadcast(E5), broadcast(E4));
    p = p.fma(r, broadcast(E3));
    p = p.fma(r, broadcast(E2));
    p = p.fma(r, broadcast(E1));
    p = p.fma(r, broadcast(E0));
    FloatVector y = p.fma(r.mul(r), r).add(1f);
    IntVector power = shifted.reinterpretAsInts().sub(ROUNDER_BITS);
    IntVector half = power.lanewise(ASHR, 1);
    IntVector rest = power.sub(half);
    y = y.mul(half.add(BIAS).lanewise(LSHL, MANTISSA_BITS).reinterpretAsFloats());
    y = y.mul(rest.add(BIAS).lanewise(LSHL, MANTISSA_BITS).reinterpretAsFloats());
    y = y.blend(Float.POSITIVE_INFINITY, x.compare(GT, EXP_HIGH));
    return y.blend(0f, x.compare(LT, EXP_LOW));
  }
}
