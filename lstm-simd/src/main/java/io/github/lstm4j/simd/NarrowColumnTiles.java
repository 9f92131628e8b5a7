package io.github.lstm4j.simd;

import static io.github.lstm4j.simd.Lanes.BYTES;
import static io.github.lstm4j.simd.Lanes.LENGTH;
import static io.github.lstm4j.simd.Lanes.ORDER;
import static io.github.lstm4j.simd.Lanes.ROWS;
import static io.github.lstm4j.simd.Species.SPECIES;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/** {@link ColumnTiles} for what is left of the columns beside full tiles: pairs of vectors, and single ones. */
final class NarrowColumnTiles {
  private NarrowColumnTiles() {}

  /** Eight rows by two vectors. */
  static void rows8x2(float[] a, int left, MemorySegment b, long from, long end, float[] c) {
    int at = left;
    long row = from;
    FloatVector c00 = FloatVector.zero(SPECIES);
    FloatVector c01 = FloatVector.zero(SPECIES);
    FloatVector c10 = FloatVector.zero(SPECIES);
    FloatVector c11 = FloatVector.zero(SPECIES);
    FloatVector c20 = FloatVector.zero(SPECIES);
    FloatVector c21 = FloatVector.zero(SPECIES);
    FloatVector c30 = FloatVector.zero(SPECIES);
    FloatVector c31 = FloatVector.zero(SPECIES);
    FloatVector c40 = FloatVector.zero(SPECIES);
    FloatVector c41 = FloatVector.zero(SPECIES);
    FloatVector c50 = FloatVector.zero(SPECIES);
    FloatVector c51 = FloatVector.zero(SPECIES);
    FloatVector c60 = FloatVector.zero(SPECIES);
    FloatVector c61 = FloatVector.zero(SPECIES);
    FloatVector c70 = FloatVector.zero(SPECIES);
    FloatVector c71 = FloatVector.zero(SPECIES);
    while (row != end) {
      FloatVector b0 = FloatVector.fromMemorySegment(SPECIES, b, row, ORDER);
      FloatVector b1 = FloatVector.fromMemorySegment(SPECIES, b, row + BYTES, ORDER);
      FloatVector x = FloatVector.broadcast(SPECIES, a[at]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      x = FloatVector.broadcast(SPECIES, a[at + 1]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      x = FloatVector.broadcast(SPECIES, a[at + 2]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      x = FloatVector.broadcast(SPECIES, a[at + 3]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      x = FloatVector.broadcast(SPECIES, a[at + 4]);
      c40 = x.fma(b0, c40);
      c41 = x.fma(b1, c41);
      x = FloatVector.broadcast(SPECIES, a[at + 5]);
      c50 = x.fma(b0, c50);
      c51 = x.fma(b1, c51);
      x = FloatVector.broadcast(SPECIES, a[at + 6]);
      c60 = x.fma(b0, c60);
      c61 = x.fma(b1, c61);
      x = FloatVector.broadcast(SPECIES, a[at + 7]);
      c70 = x.fma(b0, c70);
      c71 = x.fma(b1, c71);
      at += ROWS;
      row += 2 * BYTES;
    }
    c00.intoArray(c, 0);
    c01.intoArray(c, LENGTH);
    c10.intoArray(c, 2 * LENGTH);
    c11.intoArray(c, 3 * LENGTH);
    c20.intoArray(c, 4 * LENGTH);
    c21.intoArray(c, 5 * LENGTH);
    c30.intoArray(c, 6 * LENGTH);
    c31.intoArray(c, 7 * LENGTH);
    c40.intoArray(c, 8 * LENGTH);
    c41.intoArray(c, 9 * LENGTH);
    c50.intoArray(c, 10 * LENGTH);
    c51.intoArray(c, 11 * LENGTH);
    c60.intoArray(c, 12 * LENGTH);
    c61.intoArray(c, 13 * LENGTH);
    c70.intoArray(c, 14 * LENGTH);
    c71.intoArray(c, 15 * LENGTH);
  }

  /** Eight rows by one vector. */
  static void rows8x1(float[] a, int left, MemorySegment b, long from, long end, float[] c) {
    int at = left;
    long row = from;
    FloatVector c00 = FloatVector.zero(SPECIES);
    FloatVector c10 = FloatVector.zero(SPECIES);
    FloatVector c20 = FloatVector.zero(SPECIES);
    FloatVector c30 = FloatVector.zero(SPECIES);
    FloatVector c40 = FloatVector.zero(SPECIES);
    FloatVector c50 = FloatVector.zero(SPECIES);
    FloatVector c60 = FloatVector.zero(SPECIES);
    FloatVector c70 = FloatVector.zero(SPECIES);
    while (row != end) {
      FloatVector b0 = FloatVector.fromMemorySegment(SPECIES, b, row, ORDER);
      FloatVector x = FloatVector.broadcast(SPECIES, a[at]);
      c00 = x.fma(b0, c00);
      x = FloatVector.broadcast(SPECIES, a[at + 1]);
      c10 = x.fma(b0, c10);
      x = FloatVector.broadcast(SPECIES, a[at + 2]);
      c20 = x.fma(b0, c20);
      x = FloatVector.broadcast(SPECIES, a[at + 3]);
      c30 = x.fma(b0, c30);
      x = FloatVector.broadcast(SPECIES, a[at + 4]);
      c40 = x.fma(b0, c40);
      x = FloatVector.broadcast(SPECIES, a[at + 5]);
      c50 = x.fma(b0, c50);
      x = FloatVector.broadcast(SPECIES, a[at + 6]);
      c60 = x.fma(b0, c60);
      x = FloatVector.broadcast(SPECIES, a[at + 7]);
      c70 = x.fma(b0, c70);
      b0 = FloatVector.fromMemorySegment(SPECIES, b, row + BYTES, ORDER);
      x = FloatVector.broadcast(SPECIES, a[at + ROWS]);
      c00 = x.fma(b0, c00);
      x = FloatVector.broadcast(SPECIES, a[at + 1 + ROWS]);
      c10 = x.fma(b0, c10);
      x = FloatVector.broadcast(SPECIES, a[at + 2 + ROWS]);
      c20 = x.fma(b0, c20);
      x = FloatVector.broadcast(SPECIES, a[at + 3 + ROWS]);
      c30 = x.fma(b0, c30);
      x = FloatVector.broadcast(SPECIES, a[at + 4 + ROWS]);
      c40 = x.fma(b0, c40);
      x = FloatVector.broadcast(SPECIES, a[at + 5 + ROWS]);
      c50 = x.fma(b0, c50);
      x = FloatVector.broadcast(SPECIES, a[at + 6 + ROWS]);
      c60 = x.fma(b0, c60);
      x = FloatVector.broadcast(SPECIES, a[at + 7 + ROWS]);
      c70 = x.fma(b0, c70);
      at += 2 * ROWS;
      row += 2 * BYTES;
    }
    c00.intoArray(c, 0);
    c10.intoArray(c, LENGTH);
    c20.intoArray(c, 2 * LENGTH);
    c30.intoArray(c, 3 * LENGTH);
    c40.intoArray(c, 4 * LENGTH);
    c50.intoArray(c, 5 * LENGTH);
    c60.intoArray(c, 6 * LENGTH);
    c70.intoArray(c, 7 * LENGTH);
  }

  /** Six rows by one vector. */
  static void rows6x1(float[] a, int left, MemorySegment b, long from, long end, float[] c) {
    int at = left;
    long row = from;
    FloatVector c00 = FloatVector.zero(SPECIES);
    FloatVector c10 = FloatVector.zero(SPECIES);
    FloatVector c20 = FloatVector.zero(SPECIES);
    FloatVector c30 = FloatVector.zero(SPECIES);
    FloatVector c40 = FloatVector.zero(SPECIES);
    FloatVector c50 = FloatVector.zero(SPECIES);
    while (row != end) {
      FloatVector b0 = FloatVector.fromMemorySegment(SPECIES, b, row, ORDER);
      FloatVector x = FloatVector.broadcast(SPECIES, a[at]);
      c00 = x.fma(b0, c00);
      x = FloatVector.broadcast(SPECIES, a[at + 1]);
      c10 = x.fma(b0, c10);
      x = FloatVector.broadcast(SPECIES, a[at + 2]);
      c20 = x.fma(b0, c20);
      x = FloatVector.broadcast(SPECIES, a[at + 3]);
      c30 = x.fma(b0, c30);
      x = FloatVector.broadcast(SPECIES, a[at + 4]);
      c40 = x.fma(b0, c40);
      x = FloatVector.broadcast(SPECIES, a[at + 5]);
      c50 = x.fma(b0, c50);
      b0 = FloatVector.fromMemorySegment(SPECIES, b, row + BYTES, ORDER);
      x = FloatVector.broadcast(SPECIES, a[at + ROWS]);
      c00 = x.fma(b0, c00);
      x = FloatVector.broadcast(SPECIES, a[at + 1 + ROWS]);
      c10 = x.fma(b0, c10);
      x = FloatVector.broadcast(SPECIES, a[at + 2 + ROWS]);
      c20 = x.fma(b0, c20);
      x = FloatVector.broadcast(SPECIES, a[at + 3 + ROWS]);
      c30 = x.fma(b0, c30);
      x = FloatVector.broadcast(SPECIES, a[at + 4 + ROWS]);
      c40 = x.fma(b0, c40);
      x = FloatVector.broadcast(SPECIES, a[at + 5 + ROWS]);
      c50 = x.fma(b0, c50);
      b0 = FloatVector.fromMemorySegment(SPECIES, b, row + 2 * BYTES, ORDER);
      x = FloatVector.broadcast(SPECIES, a[at + 2 * ROWS]);
      c00 = x.fma(b0, c00);
      x = FloatVector.broadcast(SPECIES, a[at + 1 + 2 * ROWS]);
      c10 = x.fma(b0, c10);
      x = FloatVector.broadcast(SPECIES, a[at + 2 + 2 * ROWS]);
      c20 = x.fma(b0, c20);
      x = FloatVector.broadcast(SPECIES, a[at + 3 + 2 * ROWS]);
      c30 = x.fma(b0, c30);
      x = FloatVector.broadcast(SPECIES, a[at + 4 + 2 * ROWS]);
      c40 = x.fma(b0, c40);
      x = FloatVector.broadcast(SPECIES, a[at + 5 + 2 * ROWS]);
      c50 = x.fma(b0, c50);
      b0 = FloatVector.fromMemorySegment(SPECIES, b, row + 3 * BYTES, ORDER);
      x = FloatVector.broadcast(SPECIES, a[at + 3 * ROWS]);
      c00 = x.fma(b0, c00);
      x = FloatVector.broadcast(SPECIES, a[at + 1 + 3 * ROWS]);
      c10 = x.fma(b0, c10);
      x = FloatVector.broadcast(SPECIES, a[at + 2 + 3 * ROWS]);
      c20 = x.fma(b0, c20);
      x = FloatVector.broadcast(SPECIES, a[at + 3 + 3 * ROWS]);
      c30 = x.fma(b0, c30);
      x = FloatVector.broadcast(SPECIES, a[at + 4 + 3 * ROWS]);
      c40 = x.fma(b0, c40);
      x = FloatVector.broadcast(SPECIES, a[at + 5 + 3 * ROWS]);
      c50 = x.fma(b0, c50);
      at += 4 * ROWS;
      row += 4 * BYTES;
    }
    c00.intoArray(c, 0);
    c10.intoArray(c, LENGTH);
    c20.intoArray(c, 2 * LENGTH);
    c30.intoArray(c, 3 * LENGTH);
    c40.intoArray(c, 4 * LENGTH);
    c50.intoArray(c, 5 * LENGTH);
  }
}
