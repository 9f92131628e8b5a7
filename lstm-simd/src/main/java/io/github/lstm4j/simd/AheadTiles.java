package io.github.lstm4j.simd;

import static io.github.lstm4j.memory.Matrix.FLOAT;
import static io.github.lstm4j.simd.Lanes.A_ROW;
import static io.github.lstm4j.simd.Lanes.BYTES;
import static io.github.lstm4j.simd.Lanes.ORDER;
import static io.github.lstm4j.simd.Lanes.SPECIES;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.FloatVector;

/**
 * The largest tile of {@link WideTiles} for right operands that do not fit into L2: while it computes, it touches
 * what will be needed next, one line of the cache now and then, which is the prefetch that Java doesn't have. A load
 * that misses L2 costs little when the loads around it hit; a panel that all comes from L3 while it is multiplied costs
 * half of the speed of its first tile. Measured on panels of 33 MB, eight tiles each: 162 GF/s instead of 141, and with
 * four 155 instead of 125. Where the panels are in L2 it costs 6 %, so there the plain tile serves.
 */
final class AheadTiles {
  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;

  private AheadTiles() {}

  /**
   * Eight rows by three vectors.
   *
   * @param ahead the first address that is touched, in bytes from the start of b
   * @param pace the distance from one to the next, one each step
   * @return nothing that means anything, so that no load is dropped
   */
  static int rows8(
      MemorySegment a, long left, MemorySegment b, long from, long end, MemorySegment c, long to, long stride,
      long ahead, long pace) {
    long at = left;
    long row = from;
    long next = ahead;
    int touched = 0;
    FloatVector c00 = FloatVector.zero(SPECIES);
    FloatVector c01 = FloatVector.zero(SPECIES);
    FloatVector c02 = FloatVector.zero(SPECIES);
    FloatVector c10 = FloatVector.zero(SPECIES);
    FloatVector c11 = FloatVector.zero(SPECIES);
    FloatVector c12 = FloatVector.zero(SPECIES);
    FloatVector c20 = FloatVector.zero(SPECIES);
    FloatVector c21 = FloatVector.zero(SPECIES);
    FloatVector c22 = FloatVector.zero(SPECIES);
    FloatVector c30 = FloatVector.zero(SPECIES);
    FloatVector c31 = FloatVector.zero(SPECIES);
    FloatVector c32 = FloatVector.zero(SPECIES);
    FloatVector c40 = FloatVector.zero(SPECIES);
    FloatVector c41 = FloatVector.zero(SPECIES);
    FloatVector c42 = FloatVector.zero(SPECIES);
    FloatVector c50 = FloatVector.zero(SPECIES);
    FloatVector c51 = FloatVector.zero(SPECIES);
    FloatVector c52 = FloatVector.zero(SPECIES);
    FloatVector c60 = FloatVector.zero(SPECIES);
    FloatVector c61 = FloatVector.zero(SPECIES);
    FloatVector c62 = FloatVector.zero(SPECIES);
    FloatVector c70 = FloatVector.zero(SPECIES);
    FloatVector c71 = FloatVector.zero(SPECIES);
    FloatVector c72 = FloatVector.zero(SPECIES);
    while (row != end) {
      touched += b.get(INT, next);
      next += pace;
      FloatVector b0 = FloatVector.fromMemorySegment(SPECIES, b, row, ORDER);
      FloatVector b1 = FloatVector.fromMemorySegment(SPECIES, b, row + BYTES, ORDER);
      FloatVector b2 = FloatVector.fromMemorySegment(SPECIES, b, row + 2 * BYTES, ORDER);
      FloatVector x = FloatVector.broadcast(SPECIES, a.get(FLOAT, at));
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      c02 = x.fma(b2, c02);
      x = FloatVector.broadcast(SPECIES, a.get(FLOAT, at + A_ROW));
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      c12 = x.fma(b2, c12);
      x = FloatVector.broadcast(SPECIES, a.get(FLOAT, at + 2 * A_ROW));
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      c22 = x.fma(b2, c22);
      x = FloatVector.broadcast(SPECIES, a.get(FLOAT, at + 3 * A_ROW));
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      c32 = x.fma(b2, c32);
      x = FloatVector.broadcast(SPECIES, a.get(FLOAT, at + 4 * A_ROW));
      c40 = x.fma(b0, c40);
      c41 = x.fma(b1, c41);
      c42 = x.fma(b2, c42);
      x = FloatVector.broadcast(SPECIES, a.get(FLOAT, at + 5 * A_ROW));
      c50 = x.fma(b0, c50);
      c51 = x.fma(b1, c51);
      c52 = x.fma(b2, c52);
      x = FloatVector.broadcast(SPECIES, a.get(FLOAT, at + 6 * A_ROW));
      c60 = x.fma(b0, c60);
      c61 = x.fma(b1, c61);
      c62 = x.fma(b2, c62);
      x = FloatVector.broadcast(SPECIES, a.get(FLOAT, at + 7 * A_ROW));
      c70 = x.fma(b0, c70);
      c71 = x.fma(b1, c71);
      c72 = x.fma(b2, c72);
      at += 4;
      row += 3 * BYTES;
    }
    c00.intoMemorySegment(c, to, ORDER);
    c01.intoMemorySegment(c, to + BYTES, ORDER);
    c02.intoMemorySegment(c, to + 2 * BYTES, ORDER);
    c10.intoMemorySegment(c, to + stride, ORDER);
    c11.intoMemorySegment(c, to + stride + BYTES, ORDER);
    c12.intoMemorySegment(c, to + stride + 2 * BYTES, ORDER);
    c20.intoMemorySegment(c, to + 2 * stride, ORDER);
    c21.intoMemorySegment(c, to + 2 * stride + BYTES, ORDER);
    c22.intoMemorySegment(c, to + 2 * stride + 2 * BYTES, ORDER);
    c30.intoMemorySegment(c, to + 3 * stride, ORDER);
    c31.intoMemorySegment(c, to + 3 * stride + BYTES, ORDER);
    c32.intoMemorySegment(c, to + 3 * stride + 2 * BYTES, ORDER);
    c40.intoMemorySegment(c, to + 4 * stride, ORDER);
    c41.intoMemorySegment(c, to + 4 * stride + BYTES, ORDER);
    c42.intoMemorySegment(c, to + 4 * stride + 2 * BYTES, ORDER);
    c50.intoMemorySegment(c, to + 5 * stride, ORDER);
    c51.intoMemorySegment(c, to + 5 * stride + BYTES, ORDER);
    c52.intoMemorySegment(c, to + 5 * stride + 2 * BYTES, ORDER);
    c60.intoMemorySegment(c, to + 6 * stride, ORDER);
    c61.intoMemorySegment(c, to + 6 * stride + BYTES, ORDER);
    c62.intoMemorySegment(c, to + 6 * stride + 2 * BYTES, ORDER);
    c70.intoMemorySegment(c, to + 7 * stride, ORDER);
    c71.intoMemorySegment(c, to + 7 * stride + BYTES, ORDER);
    c72.intoMemorySegment(c, to + 7 * stride + 2 * BYTES, ORDER);
    return touched;
  }
}
