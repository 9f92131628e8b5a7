package io.github.lstm4j.simd;

import static io.github.lstm4j.simd.Lanes.BYTES;
import static io.github.lstm4j.simd.Lanes.LENGTH;
import static io.github.lstm4j.simd.Lanes.ORDER;
import static io.github.lstm4j.simd.Species.SPECIES;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/**
 * The micro-kernels of a single row, as in a stream. They are as fast as their panels come from the cache, and need two
 * of them side by side: with three accumulators, and more so with two, they wait for their own sums. Measured in L2:
 * 125 GB/s instead of 114. (From L3 there are 30 GB/s on the same machine, whatever the form.)
 */
final class OneRowTiles {
  private OneRowTiles() {}

  /** One row by six vectors: two wide panels, {@code apart} bytes from the first to the second. */
  static void wide(
      float[] a, int left, MemorySegment b, long from, long end, long apart, float[] c) {
    int at = left;
    long row = from;
    FloatVector c0 = FloatVector.zero(SPECIES);
    FloatVector c1 = FloatVector.zero(SPECIES);
    FloatVector c2 = FloatVector.zero(SPECIES);
    FloatVector c3 = FloatVector.zero(SPECIES);
    FloatVector c4 = FloatVector.zero(SPECIES);
    FloatVector c5 = FloatVector.zero(SPECIES);
    while (row != end) {
      FloatVector x = FloatVector.broadcast(SPECIES, a[at]);
      c0 = x.fma(FloatVector.fromMemorySegment(SPECIES, b, row, ORDER), c0);
      c1 = x.fma(FloatVector.fromMemorySegment(SPECIES, b, row + BYTES, ORDER), c1);
      c2 = x.fma(FloatVector.fromMemorySegment(SPECIES, b, row + 2 * BYTES, ORDER), c2);
      c3 = x.fma(FloatVector.fromMemorySegment(SPECIES, b, row + apart, ORDER), c3);
      c4 = x.fma(FloatVector.fromMemorySegment(SPECIES, b, row + apart + BYTES, ORDER), c4);
      c5 = x.fma(FloatVector.fromMemorySegment(SPECIES, b, row + apart + 2 * BYTES, ORDER), c5);
      x = FloatVector.broadcast(SPECIES, a[at + 1]);
      c0 = x.fma(FloatVector.fromMemorySegment(SPECIES, b, row + 3 * BYTES, ORDER), c0);
      c1 = x.fma(FloatVector.fromMemorySegment(SPECIES, b, row + 4 * BYTES, ORDER), c1);
      c2 = x.fma(FloatVector.fromMemorySegment(SPECIES, b, row + 5 * BYTES, ORDER), c2);
      c3 = x.fma(FloatVector.fromMemorySegment(SPECIES, b, row + apart + 3 * BYTES, ORDER), c3);
      c4 = x.fma(FloatVector.fromMemorySegment(SPECIES, b, row + apart + 4 * BYTES, ORDER), c4);
      c5 = x.fma(FloatVector.fromMemorySegment(SPECIES, b, row + apart + 5 * BYTES, ORDER), c5);
      at += 2;
      row += 6 * BYTES;
    }
    c0.intoArray(c, 0);
    c1.intoArray(c, LENGTH);
    c2.intoArray(c, 2 * LENGTH);
    c3.intoArray(c, 3 * LENGTH);
    c4.intoArray(c, 4 * LENGTH);
    c5.intoArray(c, 5 * LENGTH);
  }

  /** One row by four vectors: two panels of two, {@code apart} bytes from the first to the second. */
  static void narrow(
      float[] a, int left, MemorySegment b, long from, long end, long apart, float[] c) {
    int at = left;
    long row = from;
    FloatVector c0 = FloatVector.zero(SPECIES);
    FloatVector c1 = FloatVector.zero(SPECIES);
    FloatVector c2 = FloatVector.zero(SPECIES);
    FloatVector c3 = FloatVector.zero(SPECIES);
    while (row != end) {
      FloatVector x = FloatVector.broadcast(SPECIES, a[at]);
      c0 = x.fma(FloatVector.fromMemorySegment(SPECIES, b, row, ORDER), c0);
      c1 = x.fma(FloatVector.fromMemorySegment(SPECIES, b, row + BYTES, ORDER), c1);
      c2 = x.fma(FloatVector.fromMemorySegment(SPECIES, b, row + apart, ORDER), c2);
      c3 = x.fma(FloatVector.fromMemorySegment(SPECIES, b, row + apart + BYTES, ORDER), c3);
      x = FloatVector.broadcast(SPECIES, a[at + 1]);
      c0 = x.fma(FloatVector.fromMemorySegment(SPECIES, b, row + 2 * BYTES, ORDER), c0);
      c1 = x.fma(FloatVector.fromMemorySegment(SPECIES, b, row + 3 * BYTES, ORDER), c1);
      c2 = x.fma(FloatVector.fromMemorySegment(SPECIES, b, row + apart + 2 * BYTES, ORDER), c2);
      c3 = x.fma(FloatVector.fromMemorySegment(SPECIES, b, row + apart + 3 * BYTES, ORDER), c3);
      at += 2;
      row += 4 * BYTES;
    }
    c0.intoArray(c, 0);
    c1.intoArray(c, LENGTH);
    c2.intoArray(c, 2 * LENGTH);
    c3.intoArray(c, 3 * LENGTH);
  }
}
