package io.github.lstm4j.simd;

import static io.github.lstm4j.kernels.Kernels.REDUCTION_BLOCK;
import static io.github.lstm4j.kernels.Kernels.REDUCTION_LANES;
import static io.github.lstm4j.memory.Matrix.FLOAT;
import static io.github.lstm4j.simd.Lanes.LENGTH;
import static io.github.lstm4j.simd.Lanes.ORDER;
import static io.github.lstm4j.simd.Species.SPECIES;

import io.github.lstm4j.kernels.scalar.Fma;
import io.github.lstm4j.kernels.scalar.ScalarVectors;
import io.github.lstm4j.memory.Matrix;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/**
 * The sum of squares over the 16 lanes of the contract: 4, 2 or 1 vectors. Where a row starts in the middle of the
 * lanes, its first elements go one by one, as do its last; the lanes wait in scratch meanwhile.
 */
final class SimdSumOfSquares {
  private SimdSumOfSquares() {}

  static double of(Matrix matrix) {
    Scratch scratch = Scratch.ofThread();
    MemorySegment lanes = scratch.partial();
    double total = 0;
    int inBlock = 0;
    clear(lanes);
    for (int r = 0; r < matrix.rows(); r++) {
      int column = 0;
      while (column < matrix.columns()) {
        int left = Math.min(matrix.columns() - column, REDUCTION_BLOCK - inBlock);
        int lane = inBlock % REDUCTION_LANES;
        int taken;
        if (lane == 0 && left >= REDUCTION_LANES) {
          taken = left - left % REDUCTION_LANES;
          vectors(lanes, matrix.segment(), matrix.offset(r, column), taken);
        } else {
          taken = Math.min(left, REDUCTION_LANES - lane);
          singles(lanes, lane, matrix.segment(), matrix.offset(r, column), taken);
        }
        column += taken;
        inBlock += taken;
        if (inBlock == REDUCTION_BLOCK) {
          total += tree(lanes, scratch.lanes());
          clear(lanes);
          inBlock = 0;
        }
      }
    }
    return inBlock == 0 ? total : total + tree(lanes, scratch.lanes());
  }

  private static void vectors(MemorySegment lanes, MemorySegment x, long from, int count) {
    for (int lane = 0; lane < REDUCTION_LANES; lane += LENGTH) {
      vector(lanes, (long) lane * Float.BYTES, x, from + (long) lane * Float.BYTES, count / REDUCTION_LANES);
    }
  }

  private static void vector(MemorySegment lanes, long lane, MemorySegment x, long from, int turns) {
    FloatVector chain = FloatVector.fromMemorySegment(SPECIES, lanes, lane, ORDER);
    for (int t = 0; t < turns; t++) {
      long at = from + (long) t * REDUCTION_LANES * Float.BYTES;
      FloatVector v = FloatVector.fromMemorySegment(SPECIES, x, at, ORDER);
      chain = v.fma(v, chain);
    }
    chain.intoMemorySegment(lanes, lane, ORDER);
  }

  private static void singles(MemorySegment lanes, int lane, MemorySegment x, long from, int count) {
    for (int j = 0; j < count; j++) {
      float v = x.get(FLOAT, from + (long) j * Float.BYTES);
      long at = (long) (lane + j) * Float.BYTES;
      lanes.set(FLOAT, at, Fma.fma(v, v, lanes.get(FLOAT, at)));
    }
  }

  private static float tree(MemorySegment lanes, float[] copy) {
    for (int j = 0; j < REDUCTION_LANES; j++) {
      copy[j] = lanes.get(FLOAT, (long) j * Float.BYTES);
    }
    return ScalarVectors.tree(copy);
  }

  private static void clear(MemorySegment lanes) {
    for (int lane = 0; lane < REDUCTION_LANES; lane += LENGTH) {
      FloatVector.zero(SPECIES).intoMemorySegment(lanes, (long) lane * Float.BYTES, ORDER);
    }
  }
}
