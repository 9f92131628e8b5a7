package io.github.lstm4j.simd;

import static io.github.lstm4j.simd.Lanes.BYTES;
import static io.github.lstm4j.simd.Lanes.ORDER;
import static io.github.lstm4j.simd.Lanes.full;
import static io.github.lstm4j.simd.Species.SPECIES;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromMemorySegment;
import static jdk.incubator.vector.VectorOperators.GT;

import io.github.lstm4j.kernels.AdamCoefficients;
import io.github.lstm4j.kernels.scalar.ScalarOptimizers;
import io.github.lstm4j.memory.Matrix;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import org.jspecify.annotations.Nullable;

/**
 * One update of Adam, a vector at a time; columns that fill no vector go to the scalar twin. A row is taken in two
 * loops, or three with amsgrad, so that each is straight code; its moments stay in L1 between them, and division and
 * square root take longer than the loads that this repeats.
 */
final class SimdAdam {
  private SimdAdam() {}

  static void step(
      Matrix value, Matrix gradient, Matrix first, Matrix second, @Nullable Matrix largest, AdamCoefficients k) {
    int full = full(value.columns());
    long bytes = (long) full * Float.BYTES;
    Matrix root = largest != null ? largest : second;
    for (int r = 0; r < value.rows(); r++) {
      moments(value, gradient, first, second, r, bytes, k);
      if (largest != null) {
        keepLarger(largest.segment(), largest.offset(r), second.segment(), second.offset(r), bytes);
      }
      values(value, first, root, r, bytes, k);
    }
    if (full < value.columns()) {
      ScalarOptimizers.adam(value, gradient, first, second, largest, k, full);
    }
  }

  private static void moments(
      Matrix value, Matrix gradient, Matrix first, Matrix second, int r, long bytes, AdamCoefficients k) {
    // A mask and no branch: a decay of 0 must not turn an infinite value into NaN, and straight code boxes no vector.
    VectorMask<Float> decays = SPECIES.maskAll(k.weightDecay() != 0);
    FloatVector decay = broadcast(SPECIES, k.weightDecay());
    FloatVector newFirst = broadcast(SPECIES, k.oneMinusBeta1());
    long valueAt = value.offset(r);
    long gradientAt = gradient.offset(r);
    long firstAt = first.offset(r);
    long secondAt = second.offset(r);
    for (long at = 0; at < bytes; at += BYTES) {
      FloatVector x = fromMemorySegment(SPECIES, value.segment(), valueAt + at, ORDER).mul(k.decoupledDecay());
      FloatVector g = fromMemorySegment(SPECIES, gradient.segment(), gradientAt + at, ORDER).mul(k.gradientScale());
      g = g.blend(decay.fma(x, g), decays);
      FloatVector m = fromMemorySegment(SPECIES, first.segment(), firstAt + at, ORDER);
      newFirst.fma(g.sub(m), m).intoMemorySegment(first.segment(), firstAt + at, ORDER);
      FloatVector v = fromMemorySegment(SPECIES, second.segment(), secondAt + at, ORDER).mul(k.beta2());
      g.mul(k.oneMinusBeta2()).fma(g, v).intoMemorySegment(second.segment(), secondAt + at, ORDER);
    }
  }

  private static void keepLarger(MemorySegment largest, long to, MemorySegment second, long from, long bytes) {
    for (long at = 0; at < bytes; at += BYTES) {
      FloatVector v = fromMemorySegment(SPECIES, second, from + at, ORDER);
      FloatVector before = fromMemorySegment(SPECIES, largest, to + at, ORDER);
      before.blend(v, v.compare(GT, before)).intoMemorySegment(largest, to + at, ORDER);
    }
  }

  private static void values(Matrix value, Matrix first, Matrix root, int r, long bytes, AdamCoefficients k) {
    long valueAt = value.offset(r);
    long firstAt = first.offset(r);
    long rootAt = root.offset(r);
    for (long at = 0; at < bytes; at += BYTES) {
      FloatVector v = fromMemorySegment(SPECIES, root.segment(), rootAt + at, ORDER);
      FloatVector denominator = v.sqrt().div(k.correction()).add(k.epsilon());
      FloatVector m = fromMemorySegment(SPECIES, first.segment(), firstAt + at, ORDER);
      FloatVector change = m.mul(k.stepSize()).div(denominator);
      FloatVector x = fromMemorySegment(SPECIES, value.segment(), valueAt + at, ORDER).mul(k.decoupledDecay());
      x.sub(change).intoMemorySegment(value.segment(), valueAt + at, ORDER);
    }
  }
}
