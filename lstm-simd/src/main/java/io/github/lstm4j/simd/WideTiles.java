package io.github.lstm4j.simd;

import static io.github.lstm4j.simd.Lanes.A_ROW;
import static io.github.lstm4j.simd.Lanes.BYTES;
import static io.github.lstm4j.simd.Lanes.LENGTH;
import static io.github.lstm4j.simd.Lanes.ORDER;
import static io.github.lstm4j.simd.Species.SPECIES;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/**
 * The micro-kernels over three panels: c = a·b for one tile and one depth block, from zero, in registers.
 *
 * <p>All have the same operands: {@code a} holds rows {@link Lanes#A_ROW} floats apart from {@code left} on, {@code b}
 * {@link Panels}, the first of which has its rows in [from, end) and the others theirs {@code apart} bytes from one to
 * the next, {@code c} takes the rows of the tile, one after the other. The depth is a multiple of {@link Lanes#STEPS}:
 * full tiles of eight rows take one step a turn, full ones of six take eight, the others one, two or four.
 *
 * <p>The form is what C2 compiles to one vfmadd per line, every time: a loop it doesn't count (it would unroll and
 * spill), unrolled by hand; constant displacements from one pointer an operand, a panel having one of its own
 * (docs/adr/0008); no helper that takes or returns a vector; and few accesses to a segment, those of the panels. What is read element by
 * element, and what is written, lies in arrays: an access to an array is a fraction of the nodes of one to a segment,
 * and faster too. With segments for all three, C1 ran out of virtual registers ("COMPILE SKIPPED" under
 * -XX:+PrintCompilation), and a method that it had compiled without profiling before, as it does while C2's queue is
 * long, stayed there for good: 1 GF/s. docs/adr/0004 has the evidence.
 */
final class WideTiles {
  private WideTiles() {}

  /** Eight rows by three vectors. */
  static void rows8(float[] a, int left, MemorySegment b, long from, long end, long apart, float[] c) {
    int at = left;
    long row = from;
    long row1 = from + apart;
    long row2 = row1 + apart;
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
      FloatVector b1 = FloatVector.fromMemorySegment(SPECIES, b, row1, ORDER);
      FloatVector b2 = FloatVector.fromMemorySegment(SPECIES, b, row2, ORDER);
      FloatVector x = FloatVector.broadcast(SPECIES, a[at]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      c02 = x.fma(b2, c02);
      x = FloatVector.broadcast(SPECIES, a[at + A_ROW]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      c12 = x.fma(b2, c12);
      x = FloatVector.broadcast(SPECIES, a[at + 2 * A_ROW]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      c22 = x.fma(b2, c22);
      x = FloatVector.broadcast(SPECIES, a[at + 3 * A_ROW]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      c32 = x.fma(b2, c32);
      x = FloatVector.broadcast(SPECIES, a[at + 4 * A_ROW]);
      c40 = x.fma(b0, c40);
      c41 = x.fma(b1, c41);
      c42 = x.fma(b2, c42);
      x = FloatVector.broadcast(SPECIES, a[at + 5 * A_ROW]);
      c50 = x.fma(b0, c50);
      c51 = x.fma(b1, c51);
      c52 = x.fma(b2, c52);
      x = FloatVector.broadcast(SPECIES, a[at + 6 * A_ROW]);
      c60 = x.fma(b0, c60);
      c61 = x.fma(b1, c61);
      c62 = x.fma(b2, c62);
      x = FloatVector.broadcast(SPECIES, a[at + 7 * A_ROW]);
      c70 = x.fma(b0, c70);
      c71 = x.fma(b1, c71);
      c72 = x.fma(b2, c72);
      at++;
      row += BYTES;
      row1 += BYTES;
      row2 += BYTES;
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

  /** Four rows by three vectors. */
  static void rows4(float[] a, int left, MemorySegment b, long from, long end, long apart, float[] c) {
    int at = left;
    long row = from;
    long row1 = from + apart;
    long row2 = row1 + apart;
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
    while (row != end) {
      FloatVector b0 = FloatVector.fromMemorySegment(SPECIES, b, row, ORDER);
      FloatVector b1 = FloatVector.fromMemorySegment(SPECIES, b, row1, ORDER);
      FloatVector b2 = FloatVector.fromMemorySegment(SPECIES, b, row2, ORDER);
      FloatVector x = FloatVector.broadcast(SPECIES, a[at]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      c02 = x.fma(b2, c02);
      x = FloatVector.broadcast(SPECIES, a[at + A_ROW]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      c12 = x.fma(b2, c12);
      x = FloatVector.broadcast(SPECIES, a[at + 2 * A_ROW]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      c22 = x.fma(b2, c22);
      x = FloatVector.broadcast(SPECIES, a[at + 3 * A_ROW]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      c32 = x.fma(b2, c32);
      b0 = FloatVector.fromMemorySegment(SPECIES, b, row + BYTES, ORDER);
      b1 = FloatVector.fromMemorySegment(SPECIES, b, row1 + BYTES, ORDER);
      b2 = FloatVector.fromMemorySegment(SPECIES, b, row2 + BYTES, ORDER);
      x = FloatVector.broadcast(SPECIES, a[at + 1]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      c02 = x.fma(b2, c02);
      x = FloatVector.broadcast(SPECIES, a[at + A_ROW + 1]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      c12 = x.fma(b2, c12);
      x = FloatVector.broadcast(SPECIES, a[at + 2 * A_ROW + 1]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      c22 = x.fma(b2, c22);
      x = FloatVector.broadcast(SPECIES, a[at + 3 * A_ROW + 1]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      c32 = x.fma(b2, c32);
      at += 2;
      row += 2 * BYTES;
      row1 += 2 * BYTES;
      row2 += 2 * BYTES;
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
  }

  /** Two rows by three vectors. */
  static void rows2(float[] a, int left, MemorySegment b, long from, long end, long apart, float[] c) {
    int at = left;
    long row = from;
    long row1 = from + apart;
    long row2 = row1 + apart;
    FloatVector c00 = FloatVector.zero(SPECIES);
    FloatVector c01 = FloatVector.zero(SPECIES);
    FloatVector c02 = FloatVector.zero(SPECIES);
    FloatVector c10 = FloatVector.zero(SPECIES);
    FloatVector c11 = FloatVector.zero(SPECIES);
    FloatVector c12 = FloatVector.zero(SPECIES);
    while (row != end) {
      FloatVector b0 = FloatVector.fromMemorySegment(SPECIES, b, row, ORDER);
      FloatVector b1 = FloatVector.fromMemorySegment(SPECIES, b, row1, ORDER);
      FloatVector b2 = FloatVector.fromMemorySegment(SPECIES, b, row2, ORDER);
      FloatVector x = FloatVector.broadcast(SPECIES, a[at]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      c02 = x.fma(b2, c02);
      x = FloatVector.broadcast(SPECIES, a[at + A_ROW]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      c12 = x.fma(b2, c12);
      b0 = FloatVector.fromMemorySegment(SPECIES, b, row + BYTES, ORDER);
      b1 = FloatVector.fromMemorySegment(SPECIES, b, row1 + BYTES, ORDER);
      b2 = FloatVector.fromMemorySegment(SPECIES, b, row2 + BYTES, ORDER);
      x = FloatVector.broadcast(SPECIES, a[at + 1]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      c02 = x.fma(b2, c02);
      x = FloatVector.broadcast(SPECIES, a[at + A_ROW + 1]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      c12 = x.fma(b2, c12);
      at += 2;
      row += 2 * BYTES;
      row1 += 2 * BYTES;
      row2 += 2 * BYTES;
    }
    c00.intoArray(c, 0);
    c01.intoArray(c, LENGTH);
    c02.intoArray(c, 2 * LENGTH);
    c10.intoArray(c, 3 * LENGTH);
    c11.intoArray(c, 4 * LENGTH);
    c12.intoArray(c, 5 * LENGTH);
  }

  /** One row by three vectors. */
  static void rows1(float[] a, int left, MemorySegment b, long from, long end, long apart, float[] c) {
    int at = left;
    long row = from;
    long row1 = from + apart;
    long row2 = row1 + apart;
    FloatVector c00 = FloatVector.zero(SPECIES);
    FloatVector c01 = FloatVector.zero(SPECIES);
    FloatVector c02 = FloatVector.zero(SPECIES);
    while (row != end) {
      FloatVector b0 = FloatVector.fromMemorySegment(SPECIES, b, row, ORDER);
      FloatVector b1 = FloatVector.fromMemorySegment(SPECIES, b, row1, ORDER);
      FloatVector b2 = FloatVector.fromMemorySegment(SPECIES, b, row2, ORDER);
      FloatVector x = FloatVector.broadcast(SPECIES, a[at]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      c02 = x.fma(b2, c02);
      b0 = FloatVector.fromMemorySegment(SPECIES, b, row + BYTES, ORDER);
      b1 = FloatVector.fromMemorySegment(SPECIES, b, row1 + BYTES, ORDER);
      b2 = FloatVector.fromMemorySegment(SPECIES, b, row2 + BYTES, ORDER);
      x = FloatVector.broadcast(SPECIES, a[at + 1]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      c02 = x.fma(b2, c02);
      at += 2;
      row += 2 * BYTES;
      row1 += 2 * BYTES;
      row2 += 2 * BYTES;
    }
    c00.intoArray(c, 0);
    c01.intoArray(c, LENGTH);
    c02.intoArray(c, 2 * LENGTH);
  }
}
