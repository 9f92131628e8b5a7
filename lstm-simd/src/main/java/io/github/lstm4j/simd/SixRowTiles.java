package io.github.lstm4j.simd;

import static io.github.lstm4j.simd.Lanes.A_ROW;
import static io.github.lstm4j.simd.Lanes.BYTES;
import static io.github.lstm4j.simd.Lanes.LENGTH;
import static io.github.lstm4j.simd.Lanes.ORDER;
import static io.github.lstm4j.simd.Species.SPECIES;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/**
 * The full tile where there are 16 registers: six rows by two vectors. The operands are those of {@link
 * WideTiles}.
 */
final class SixRowTiles {
  private SixRowTiles() {}

  /**
   * Six rows by two vectors. Twelve sums and two vectors of the panels leave two registers for what is broadcast, and
   * C2 keeps to them if it meets the instructions in the order that they have here: both vectors of the panels, then
   * row after row. The check of bounds before each of these vectors is what holds that order: it ends a block, and
   * nothing behind it is loaded before it; with eight steps a turn little is left but these and the loads. A loop
   * that C2 counts has no such checks, and with more than one step a turn keeps sums in memory (docs/adr/0009,
   * docs/adr/0013). CompilationTest looks at what C2 made of it.
   */
  static void two(float[] a, int left, MemorySegment b, long from, long end, long apart, float[] c) {
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
    while (row != end) {
      FloatVector b0 = FloatVector.fromMemorySegment(SPECIES, b, row, ORDER);
      FloatVector b1 = FloatVector.fromMemorySegment(SPECIES, b, row1, ORDER);
      FloatVector x = FloatVector.broadcast(SPECIES, a[at]);
      c00 = b0.fma(x, c00);
      c01 = b1.fma(x, c01);
      x = FloatVector.broadcast(SPECIES, a[at + A_ROW]);
      c10 = b0.fma(x, c10);
      c11 = b1.fma(x, c11);
      x = FloatVector.broadcast(SPECIES, a[at + 2 * A_ROW]);
      c20 = b0.fma(x, c20);
      c21 = b1.fma(x, c21);
      x = FloatVector.broadcast(SPECIES, a[at + 3 * A_ROW]);
      c30 = b0.fma(x, c30);
      c31 = b1.fma(x, c31);
      x = FloatVector.broadcast(SPECIES, a[at + 4 * A_ROW]);
      c40 = b0.fma(x, c40);
      c41 = b1.fma(x, c41);
      x = FloatVector.broadcast(SPECIES, a[at + 5 * A_ROW]);
      c50 = b0.fma(x, c50);
      c51 = b1.fma(x, c51);
      b0 = FloatVector.fromMemorySegment(SPECIES, b, row + BYTES, ORDER);
      b1 = FloatVector.fromMemorySegment(SPECIES, b, row1 + BYTES, ORDER);
      x = FloatVector.broadcast(SPECIES, a[at + 1]);
      c00 = b0.fma(x, c00);
      c01 = b1.fma(x, c01);
      x = FloatVector.broadcast(SPECIES, a[at + A_ROW + 1]);
      c10 = b0.fma(x, c10);
      c11 = b1.fma(x, c11);
      x = FloatVector.broadcast(SPECIES, a[at + 2 * A_ROW + 1]);
      c20 = b0.fma(x, c20);
      c21 = b1.fma(x, c21);
      x = FloatVector.broadcast(SPECIES, a[at + 3 * A_ROW + 1]);
      c30 = b0.fma(x, c30);
      c31 = b1.fma(x, c31);
      x = FloatVector.broadcast(SPECIES, a[at + 4 * A_ROW + 1]);
      c40 = b0.fma(x, c40);
      c41 = b1.fma(x, c41);
      x = FloatVector.broadcast(SPECIES, a[at + 5 * A_ROW + 1]);
      c50 = b0.fma(x, c50);
      c51 = b1.fma(x, c51);
      b0 = FloatVector.fromMemorySegment(SPECIES, b, row + 2 * BYTES, ORDER);
      b1 = FloatVector.fromMemorySegment(SPECIES, b, row1 + 2 * BYTES, ORDER);
      x = FloatVector.broadcast(SPECIES, a[at + 2]);
      c00 = b0.fma(x, c00);
      c01 = b1.fma(x, c01);
      x = FloatVector.broadcast(SPECIES, a[at + A_ROW + 2]);
      c10 = b0.fma(x, c10);
      c11 = b1.fma(x, c11);
      x = FloatVector.broadcast(SPECIES, a[at + 2 * A_ROW + 2]);
      c20 = b0.fma(x, c20);
      c21 = b1.fma(x, c21);
      x = FloatVector.broadcast(SPECIES, a[at + 3 * A_ROW + 2]);
      c30 = b0.fma(x, c30);
      c31 = b1.fma(x, c31);
      x = FloatVector.broadcast(SPECIES, a[at + 4 * A_ROW + 2]);
      c40 = b0.fma(x, c40);
      c41 = b1.fma(x, c41);
      x = FloatVector.broadcast(SPECIES, a[at + 5 * A_ROW + 2]);
      c50 = b0.fma(x, c50);
      c51 = b1.fma(x, c51);
      b0 = FloatVector.fromMemorySegment(SPECIES, b, row + 3 * BYTES, ORDER);
      b1 = FloatVector.fromMemorySegment(SPECIES, b, row1 + 3 * BYTES, ORDER);
      x = FloatVector.broadcast(SPECIES, a[at + 3]);
      c00 = b0.fma(x, c00);
      c01 = b1.fma(x, c01);
      x = FloatVector.broadcast(SPECIES, a[at + A_ROW + 3]);
      c10 = b0.fma(x, c10);
      c11 = b1.fma(x, c11);
      x = FloatVector.broadcast(SPECIES, a[at + 2 * A_ROW + 3]);
      c20 = b0.fma(x, c20);
      c21 = b1.fma(x, c21);
      x = FloatVector.broadcast(SPECIES, a[at + 3 * A_ROW + 3]);
      c30 = b0.fma(x, c30);
      c31 = b1.fma(x, c31);
      x = FloatVector.broadcast(SPECIES, a[at + 4 * A_ROW + 3]);
      c40 = b0.fma(x, c40);
      c41 = b1.fma(x, c41);
      x = FloatVector.broadcast(SPECIES, a[at + 5 * A_ROW + 3]);
      c50 = b0.fma(x, c50);
      c51 = b1.fma(x, c51);
      b0 = FloatVector.fromMemorySegment(SPECIES, b, row + 4 * BYTES, ORDER);
      b1 = FloatVector.fromMemorySegment(SPECIES, b, row1 + 4 * BYTES, ORDER);
      x = FloatVector.broadcast(SPECIES, a[at + 4]);
      c00 = b0.fma(x, c00);
      c01 = b1.fma(x, c01);
      x = FloatVector.broadcast(SPECIES, a[at + A_ROW + 4]);
      c10 = b0.fma(x, c10);
      c11 = b1.fma(x, c11);
      x = FloatVector.broadcast(SPECIES, a[at + 2 * A_ROW + 4]);
      c20 = b0.fma(x, c20);
      c21 = b1.fma(x, c21);
      x = FloatVector.broadcast(SPECIES, a[at + 3 * A_ROW + 4]);
      c30 = b0.fma(x, c30);
      c31 = b1.fma(x, c31);
      x = FloatVector.broadcast(SPECIES, a[at + 4 * A_ROW + 4]);
      c40 = b0.fma(x, c40);
      c41 = b1.fma(x, c41);
      x = FloatVector.broadcast(SPECIES, a[at + 5 * A_ROW + 4]);
      c50 = b0.fma(x, c50);
      c51 = b1.fma(x, c51);
      b0 = FloatVector.fromMemorySegment(SPECIES, b, row + 5 * BYTES, ORDER);
      b1 = FloatVector.fromMemorySegment(SPECIES, b, row1 + 5 * BYTES, ORDER);
      x = FloatVector.broadcast(SPECIES, a[at + 5]);
      c00 = b0.fma(x, c00);
      c01 = b1.fma(x, c01);
      x = FloatVector.broadcast(SPECIES, a[at + A_ROW + 5]);
      c10 = b0.fma(x, c10);
      c11 = b1.fma(x, c11);
      x = FloatVector.broadcast(SPECIES, a[at + 2 * A_ROW + 5]);
      c20 = b0.fma(x, c20);
      c21 = b1.fma(x, c21);
      x = FloatVector.broadcast(SPECIES, a[at + 3 * A_ROW + 5]);
      c30 = b0.fma(x, c30);
      c31 = b1.fma(x, c31);
      x = FloatVector.broadcast(SPECIES, a[at + 4 * A_ROW + 5]);
      c40 = b0.fma(x, c40);
      c41 = b1.fma(x, c41);
      x = FloatVector.broadcast(SPECIES, a[at + 5 * A_ROW + 5]);
      c50 = b0.fma(x, c50);
      c51 = b1.fma(x, c51);
      b0 = FloatVector.fromMemorySegment(SPECIES, b, row + 6 * BYTES, ORDER);
      b1 = FloatVector.fromMemorySegment(SPECIES, b, row1 + 6 * BYTES, ORDER);
      x = FloatVector.broadcast(SPECIES, a[at + 6]);
      c00 = b0.fma(x, c00);
      c01 = b1.fma(x, c01);
      x = FloatVector.broadcast(SPECIES, a[at + A_ROW + 6]);
      c10 = b0.fma(x, c10);
      c11 = b1.fma(x, c11);
      x = FloatVector.broadcast(SPECIES, a[at + 2 * A_ROW + 6]);
      c20 = b0.fma(x, c20);
      c21 = b1.fma(x, c21);
      x = FloatVector.broadcast(SPECIES, a[at + 3 * A_ROW + 6]);
      c30 = b0.fma(x, c30);
      c31 = b1.fma(x, c31);
      x = FloatVector.broadcast(SPECIES, a[at + 4 * A_ROW + 6]);
      c40 = b0.fma(x, c40);
      c41 = b1.fma(x, c41);
      x = FloatVector.broadcast(SPECIES, a[at + 5 * A_ROW + 6]);
      c50 = b0.fma(x, c50);
      c51 = b1.fma(x, c51);
      b0 = FloatVector.fromMemorySegment(SPECIES, b, row + 7 * BYTES, ORDER);
      b1 = FloatVector.fromMemorySegment(SPECIES, b, row1 + 7 * BYTES, ORDER);
      x = FloatVector.broadcast(SPECIES, a[at + 7]);
      c00 = b0.fma(x, c00);
      c01 = b1.fma(x, c01);
      x = FloatVector.broadcast(SPECIES, a[at + A_ROW + 7]);
      c10 = b0.fma(x, c10);
      c11 = b1.fma(x, c11);
      x = FloatVector.broadcast(SPECIES, a[at + 2 * A_ROW + 7]);
      c20 = b0.fma(x, c20);
      c21 = b1.fma(x, c21);
      x = FloatVector.broadcast(SPECIES, a[at + 3 * A_ROW + 7]);
      c30 = b0.fma(x, c30);
      c31 = b1.fma(x, c31);
      x = FloatVector.broadcast(SPECIES, a[at + 4 * A_ROW + 7]);
      c40 = b0.fma(x, c40);
      c41 = b1.fma(x, c41);
      x = FloatVector.broadcast(SPECIES, a[at + 5 * A_ROW + 7]);
      c50 = b0.fma(x, c50);
      c51 = b1.fma(x, c51);
      at += 8;
      row += 8 * BYTES;
      row1 += 8 * BYTES;
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
  }
}
