package io.github.lstm4j.simd;

import static io.github.lstm4j.simd.Lanes.A_ROW;
import static io.github.lstm4j.simd.Lanes.BYTES;
import static io.github.lstm4j.simd.Lanes.LENGTH;
import static io.github.lstm4j.simd.Lanes.ORDER;
import static io.github.lstm4j.simd.Species.SPECIES;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/**
 * The micro-kernels over pairs of panels: what is left of the columns beside the threes, or all rows where they go by
 * twos beside {@link SixRowTiles} and {@link OddTiles}. The operands and the form are those of {@link WideTiles}.
 */
final class PairTiles {
  private PairTiles() {}

  /** Eight rows by two vectors. */
  static void rows8(float[] a, int left, MemorySegment b, long from, long end, long apart, float[] c) {
    int at = left;
    long row = from;
    long row1 = from + apart;
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
      FloatVector b1 = FloatVector.fromMemorySegment(SPECIES, b, row1, ORDER);
      FloatVector x = FloatVector.broadcast(SPECIES, a[at]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      x = FloatVector.broadcast(SPECIES, a[at + A_ROW]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      x = FloatVector.broadcast(SPECIES, a[at + 2 * A_ROW]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      x = FloatVector.broadcast(SPECIES, a[at + 3 * A_ROW]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      x = FloatVector.broadcast(SPECIES, a[at + 4 * A_ROW]);
      c40 = x.fma(b0, c40);
      c41 = x.fma(b1, c41);
      x = FloatVector.broadcast(SPECIES, a[at + 5 * A_ROW]);
      c50 = x.fma(b0, c50);
      c51 = x.fma(b1, c51);
      x = FloatVector.broadcast(SPECIES, a[at + 6 * A_ROW]);
      c60 = x.fma(b0, c60);
      c61 = x.fma(b1, c61);
      x = FloatVector.broadcast(SPECIES, a[at + 7 * A_ROW]);
      c70 = x.fma(b0, c70);
      c71 = x.fma(b1, c71);
      at++;
      row += BYTES;
      row1 += BYTES;
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

  /** Four rows by two vectors. */
  static void rows4(float[] a, int left, MemorySegment b, long from, long end, long apart, float[] c) {
    int at = left;
    long row = from;
    long row1 = from + apart;
    FloatVector c00 = FloatVector.zero(SPECIES);
    FloatVector c01 = FloatVector.zero(SPECIES);
    FloatVector c10 = FloatVector.zero(SPECIES);
    FloatVector c11 = FloatVector.zero(SPECIES);
    FloatVector c20 = FloatVector.zero(SPECIES);
    FloatVector c21 = FloatVector.zero(SPECIES);
    FloatVector c30 = FloatVector.zero(SPECIES);
    FloatVector c31 = FloatVector.zero(SPECIES);
    while (row != end) {
      FloatVector b0 = FloatVector.fromMemorySegment(SPECIES, b, row, ORDER);
      FloatVector b1 = FloatVector.fromMemorySegment(SPECIES, b, row1, ORDER);
      FloatVector x = FloatVector.broadcast(SPECIES, a[at]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      x = FloatVector.broadcast(SPECIES, a[at + A_ROW]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      x = FloatVector.broadcast(SPECIES, a[at + 2 * A_ROW]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      x = FloatVector.broadcast(SPECIES, a[at + 3 * A_ROW]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      b0 = FloatVector.fromMemorySegment(SPECIES, b, row + BYTES, ORDER);
      b1 = FloatVector.fromMemorySegment(SPECIES, b, row1 + BYTES, ORDER);
      x = FloatVector.broadcast(SPECIES, a[at + 1]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      x = FloatVector.broadcast(SPECIES, a[at + A_ROW + 1]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      x = FloatVector.broadcast(SPECIES, a[at + 2 * A_ROW + 1]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      x = FloatVector.broadcast(SPECIES, a[at + 3 * A_ROW + 1]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      b0 = FloatVector.fromMemorySegment(SPECIES, b, row + 2 * BYTES, ORDER);
      b1 = FloatVector.fromMemorySegment(SPECIES, b, row1 + 2 * BYTES, ORDER);
      x = FloatVector.broadcast(SPECIES, a[at + 2]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      x = FloatVector.broadcast(SPECIES, a[at + A_ROW + 2]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      x = FloatVector.broadcast(SPECIES, a[at + 2 * A_ROW + 2]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      x = FloatVector.broadcast(SPECIES, a[at + 3 * A_ROW + 2]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      b0 = FloatVector.fromMemorySegment(SPECIES, b, row + 3 * BYTES, ORDER);
      b1 = FloatVector.fromMemorySegment(SPECIES, b, row1 + 3 * BYTES, ORDER);
      x = FloatVector.broadcast(SPECIES, a[at + 3]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      x = FloatVector.broadcast(SPECIES, a[at + A_ROW + 3]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      x = FloatVector.broadcast(SPECIES, a[at + 2 * A_ROW + 3]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      x = FloatVector.broadcast(SPECIES, a[at + 3 * A_ROW + 3]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      at += 4;
      row += 4 * BYTES;
      row1 += 4 * BYTES;
    }
    c00.intoArray(c, 0);
    c01.intoArray(c, LENGTH);
    c10.intoArray(c, 2 * LENGTH);
    c11.intoArray(c, 3 * LENGTH);
    c20.intoArray(c, 4 * LENGTH);
    c21.intoArray(c, 5 * LENGTH);
    c30.intoArray(c, 6 * LENGTH);
    c31.intoArray(c, 7 * LENGTH);
  }

  /** Two rows by two vectors. */
  static void rows2(float[] a, int left, MemorySegment b, long from, long end, long apart, float[] c) {
    int at = left;
    long row = from;
    long row1 = from + apart;
    FloatVector c00 = FloatVector.zero(SPECIES);
    FloatVector c01 = FloatVector.zero(SPECIES);
    FloatVector c10 = FloatVector.zero(SPECIES);
    FloatVector c11 = FloatVector.zero(SPECIES);
    while (row != end) {
      FloatVector b0 = FloatVector.fromMemorySegment(SPECIES, b, row, ORDER);
      FloatVector b1 = FloatVector.fromMemorySegment(SPECIES, b, row1, ORDER);
      FloatVector x = FloatVector.broadcast(SPECIES, a[at]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      x = FloatVector.broadcast(SPECIES, a[at + A_ROW]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      b0 = FloatVector.fromMemorySegment(SPECIES, b, row + BYTES, ORDER);
      b1 = FloatVector.fromMemorySegment(SPECIES, b, row1 + BYTES, ORDER);
      x = FloatVector.broadcast(SPECIES, a[at + 1]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      x = FloatVector.broadcast(SPECIES, a[at + A_ROW + 1]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      b0 = FloatVector.fromMemorySegment(SPECIES, b, row + 2 * BYTES, ORDER);
      b1 = FloatVector.fromMemorySegment(SPECIES, b, row1 + 2 * BYTES, ORDER);
      x = FloatVector.broadcast(SPECIES, a[at + 2]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      x = FloatVector.broadcast(SPECIES, a[at + A_ROW + 2]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      b0 = FloatVector.fromMemorySegment(SPECIES, b, row + 3 * BYTES, ORDER);
      b1 = FloatVector.fromMemorySegment(SPECIES, b, row1 + 3 * BYTES, ORDER);
      x = FloatVector.broadcast(SPECIES, a[at + 3]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      x = FloatVector.broadcast(SPECIES, a[at + A_ROW + 3]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      at += 4;
      row += 4 * BYTES;
      row1 += 4 * BYTES;
    }
    c00.intoArray(c, 0);
    c01.intoArray(c, LENGTH);
    c10.intoArray(c, 2 * LENGTH);
    c11.intoArray(c, 3 * LENGTH);
  }

  /** One row by two vectors. */
  static void rows1(float[] a, int left, MemorySegment b, long from, long end, long apart, float[] c) {
    int at = left;
    long row = from;
    long row1 = from + apart;
    FloatVector c00 = FloatVector.zero(SPECIES);
    FloatVector c01 = FloatVector.zero(SPECIES);
    while (row != end) {
      FloatVector b0 = FloatVector.fromMemorySegment(SPECIES, b, row, ORDER);
      FloatVector b1 = FloatVector.fromMemorySegment(SPECIES, b, row1, ORDER);
      FloatVector x = FloatVector.broadcast(SPECIES, a[at]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      b0 = FloatVector.fromMemorySegment(SPECIES, b, row + BYTES, ORDER);
      b1 = FloatVector.fromMemorySegment(SPECIES, b, row1 + BYTES, ORDER);
      x = FloatVector.broadcast(SPECIES, a[at + 1]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      at += 2;
      row += 2 * BYTES;
      row1 += 2 * BYTES;
    }
    c00.intoArray(c, 0);
    c01.intoArray(c, LENGTH);
  }
}
