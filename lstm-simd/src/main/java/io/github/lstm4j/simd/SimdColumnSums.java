package io.github.lstm4j.simd;

import static io.github.lstm4j.kernels.Kernels.DEPTH_BLOCK;
import static io.github.lstm4j.memory.Matrix.FLOAT;
import static io.github.lstm4j.simd.Lanes.LENGTH;
import static io.github.lstm4j.simd.Lanes.ORDER;
import static io.github.lstm4j.simd.Lanes.SPECIES;

import io.github.lstm4j.kernels.RowOrder;
import io.github.lstm4j.kernels.Store;
import io.github.lstm4j.memory.Matrix;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/** Sums of columns: a vector of columns at a time, each lane a chain of additions; what fills no vector goes by one. */
final class SimdColumnSums {
  private SimdColumnSums() {}

  static void add(Matrix sums, Matrix a, RowOrder order, Store store) {
    if (order.size() == 0) {
      if (store == Store.OVERWRITE) {
        sums.fill(0f);
      }
      return;
    }
    int full = a.columns() / LENGTH * LENGTH;
    for (int block = 0; block < order.size(); block += DEPTH_BLOCK) {
      int end = Math.min(block + DEPTH_BLOCK, order.size());
      boolean add = block > 0 || store == Store.ACCUMULATE;
      for (int column = 0; column < full; column += LENGTH) {
        vector(sums.segment(), a, order, block, end, (long) column * Float.BYTES, add);
      }
      for (int column = full; column < a.columns(); column++) {
        single(sums.segment(), a, order, block, end, (long) column * Float.BYTES, add);
      }
    }
  }

  private static void vector(
      MemorySegment sums, Matrix a, RowOrder order, int from, int end, long at, boolean add) {
    FloatVector chain = FloatVector.zero(SPECIES);
    for (int p = from; p < end; p++) {
      chain = chain.add(FloatVector.fromMemorySegment(SPECIES, a.segment(), a.offset(order.left(p)) + at, ORDER));
    }
    if (add) {
      FloatVector.fromMemorySegment(SPECIES, sums, at, ORDER).add(chain).intoMemorySegment(sums, at, ORDER);
    } else {
      chain.intoMemorySegment(sums, at, ORDER);
    }
  }

  private static void single(
      MemorySegment sums, Matrix a, RowOrder order, int from, int end, long at, boolean add) {
    float chain = 0f;
    for (int p = from; p < end; p++) {
      chain += a.segment().get(FLOAT, a.offset(order.left(p)) + at);
    }
    sums.set(FLOAT, at, add ? sums.get(FLOAT, at) + chain : chain);
  }
}
