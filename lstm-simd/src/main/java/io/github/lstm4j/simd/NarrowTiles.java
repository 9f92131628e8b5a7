package io.github.lstm4j.simd;

import static io.github.lstm4j.simd.Lanes.A_ROW;
import static io.github.lstm4j.simd.Lanes.BYTES;
import static io.github.lstm4j.simd.Lanes.LENGTH;
import static io.github.lstm4j.simd.Lanes.ORDER;
import static io.github.lstm4j.simd.Species.SPECIES;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/**
 * The micro-kernels over a single panel: what is left of the columns. The operands and the form are those of {@link
 * WideTiles}.
 */
final class NarrowTiles {
  private NarrowTiles() {}

  /** Eight rows by one vector. */
  static void rows8(float[] a, int left, MemorySegment b, long from, long end, float[] c) {
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
      x = FloatVector.broadcast(SPECIES, a[at + A_ROW]);
      c10 = x.fma(b0, c10);
      x = FloatVector.broadcast(SPECIES, a[at + 2 * A_ROW]);
      c20 = x.fma(b0, c20);
      x = FloatVector.broadcast(SPECIES, a[at + 3 * A_ROW]);
      c30 = x.fma(b0, c30);
      x = FloatVector.broadcast(SPECIES, a[at + 4 * A_ROW]);
      c40 = x.fma(b0, c40);
      x = FloatVector.broadcast(SPECIES, a[at + 5 * A_ROW]);
      c50 = x.fma(b0, c50);
      x = FloatVector.broadcast(SPECIES, a[at + 6 * A_ROW]);
      c60 = x.fma(b0, c60);
      x = FloatVector.broadcast(SPECIES, a[at + 7 * A_ROW]);
      c70 = x.fma(b0, c70);
      b0 = FloatVector.fromMemorySegment(SPECIES, b, row + BYTES, ORDER);
      x = FloatVector.broadcast(SPECIES, a[at + 1]);
      c00 = x.fma(b0, c00);
      x = FloatVector.broadcast(SPECIES, a[at + A_ROW + 1]);
      c10 = x.fma(b0, c10);
      x = FloatVector.broadcast(SPECIES, a[at + 2 * A_ROW + 1]);
      c20 = x.fma(b0, c20);
      x = FloatVector.broadcast(SPECIES, a[at + 3 * A_ROW + 1]);
      c30 = x.fma(b0, c30);
      x = FloatVector.broadcast(SPECIES, a[at + 4 * A_ROW + 1]);
      c40 = x.fma(b0, c40);
      x = FloatVector.broadcast(SPECIES, a[at + 5 * A_ROW + 1]);
      c50 = x.fma(b0, c50);
      x = FloatVector.broadcast(SPECIES, a[at + 6 * A_ROW + 1]);
      c60 = x.fma(b0, c60);
      x = FloatVector.broadcast(SPECIES, a[at + 7 * A_ROW + 1]);
      c70 = x.fma(b0, c70);
      at += 2;
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

  /** Six rows by one vector, four steps a turn: registers to spare, and large enough not to be inlined. */
  static void rows6(float[] a, int left, MemorySegment b, long from, long end, float[] c) {
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
      x = FloatVector.broadcast(SPECIES, a[at + A_ROW]);
      c10 = x.fma(b0, c10);
      x = FloatVector.broadcast(SPECIES, a[at + 2 * A_ROW]);
      c20 = x.fma(b0, c20);
      x = FloatVector.broadcast(SPECIES, a[at + 3 * A_ROW]);
      c30 = x.fma(b0, c30);
      x = FloatVector.broadcast(SPECIES, a[at + 4 * A_ROW]);
      c40 = x.fma(b0, c40);
      x = FloatVector.broadcast(SPECIES, a[at + 5 * A_ROW]);
      c50 = x.fma(b0, c50);
      b0 = FloatVector.fromMemorySegment(SPECIES, b, row + BYTES, ORDER);
      x = FloatVector.broadcast(SPECIES, a[at + 1]);
      c00 = x.fma(b0, c00);
      x = FloatVector.broadcast(SPECIES, a[at + A_ROW + 1]);
      c10 = x.fma(b0, c10);
      x = FloatVector.broadcast(SPECIES, a[at + 2 * A_ROW + 1]);
      c20 = x.fma(b0, c20);
      x = FloatVector.broadcast(SPECIES, a[at + 3 * A_ROW + 1]);
      c30 = x.fma(b0, c30);
      x = FloatVector.broadcast(SPECIES, a[at + 4 * A_ROW + 1]);
      c40 = x.fma(b0, c40);
      x = FloatVector.broadcast(SPECIES, a[at + 5 * A_ROW + 1]);
      c50 = x.fma(b0, c50);
      b0 = FloatVector.fromMemorySegment(SPECIES, b, row + 2 * BYTES, ORDER);
      x = FloatVector.broadcast(SPECIES, a[at + 2]);
      c00 = x.fma(b0, c00);
      x = FloatVector.broadcast(SPECIES, a[at + A_ROW + 2]);
      c10 = x.fma(b0, c10);
      x = FloatVector.broadcast(SPECIES, a[at + 2 * A_ROW + 2]);
      c20 = x.fma(b0, c20);
      x = FloatVector.broadcast(SPECIES, a[at + 3 * A_ROW + 2]);
      c30 = x.fma(b0, c30);
      x = FloatVector.broadcast(SPECIES, a[at + 4 * A_ROW + 2]);
      c40 = x.fma(b0, c40);
      x = FloatVector.broadcast(SPECIES, a[at + 5 * A_ROW + 2]);
      c50 = x.fma(b0, c50);
      b0 = FloatVector.fromMemorySegment(SPECIES, b, row + 3 * BYTES, ORDER);
      x = FloatVector.broadcast(SPECIES, a[at + 3]);
      c00 = x.fma(b0, c00);
      x = FloatVector.broadcast(SPECIES, a[at + A_ROW + 3]);
      c10 = x.fma(b0, c10);
      x = FloatVector.broadcast(SPECIES, a[at + 2 * A_ROW + 3]);
      c20 = x.fma(b0, c20);
      x = FloatVector.broadcast(SPECIES, a[at + 3 * A_ROW + 3]);
      c30 = x.fma(b0, c30);
      x = FloatVector.broadcast(SPECIES, a[at + 4 * A_ROW + 3]);
      c40 = x.fma(b0, c40);
      x = FloatVector.broadcast(SPECIES, a[at + 5 * A_ROW + 3]);
      c50 = x.fma(b0, c50);
      at += 4;
      row += 4 * BYTES;
    }
    c00.intoArray(c, 0);
    c10.intoArray(c, LENGTH);
    c20.intoArray(c, 2 * LENGTH);
    c30.intoArray(c, 3 * LENGTH);
    c40.intoArray(c, 4 * LENGTH);
    c50.intoArray(c, 5 * LENGTH);
  }

  /** Four rows by one vector. */
  static void rows4(float[] a, int left, MemorySegment b, long from, long end, float[] c) {
    int at = left;
    long row = from;
    FloatVector c00 = FloatVector.zero(SPECIES);
    FloatVector c10 = FloatVector.zero(SPECIES);
    FloatVector c20 = FloatVector.zero(SPECIES);
    FloatVector c30 = FloatVector.zero(SPECIES);
    while (row != end) {
      FloatVector b0 = FloatVector.fromMemorySegment(SPECIES, b, row, ORDER);
      FloatVector x = FloatVector.broadcast(SPECIES, a[at]);
      c00 = x.fma(b0, c00);
      x = FloatVector.broadcast(SPECIES, a[at + A_ROW]);
      c10 = x.fma(b0, c10);
      x = FloatVector.broadcast(SPECIES, a[at + 2 * A_ROW]);
      c20 = x.fma(b0, c20);
      x = FloatVector.broadcast(SPECIES, a[at + 3 * A_ROW]);
      c30 = x.fma(b0, c30);
      b0 = FloatVector.fromMemorySegment(SPECIES, b, row + BYTES, ORDER);
      x = FloatVector.broadcast(SPECIES, a[at + 1]);
      c00 = x.fma(b0, c00);
      x = FloatVector.broadcast(SPECIES, a[at + A_ROW + 1]);
      c10 = x.fma(b0, c10);
      x = FloatVector.broadcast(SPECIES, a[at + 2 * A_ROW + 1]);
      c20 = x.fma(b0, c20);
      x = FloatVector.broadcast(SPECIES, a[at + 3 * A_ROW + 1]);
      c30 = x.fma(b0, c30);
      at += 2;
      row += 2 * BYTES;
    }
    c00.intoArray(c, 0);
    c10.intoArray(c, LENGTH);
    c20.intoArray(c, 2 * LENGTH);
    c30.intoArray(c, 3 * LENGTH);
  }

  /** Two rows by one vector. */
  static void rows2(float[] a, int left, MemorySegment b, long from, long end, float[] c) {
    int at = left;
    long row = from;
    FloatVector c00 = FloatVector.zero(SPECIES);
    FloatVector c10 = FloatVector.zero(SPECIES);
    while (row != end) {
      FloatVector b0 = FloatVector.fromMemorySegment(SPECIES, b, row, ORDER);
      FloatVector x = FloatVector.broadcast(SPECIES, a[at]);
      c00 = x.fma(b0, c00);
      x = FloatVector.broadcast(SPECIES, a[at + A_ROW]);
      c10 = x.fma(b0, c10);
      b0 = FloatVector.fromMemorySegment(SPECIES, b, row + BYTES, ORDER);
      x = FloatVector.broadcast(SPECIES, a[at + 1]);
      c00 = x.fma(b0, c00);
      x = FloatVector.broadcast(SPECIES, a[at + A_ROW + 1]);
      c10 = x.fma(b0, c10);
      at += 2;
      row += 2 * BYTES;
    }
    c00.intoArray(c, 0);
    c10.intoArray(c, LENGTH);
  }

  /** One row by one vector. */
  static void rows1(float[] a, int left, MemorySegment b, long from, long end, float[] c) {
    int at = left;
    long row = from;
    FloatVector c00 = FloatVector.zero(SPECIES);
    while (row != end) {
      FloatVector b0 = FloatVector.fromMemorySegment(SPECIES, b, row, ORDER);
      FloatVector x = FloatVector.broadcast(SPECIES, a[at]);
      c00 = x.fma(b0, c00);
      b0 = FloatVector.fromMemorySegment(SPECIES, b, row + BYTES, ORDER);
      x = FloatVector.broadcast(SPECIES, a[at + 1]);
      c00 = x.fma(b0, c00);
      at += 2;
      row += 2 * BYTES;
    }
    c00.intoArray(c, 0);
  }
}
