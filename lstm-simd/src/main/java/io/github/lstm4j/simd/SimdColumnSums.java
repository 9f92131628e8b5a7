package io.github.lstm4j.simd;

import static io.github.lstm4j.memory.Matrix.FLOAT;
import static io.github.lstm4j.simd.Lanes.BYTES;
import static io.github.lstm4j.simd.Lanes.LENGTH;
import static io.github.lstm4j.simd.Lanes.ORDER;
import static io.github.lstm4j.simd.Lanes.full;
import static io.github.lstm4j.simd.Species.SPECIES;
import static jdk.incubator.vector.FloatVector.fromMemorySegment;

import io.github.lstm4j.kernels.RowOrder;
import io.github.lstm4j.kernels.Store;
import io.github.lstm4j.memory.Matrix;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * Compensated sums of columns. Each lane is one column's chain of four dependent additions a row. Four such chains side
 * by side overlap most of their latency, read whole cache lines of a row, and leave a few of 16 registers to spare.
 * Some rows are added to all columns before the next ones are looked at, so that memory is read nearly as it lies;
 * between them the chains wait in an array.
 */
final class SimdColumnSums {
  /** Vectors of columns that are summed side by side. */
  private static final int WIDE = 4;

  /** Rows that are added to all columns at a time. */
  private static final int ROWS = 16;

  /** Columns whose chains wait at a time: as many as make 8 KB of sums and losses. */
  static final int COLUMNS = 1024;

  private static final int LOST = WIDE * LENGTH;
  private static final int CHAINS = 2 * WIDE * LENGTH;

  private SimdColumnSums() {}

  static void add(Matrix sums, Matrix a, RowOrder order, Store store) {
    boolean add = store == Store.ACCUMULATE;
    if (order.size() == 0 && add) {
      return; // adding nothing is not adding +0, which would turn −0 into +0
    }
    float[] chains = Scratch.ofThread().chains();
    long full = (long) full(a.columns()) * Float.BYTES;
    long end = full - full % (WIDE * BYTES);
    for (long at = 0; at < end; at += COLUMNS * Float.BYTES) {
      long stop = Math.min(end, at + COLUMNS * Float.BYTES);
      chains(chains, a, order, at, stop);
      store(sums.segment(), chains, at, at, stop, add);
    }
    if (end > 0 && end < full) { // the last four vectors, of which the first ones are stored already
      chains(chains, a, order, full - WIDE * BYTES, full);
      store(sums.segment(), chains, full - WIDE * BYTES, end, full, add);
      end = full;
    }
    for (long at = end; at < full; at += BYTES) {
      narrow(chains, a, order, at);
      storeVector(sums.segment(), at, chains, 0, add);
    }
    rest(sums, chains, a, order, full(a.columns()), add);
  }

  private static void chains(float[] chains, Matrix a, RowOrder order, long first, long end) {
    Arrays.fill(chains, 0f);
    for (int p = 0; p < order.size(); p += ROWS) {
      int stop = Math.min(p + ROWS, order.size());
      int chain = 0;
      for (long at = first; at < end; at += WIDE * BYTES, chain += CHAINS) {
        wide(chains, chain, a, order, p, stop, at);
      }
    }
  }

  /** Goes on with the chains of four vectors of columns. */
  private static void wide(float[] chains, int chain, Matrix a, RowOrder order, int from, int end, long at) {
    MemorySegment x = a.segment();
    FloatVector sum0 = FloatVector.fromArray(SPECIES, chains, chain);
    FloatVector sum1 = FloatVector.fromArray(SPECIES, chains, chain + LENGTH);
    FloatVector sum2 = FloatVector.fromArray(SPECIES, chains, chain + 2 * LENGTH);
    FloatVector sum3 = FloatVector.fromArray(SPECIES, chains, chain + 3 * LENGTH);
    FloatVector lost0 = FloatVector.fromArray(SPECIES, chains, chain + LOST);
    FloatVector lost1 = FloatVector.fromArray(SPECIES, chains, chain + LOST + LENGTH);
    FloatVector lost2 = FloatVector.fromArray(SPECIES, chains, chain + LOST + 2 * LENGTH);
    FloatVector lost3 = FloatVector.fromArray(SPECIES, chains, chain + LOST + 3 * LENGTH);
    for (int p = from; p < end; p++) {
      long row = a.offset(order.left(p)) + at;
      FloatVector y = fromMemorySegment(SPECIES, x, row, ORDER).sub(lost0);
      FloatVector t = sum0.add(y);
      lost0 = t.sub(sum0).sub(y);
      sum0 = t;
      y = fromMemorySegment(SPECIES, x, row + BYTES, ORDER).sub(lost1);
      t = sum1.add(y);
      lost1 = t.sub(sum1).sub(y);
      sum1 = t;
      y = fromMemorySegment(SPECIES, x, row + 2 * BYTES, ORDER).sub(lost2);
      t = sum2.add(y);
      lost2 = t.sub(sum2).sub(y);
      sum2 = t;
      y = fromMemorySegment(SPECIES, x, row + 3 * BYTES, ORDER).sub(lost3);
      t = sum3.add(y);
      lost3 = t.sub(sum3).sub(y);
      sum3 = t;
    }
    sum0.intoArray(chains, chain);
    sum1.intoArray(chains, chain + LENGTH);
    sum2.intoArray(chains, chain + 2 * LENGTH);
    sum3.intoArray(chains, chain + 3 * LENGTH);
    lost0.intoArray(chains, chain + LOST);
    lost1.intoArray(chains, chain + LOST + LENGTH);
    lost2.intoArray(chains, chain + LOST + 2 * LENGTH);
    lost3.intoArray(chains, chain + LOST + 3 * LENGTH);
  }

  /** Stores the sums of the chains of [first, end), but for those of columns before {@code from}. */
  private static void store(MemorySegment sums, float[] chains, long first, long from, long end, boolean add) {
    int chain = 0;
    for (long at = first; at < end; at += WIDE * BYTES, chain += CHAINS) {
      for (int i = 0; i < WIDE; i++) {
        long to = at + i * BYTES;
        if (to >= from) {
          storeVector(sums, to, chains, chain + i * LENGTH, add);
        }
      }
    }
  }

  /** Stores the sums that lie in the array of chains from an index on. */
  private static void storeVector(MemorySegment sums, long to, float[] chains, int from, boolean add) {
    FloatVector sum = FloatVector.fromArray(SPECIES, chains, from);
    if (add) {
      fromMemorySegment(SPECIES, sums, to, ORDER).add(sum).intoMemorySegment(sums, to, ORDER);
    } else {
      sum.intoMemorySegment(sums, to, ORDER);
    }
  }

  /** A single vector of columns, where there are no four: its sums go to where chains start. */
  private static void narrow(float[] chains, Matrix a, RowOrder order, long at) {
    FloatVector sum = FloatVector.zero(SPECIES);
    FloatVector lost = FloatVector.zero(SPECIES);
    for (int p = 0; p < order.size(); p++) {
      FloatVector y = fromMemorySegment(SPECIES, a.segment(), a.offset(order.left(p)) + at, ORDER).sub(lost);
      FloatVector t = sum.add(y);
      lost = t.sub(sum).sub(y);
      sum = t;
    }
    sum.intoArray(chains, 0);
  }

  /** The columns that fill no vector, side by side: each row is met once. */
  private static void rest(Matrix sums, float[] chains, Matrix a, RowOrder order, int first, boolean add) {
    int count = a.columns() - first;
    Arrays.fill(chains, 0, 2 * count, 0f);
    MemorySegment x = a.segment();
    for (int p = 0; p < order.size() && count > 0; p++) {
      long at = a.offset(order.left(p), first);
      for (int j = 0; j < count; j++, at += Float.BYTES) {
        float y = x.get(FLOAT, at) - chains[count + j];
        float t = chains[j] + y;
        chains[count + j] = (t - chains[j]) - y;
        chains[j] = t;
      }
    }
    for (int j = 0; j < count; j++) {
      sums.set(0, first + j, add ? sums.get(0, first + j) + chains[j] : chains[j]);
    }
  }
}
