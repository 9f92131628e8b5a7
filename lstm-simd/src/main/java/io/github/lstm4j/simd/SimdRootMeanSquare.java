package io.github.lstm4j.simd;

import static io.github.lstm4j.simd.Lanes.BYTES;
import static io.github.lstm4j.simd.Lanes.ORDER;
import static io.github.lstm4j.simd.Lanes.full;
import static io.github.lstm4j.simd.Species.SPECIES;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromMemorySegment;

import io.github.lstm4j.kernels.RootMeanSquareCoefficients;
import io.github.lstm4j.kernels.scalar.ScalarOptimizers;
import io.github.lstm4j.memory.Matrix;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import org.jspecify.annotations.Nullable;

/**
 * One update of RMSprop or Adagrad, a vector at a time; columns that fill no vector go to the scalar twin. A row is
 * taken in short loops of straight code, each of which makes the decayed gradient anew: it is cheaper than a division,
 * and the row stays in L1.
 */
final class SimdRootMeanSquare {
  private SimdRootMeanSquare() {}

  static void step(
      Matrix value, Matrix gradient, Matrix squares, @Nullable Matrix mean, @Nullable Matrix buffer,
      RootMeanSquareCoefficients k) {
    int full = full(value.columns());
    long bytes = (long) full * Float.BYTES;
    for (int r = 0; r < value.rows(); r++) {
      squares(value, gradient, squares, r, bytes, k);
      if (mean != null) {
        mean(value, gradient, mean, r, bytes, k);
      }
      if (buffer == null) {
        plain(value, gradient, squares, mean, r, bytes, k);
      } else {
        withMomentum(value, gradient, squares, mean, buffer, r, bytes, k);
      }
    }
    if (full < value.columns()) {
      ScalarOptimizers.rootMeanSquare(value, gradient, squares, mean, buffer, k, full);
    }
  }

  private static void squares(
      Matrix value, Matrix gradient, Matrix squares, int r, long bytes, RootMeanSquareCoefficients k) {
    VectorMask<Float> decays = SPECIES.maskAll(k.weightDecay() != 0);
    FloatVector decay = broadcast(SPECIES, k.weightDecay());
    long valueAt = value.offset(r);
    long gradientAt = gradient.offset(r);
    long squaresAt = squares.offset(r);
    for (long at = 0; at < bytes; at += BYTES) {
      FloatVector g = fromMemorySegment(SPECIES, gradient.segment(), gradientAt + at, ORDER).mul(k.gradientScale());
      g = g.blend(decay.fma(fromMemorySegment(SPECIES, value.segment(), valueAt + at, ORDER), g), decays);
      FloatVector kept = fromMemorySegment(SPECIES, squares.segment(), squaresAt + at, ORDER).mul(k.keep());
      g.mul(k.gain()).fma(g, kept).intoMemorySegment(squares.segment(), squaresAt + at, ORDER);
    }
  }

  private static void mean(
      Matrix value, Matrix gradient, Matrix mean, int r, long bytes, RootMeanSquareCoefficients k) {
    VectorMask<Float> decays = SPECIES.maskAll(k.weightDecay() != 0);
    FloatVector decay = broadcast(SPECIES, k.weightDecay());
    FloatVector gain = broadcast(SPECIES, k.gain());
    long valueAt = value.offset(r);
    long gradientAt = gradient.offset(r);
    long meanAt = mean.offset(r);
    for (long at = 0; at < bytes; at += BYTES) {
      FloatVector g = fromMemorySegment(SPECIES, gradient.segment(), gradientAt + at, ORDER).mul(k.gradientScale());
      g = g.blend(decay.fma(fromMemorySegment(SPECIES, value.segment(), valueAt + at, ORDER), g), decays);
      FloatVector before = fromMemorySegment(SPECIES, mean.segment(), meanAt + at, ORDER);
      gain.fma(g.sub(before), before).intoMemorySegment(mean.segment(), meanAt + at, ORDER);
    }
  }

  private static void plain(
      Matrix value, Matrix gradient, Matrix squares, @Nullable Matrix mean, int r, long bytes,
      RootMeanSquareCoefficients k) {
    VectorMask<Float> decays = SPECIES.maskAll(k.weightDecay() != 0);
    VectorMask<Float> centred = SPECIES.maskAll(mean != null);
    Matrix centre = mean != null ? mean : squares; // where there is no mean, what is loaded instead is masked out
    FloatVector decay = broadcast(SPECIES, k.weightDecay());
    FloatVector down = broadcast(SPECIES, -k.rate());
    long valueAt = value.offset(r);
    long gradientAt = gradient.offset(r);
    for (long at = 0; at < bytes; at += BYTES) {
      FloatVector x = fromMemorySegment(SPECIES, value.segment(), valueAt + at, ORDER);
      FloatVector g = fromMemorySegment(SPECIES, gradient.segment(), gradientAt + at, ORDER).mul(k.gradientScale());
      g = g.blend(decay.fma(x, g), decays);
      FloatVector v = fromMemorySegment(SPECIES, squares.segment(), squares.offset(r) + at, ORDER);
      FloatVector m = fromMemorySegment(SPECIES, centre.segment(), centre.offset(r) + at, ORDER);
      v = v.blend(m.neg().fma(m, v), centred);
      g = g.div(v.sqrt().add(k.epsilon()));
      down.fma(g, x).intoMemorySegment(value.segment(), valueAt + at, ORDER);
    }
  }

  private static void withMomentum(
      Matrix value, Matrix gradient, Matrix squares, @Nullable Matrix mean, Matrix buffer, int r, long bytes,
      RootMeanSquareCoefficients k) {
    VectorMask<Float> decays = SPECIES.maskAll(k.weightDecay() != 0);
    VectorMask<Float> centred = SPECIES.maskAll(mean != null);
    Matrix centre = mean != null ? mean : squares;
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
      FloatVector v = fromMemorySegment(SPECIES, squares.segment(), squares.offset(r) + at, ORDER);
      FloatVector m = fromMemorySegment(SPECIES, centre.segment(), centre.offset(r) + at, ORDER);
      v = v.blend(m.neg().fma(m, v), centred);
      FloatVector last = fromMemorySegment(SPECIES, buffer.segment(), bufferAt + at, ORDER);
      g = momentum.fma(last, g.div(v.sqrt().add(k.epsilon())));
      g.intoMemorySegment(buffer.segment(), bufferAt + at, ORDER);
      down.fma(g, x).intoMemorySegment(value.segment(), valueAt + at, ORDER);
    }
  }
}
