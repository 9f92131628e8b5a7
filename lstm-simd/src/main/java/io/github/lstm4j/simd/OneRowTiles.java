package io.github.lstm4j.simd;

import static io.github.lstm4j.simd.Lanes.BYTES;
import static io.github.lstm4j.simd.Lanes.LENGTH;
import static io.github.lstm4j.simd.Lanes.ORDER;
import static io.github.lstm4j.simd.Species.SPECIES;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/**
 * The micro-kernels of a single row, as in a stream. They are as fast as their panels come from the cache, and need
 * several of them side by side: with three accumulators, and more so with two, they wait for their own sums. Four
 * steps a turn, panel by panel: 123 GB/s in L2, and 106 step by step. (From L3 there are 30 GB/s on the same machine,
 * whatever the form.)
 */
final class OneRowTiles {
  private OneRowTiles() {}

  /** One row by six vectors, whose panels are {@code apart} bytes from one to the next. */
  static void six(
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
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[at]);
      FloatVector x1 = FloatVector.broadcast(SPECIES, a[at + 1]);
      FloatVector x2 = FloatVector.broadcast(SPECIES, a[at + 2]);
      FloatVector x3 = FloatVector.broadcast(SPECIES, a[at + 3]);
      c0 = x0.fma(FloatVector.fromMemorySegment(SPECIES, b, row, ORDER), c0);
      c0 = x1.fma(FloatVector.fromMemorySegment(SPECIES, b, row + BYTES, ORDER), c0);
      c0 = x2.fma(FloatVector.fromMemorySegment(SPECIES, b, row + 2 * BYTES, ORDER), c0);
      c0 = x3.fma(FloatVector.fromMemorySegment(SPECIES, b, row + 3 * BYTES, ORDER), c0);
      c1 = x0.fma(FloatVector.fromMemorySegment(SPECIES, b, row + apart, ORDER), c1);
      c1 = x1.fma(FloatVector.fromMemorySegment(SPECIES, b, row + apart + BYTES, ORDER), c1);
      c1 = x2.fma(FloatVector.fromMemorySegment(SPECIES, b, row + apart + 2 * BYTES, ORDER), c1);
      c1 = x3.fma(FloatVector.fromMemorySegment(SPECIES, b, row + apart + 3 * BYTES, ORDER), c1);
      c2 = x0.fma(FloatVector.fromMemorySegment(SPECIES, b, row + 2 * apart, ORDER), c2);
      c2 = x1.fma(FloatVector.fromMemorySegment(SPECIES, b, row + 2 * apart + BYTES, ORDER), c2);
      c2 = x2.fma(FloatVector.fromMemorySegment(SPECIES, b, row + 2 * apart + 2 * BYTES, ORDER), c2);
      c2 = x3.fma(FloatVector.fromMemorySegment(SPECIES, b, row + 2 * apart + 3 * BYTES, ORDER), c2);
      c3 = x0.fma(FloatVector.fromMemorySegment(SPECIES, b, row + 3 * apart, ORDER), c3);
      c3 = x1.fma(FloatVector.fromMemorySegment(SPECIES, b, row + 3 * apart + BYTES, ORDER), c3);
      c3 = x2.fma(FloatVector.fromMemorySegment(SPECIES, b, row + 3 * apart + 2 * BYTES, ORDER), c3);
      c3 = x3.fma(FloatVector.fromMemorySegment(SPECIES, b, row + 3 * apart + 3 * BYTES, ORDER), c3);
      c4 = x0.fma(FloatVector.fromMemorySegment(SPECIES, b, row + 4 * apart, ORDER), c4);
      c4 = x1.fma(FloatVector.fromMemorySegment(SPECIES, b, row + 4 * apart + BYTES, ORDER), c4);
      c4 = x2.fma(FloatVector.fromMemorySegment(SPECIES, b, row + 4 * apart + 2 * BYTES, ORDER), c4);
      c4 = x3.fma(FloatVector.fromMemorySegment(SPECIES, b, row + 4 * apart + 3 * BYTES, ORDER), c4);
      c5 = x0.fma(FloatVector.fromMemorySegment(SPECIES, b, row + 5 * apart, ORDER), c5);
      c5 = x1.fma(FloatVector.fromMemorySegment(SPECIES, b, row + 5 * apart + BYTES, ORDER), c5);
      c5 = x2.fma(FloatVector.fromMemorySegment(SPECIES, b, row + 5 * apart + 2 * BYTES, ORDER), c5);
      c5 = x3.fma(FloatVector.fromMemorySegment(SPECIES, b, row + 5 * apart + 3 * BYTES, ORDER), c5);
      at += 4;
      row += 4 * BYTES;
    }
    c0.intoArray(c, 0);
    c1.intoArray(c, LENGTH);
    c2.intoArray(c, 2 * LENGTH);
    c3.intoArray(c, 3 * LENGTH);
    c4.intoArray(c, 4 * LENGTH);
    c5.intoArray(c, 5 * LENGTH);
  }

  /** One row by four vectors. */
  static void four(
      float[] a, int left, MemorySegment b, long from, long end, long apart, float[] c) {
    int at = left;
    long row = from;
    FloatVector c0 = FloatVector.zero(SPECIES);
    FloatVector c1 = FloatVector.zero(SPECIES);
    FloatVector c2 = FloatVector.zero(SPECIES);
    FloatVector c3 = FloatVector.zero(SPECIES);
    while (row != end) {
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[at]);
      FloatVector x1 = FloatVector.broadcast(SPECIES, a[at + 1]);
      FloatVector x2 = FloatVector.broadcast(SPECIES, a[at + 2]);
      FloatVector x3 = FloatVector.broadcast(SPECIES, a[at + 3]);
      c0 = x0.fma(FloatVector.fromMemorySegment(SPECIES, b, row, ORDER), c0);
      c0 = x1.fma(FloatVector.fromMemorySegment(SPECIES, b, row + BYTES, ORDER), c0);
      c0 = x2.fma(FloatVector.fromMemorySegment(SPECIES, b, row + 2 * BYTES, ORDER), c0);
      c0 = x3.fma(FloatVector.fromMemorySegment(SPECIES, b, row + 3 * BYTES, ORDER), c0);
      c1 = x0.fma(FloatVector.fromMemorySegment(SPECIES, b, row + apart, ORDER), c1);
      c1 = x1.fma(FloatVector.fromMemorySegment(SPECIES, b, row + apart + BYTES, ORDER), c1);
      c1 = x2.fma(FloatVector.fromMemorySegment(SPECIES, b, row + apart + 2 * BYTES, ORDER), c1);
      c1 = x3.fma(FloatVector.fromMemorySegment(SPECIES, b, row + apart + 3 * BYTES, ORDER), c1);
      c2 = x0.fma(FloatVector.fromMemorySegment(SPECIES, b, row + 2 * apart, ORDER), c2);
      c2 = x1.fma(FloatVector.fromMemorySegment(SPECIES, b, row + 2 * apart + BYTES, ORDER), c2);
      c2 = x2.fma(FloatVector.fromMemorySegment(SPECIES, b, row + 2 * apart + 2 * BYTES, ORDER), c2);
      c2 = x3.fma(FloatVector.fromMemorySegment(SPECIES, b, row + 2 * apart + 3 * BYTES, ORDER), c2);
      c3 = x0.fma(FloatVector.fromMemorySegment(SPECIES, b, row + 3 * apart, ORDER), c3);
      c3 = x1.fma(FloatVector.fromMemorySegment(SPECIES, b, row + 3 * apart + BYTES, ORDER), c3);
      c3 = x2.fma(FloatVector.fromMemorySegment(SPECIES, b, row + 3 * apart + 2 * BYTES, ORDER), c3);
      c3 = x3.fma(FloatVector.fromMemorySegment(SPECIES, b, row + 3 * apart + 3 * BYTES, ORDER), c3);
      at += 4;
      row += 4 * BYTES;
    }
    c0.intoArray(c, 0);
    c1.intoArray(c, LENGTH);
    c2.intoArray(c, 2 * LENGTH);
    c3.intoArray(c, 3 * LENGTH);
  }
}
