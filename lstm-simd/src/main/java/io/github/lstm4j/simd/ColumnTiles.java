package io.github.lstm4j.simd;

import static io.github.lstm4j.simd.Lanes.BYTES;
import static io.github.lstm4j.simd.Lanes.LENGTH;
import static io.github.lstm4j.simd.Lanes.ORDER;
import static io.github.lstm4j.simd.Lanes.ROWS;
import static io.github.lstm4j.simd.Species.SPECIES;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/**
 * The micro-kernels whose left operand stands by columns: the rows of a tile follow each other, {@link Lanes#ROWS}
 * floats from one step of the depth to the next. That is how a transposed operand lies in memory, so nothing needs to
 * be transposed for it. Otherwise the operands and the form are those of {@link WideTiles}.
 */
final class ColumnTiles {
  private ColumnTiles() {}

  /** Eight rows by three vectors. */
  static void rows8x3(float[] a, int left, MemorySegment b, long from, long end, float[] c) {
    int at = left;
    long row = from;
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
      FloatVector b0 = FloatVector.fromMemorySegment(SPECIES, b, row, ORDER);
      FloatVector b1 = FloatVector.fromMemorySegment(SPECIES, b, row + BYTES, ORDER);
      FloatVector b2 = FloatVector.fromMemorySegment(SPECIES, b, row + 2 * BYTES, ORDER);
      FloatVector x = FloatVector.broadcast(SPECIES, a[at]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      c02 = x.fma(b2, c02);
      x = FloatVector.broadcast(SPECIES, a[at + 1]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      c12 = x.fma(b2, c12);
      x = FloatVector.broadcast(SPECIES, a[at + 2]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      c22 = x.fma(b2, c22);
      x = FloatVector.broadcast(SPECIES, a[at + 3]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      c32 = x.fma(b2, c32);
      x = FloatVector.broadcast(SPECIES, a[at + 4]);
      c40 = x.fma(b0, c40);
      c41 = x.fma(b1, c41);
      c42 = x.fma(b2, c42);
      x = FloatVector.broadcast(SPECIES, a[at + 5]);
      c50 = x.fma(b0, c50);
      c51 = x.fma(b1, c51);
      c52 = x.fma(b2, c52);
      x = FloatVector.broadcast(SPECIES, a[at + 6]);
      c60 = x.fma(b0, c60);
      c61 = x.fma(b1, c61);
      c62 = x.fma(b2, c62);
      x = FloatVector.broadcast(SPECIES, a[at + 7]);
      c70 = x.fma(b0, c70);
      c71 = x.fma(b1, c71);
      c72 = x.fma(b2, c72);
      at += ROWS;
      row += 3 * BYTES;
    }
    c00.intoArray(c, 0);
    c01.intoArray(c, LENGTH);
    c02.intoArray(c, 2 * LENGTH);
    c10.intoArray(c, 3 * LENGTH);
    c11.intoArray(c, 4 * LENGTH);
    c12.intoArray(c, 5 * LENGTH);
    c20.intoArray(c, 6 * LENGTH);
    c21.intoArray(c, 7 * LENGTH);
    c22.intoArray(c, 8 * LENGTH);
    c30.intoArray(c, 9 * LENGTH);
    c31.intoArray(c, 10 * LENGTH);
    c32.intoArray(c, 11 * LENGTH);
    c40.intoArray(c, 12 * LENGTH);
    c41.intoArray(c, 13 * LENGTH);
    c42.intoArray(c, 14 * LENGTH);
    c50.intoArray(c, 15 * LENGTH);
    c51.intoArray(c, 16 * LENGTH);
    c52.intoArray(c, 17 * LENGTH);
    c60.intoArray(c, 18 * LENGTH);
    c61.intoArray(c, 19 * LENGTH);
    c62.intoArray(c, 20 * LENGTH);
    c70.intoArray(c, 21 * LENGTH);
    c71.intoArray(c, 22 * LENGTH);
    c72.intoArray(c, 23 * LENGTH);
  }
}
