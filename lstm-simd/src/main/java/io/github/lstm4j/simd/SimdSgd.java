package io.github.lstm4j.simd;

import static io.github.lstm4j.simd.Lanes.BYTES;
import static io.github.lstm4j.simd.Lanes.ORDER;
import static io.github.lstm4j.simd.Lanes.full;
import static io.github.lstm4j.simd.Species.SPECIES;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromMemorySegment;

import io.github.lstm4j.kernels.SgdCoefficients;
import io.github.lstm4j.kernels.scalar.ScalarOptimizers;
import io.github.lstm4j.memory.Matrix;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import org.jspecify.annotations.Nullable;

/**
 * One update of stochastic gradient descent, a vector at a time; columns that fill no vector go to the scalar twin.
 * Masks and no branches within a loop, as in {@link SimdAdam}.
 */
final class SimdSgd {
  private SimdSgd() {}

  static void step(Matrix value, Matrix gradient, @Nullable Matrix buffer, SgdCoefficients k) {
    int full = full(value.columns());
    long bytes = (long) full * Float.BYTES;
    for (int r = 0; r < value.rows(); r++) {
      if (buffer == null) {
        plain(value, gradient, r, bytes, k);
      } else {
        withMomentum(value, gradient, buffer, r, bytes, k);
      }
    }
    if (full < value.columns()) {
      ScalarOptimizers.sgd(value, gradient, buffer, k, full);
    }
  }

  private static void plain(Matrix value, Matrix gradient, int r, long bytes, SgdCoefficients k) {
    VectorMask<Float> decays = SPECIES.maskAll(k.weightDecay() != 0);
    FloatVector decay = broadcast(SPECIES, k.weightDecay());
    FloatVector down = broadcast(SPECIES, -k.rate());
    long valueAt = value.offset(r);
    long gradientAt = gradient.offset(r);
    for (long at = 0; at < bytes; at += BYTES) {
      FloatVector x = fromMemorySegment(SPECIES, value.segment(), valueAt + at, ORDER);
      FloatVector g = fromMemorySegment(SPECIES, gradient.segment(), gradientAt + at, ORDER).mul(k.gradientScale());
      g = g.blend(decay.fma(x, g), decays);
      down.fma(g, x).intoMemorySegment(value.segment(), valueAt + at, ORDER);
    }
  }

  private static void withMomentum(
      Matrix value, Matrix gradient, Matrix buffer, int r, long bytes, SgdCoefficients k) {
    VectorMask<Float> decays = SPECIES.maskAll(k.weightDecay() != 0);
    VectorMask<Float> nesterov = SPECIES.maskAll(k.nesterov());
    FloatVector decay = broadcast(SPECIES, k.weightDecay());
    FloatVector momentum = broadcast(SPECIES, k.momentum());
    FloatVector down = broadcast(SPECIES, -k.rate());
    long valueAt = value.offset(r);
    long gradientAt = gradient.offset(r);
    long bufferAt = buffer.offset(r);
    for (long at = 0; at < bytes; at += BYTES) {
      FloatVector x = fromMemorySegment(SPECIES, value.segment(), valueAt + at, ORDER);
      FloatVector g = fromMemorySegment(SPECIES, gradient.segment(), gradientAt + at, ORDER).mul(k.gradientScale());
      g = g.blend(decay.fma(x, g), decays);
      FloatVector last = fromMemorySegment(SPECIES, buffer.segment(), bufferAt + at, ORDER);
      FloatVector velocity = momentum.fma(last, g.mul(k.dampened()));
      velocity.intoMemorySegment(buffer.segment(), bufferAt + at, ORDER);
      FloatVector step = velocity.blend(momentum.fma(velocity, g), nesterov);
      down.fma(step, x).intoMemorySegment(value.segment(), valueAt + at, ORDER);
    }
  }
}
