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
import static io.github.lstm4j.simd.Lanes.SPECIES;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;

import io.github.lstm4j.kernels.scalar.Activations;
import jdk.incubator.vector.FloatVector;

/**
 * The formulas of {@link Activations}, operation for operation. The clamp is a comparison and a blend, as the scalar one:
 * NaN passes, and it takes two instructions where a minimum takes five.
 */
final class SimdActivations {
  private SimdActivations() {}

  static FloatVector tanh(FloatVector value) {
    FloatVector x = value.blend(TANH_LIMIT, value.compare(GT, TANH_LIMIT));
    x = x.blend(-TANH_LIMIT, x.compare(LT, -TANH_LIMIT));
    FloatVector y = x.mul(x);
    FloatVector p = y.fma(of(P3), of(P2));
    p = p.fma(y, of(P1));
    p = p.fma(y, of(P0));
    FloatVector numerator = p.mul(y).fma(x, x);
    FloatVector q = y.fma(of(Q3), of(Q2));
    q = q.fma(y, of(Q1));
    q = q.fma(y, of(Q0));
    q = q.fma(y, of(1f));
    return numerator.div(q);
  }

  private static FloatVector of(float constant) {
    return FloatVector.broadcast(SPECIES, constant);
  }
}
