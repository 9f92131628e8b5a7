package io.github.lstm4j.simd;

import static io.github.lstm4j.simd.Lanes.LENGTH;
import static io.github.lstm4j.simd.Lanes.ORDER;
import static io.github.lstm4j.simd.Lanes.SPECIES;

import io.github.lstm4j.kernels.AdamCoefficients;
import io.github.lstm4j.kernels.scalar.ScalarVectors;
import io.github.lstm4j.memory.Matrix;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/** One update of Adam, a vector at a time; columns that fill no vector go to the scalar twin. */
final class SimdAdam {
  private SimdAdam() {}

  static void step(Matrix value, Matrix gradient, Matrix first, Matrix second, AdamCoefficients k) {
    int full = value.columns() / LENGTH * LENGTH;
    for (int r = 0; r < value.rows(); r++) {
      row(
          value.segment(), value.offset(r), gradient.segment(), gradient.offset(r), first.segment(), first.offset(r),
          second.segment(), second.offset(r), (long) full * Float.BYTES, k);
    }
    if (full < value.columns()) {
      ScalarVectors.adam(value, gradient, first, second, k, full);
    }
  }

  private static void row(
      MemorySegment value, long valueAt, MemorySegment gradient, long gradientAt, MemorySegment first, long firstAt,
      MemorySegment second, long secondAt, long bytes, AdamCoefficients k) {
    // A mask and no branch: a decay of 0 must not turn an infinite value into NaN, and straight code boxes no vector.
    VectorMask<Float> decays = SPECIES.maskAll(k.weightDecay() != 0);
    FloatVector decay = FloatVector.broadcast(SPECIES, k.weightDecay());
    FloatVector newFirst = FloatVector.broadcast(SPECIES, k.oneMinusBeta1());
    for (long at = 0; at < bytes; at += Lanes.BYTES) {
      FloatVector x = FloatVector.fromMemorySegment(SPECIES, value, valueAt + at, ORDER);
      FloatVector g = FloatVector.fromMemorySegment(SPECIES, gradient, gradientAt + at, ORDER).mul(k.gradientScale());
      g = g.blend(decay.fma(x, g), decays);
      FloatVector m0 = FloatVector.fromMemorySegment(SPECIES, first, firstAt + at, ORDER);
      FloatVector m1 = newFirst.fma(g.sub(m0), m0);
      FloatVector v0 = FloatVector.fromMemorySegment(SPECIES, second, secondAt + at, ORDER);
      FloatVector v1 = g.mul(k.oneMinusBeta2()).fma(g, v0.mul(k.beta2()));
      m1.intoMemorySegment(first, firstAt + at, ORDER);
      v1.intoMemorySegment(second, secondAt + at, ORDER);
      FloatVector denominator = v1.sqrt().div(k.correction()).add(k.epsilon());
      x.sub(m1.mul(k.stepSize()).div(denominator)).intoMemorySegment(value, valueAt + at, ORDER);
    }
  }
}
