package io.github.lstm4j.simd;

import static io.github.lstm4j.kernels.Kernels.REDUCTION_LANES;
import static io.github.lstm4j.memory.Matrix.FLOAT;
import static io.github.lstm4j.simd.Lanes.BYTES;
import static io.github.lstm4j.simd.Lanes.LENGTH;
import static io.github.lstm4j.simd.Lanes.ORDER;
import static io.github.lstm4j.simd.Species.SPECIES;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromMemorySegment;
import static jdk.incubator.vector.VectorOperators.GT;

import io.github.lstm4j.kernels.scalar.Exponential;
import io.github.lstm4j.kernels.scalar.ScalarVectors;
import io.github.lstm4j.memory.Matrix;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/**
 * Softmax over rows: the largest logit, the exponentials and their sum, the scaling. The two reductions run over the 16
 * lanes of the contract, a vector of lanes at a time: it strides through the row by 16. Columns past the last 16 go by
 * one.
 */
final class SimdSoftmax {
  /** From one vector of the same lanes to the next, in bytes. */
  static final long STRIDE = (long) REDUCTION_LANES * Float.BYTES;

  private SimdSoftmax() {}

  static void softmax(Matrix result, double[] logSum, Matrix logits, float[] factor) {
    Scratch scratch = Scratch.ofThread();
    int columns = logits.columns();
    for (int row = 0; row < logits.rows(); row++) {
      MemorySegment in = logits.segment();
      MemorySegment out = result.segment();
      long from = logits.offset(row);
      long to = result.offset(row);
      float max = max(in, from, columns, scratch);
      float sum = exponentials(out, to, in, from, columns, max, scratch);
      scale(out, to, columns, factor[row] / sum);
      logSum[row] = (double) max + Exponential.log(sum);
    }
  }

  private static float max(MemorySegment x, long from, int columns, Scratch scratch) {
    int full = columns - columns % REDUCTION_LANES;
    for (int lane = 0; lane < REDUCTION_LANES; lane += LENGTH) {
      long at = (long) lane * Float.BYTES;
      maxLanes(scratch.partial(), at, x, from + at, from + at + (long) full * Float.BYTES);
    }
    float[] lanes = lanes(scratch);
    for (int j = full; j < columns; j++) {
      float v = x.get(FLOAT, from + (long) j * Float.BYTES);
      lanes[j - full] = v > lanes[j - full] ? v : lanes[j - full];
    }
    for (int half = REDUCTION_LANES / 2; half > 0; half /= 2) {
      for (int j = 0; j < half; j++) {
        lanes[j] = lanes[j + half] > lanes[j] ? lanes[j + half] : lanes[j];
      }
    }
    return lanes[0];
  }

  private static void maxLanes(MemorySegment lanes, long lane, MemorySegment x, long from, long end) {
    FloatVector chain = broadcast(SPECIES, Float.NEGATIVE_INFINITY);
    for (long at = from; at < end; at += STRIDE) {
      FloatVector v = fromMemorySegment(SPECIES, x, at, ORDER);
      chain = chain.blend(v, v.compare(GT, chain));
    }
    chain.intoMemorySegment(lanes, lane, ORDER);
  }

  private static float exponentials(
      MemorySegment e, long to, MemorySegment x, long from, int columns, float max, Scratch scratch) {
    int full = columns - columns % REDUCTION_LANES;
    for (int lane = 0; lane < REDUCTION_LANES; lane += LENGTH) {
      long at = (long) lane * Float.BYTES;
      SimdExponential.lanes(scratch.partial(), at, e, to + at, x, from + at, (long) full * Float.BYTES, max);
    }
    float[] lanes = lanes(scratch);
    for (int j = full; j < columns; j++) {
      float v = Exponential.exp(x.get(FLOAT, from + (long) j * Float.BYTES) - max);
      e.set(FLOAT, to + (long) j * Float.BYTES, v);
      lanes[j - full] += v;
    }
    return ScalarVectors.tree(lanes);
  }

  private static void scale(MemorySegment e, long to, int columns, float scale) {
    long full = (long) Lanes.full(columns) * Float.BYTES;
    for (long at = 0; at < full; at += BYTES) {
      fromMemorySegment(SPECIES, e, to + at, ORDER).mul(scale).intoMemorySegment(e, to + at, ORDER);
    }
    for (long at = full; at < (long) columns * Float.BYTES; at += Float.BYTES) {
      e.set(FLOAT, to + at, e.get(FLOAT, to + at) * scale);
    }
  }

  private static float[] lanes(Scratch scratch) {
    float[] lanes = scratch.lanes();
    for (int j = 0; j < REDUCTION_LANES; j++) {
      lanes[j] = scratch.partial().get(FLOAT, (long) j * Float.BYTES);
    }
    return lanes;
  }
}
