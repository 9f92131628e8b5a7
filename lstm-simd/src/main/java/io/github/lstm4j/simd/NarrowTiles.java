package io.github.lstm4j.simd;

import static io.github.lstm4j.memory.Matrix.FLOAT;
import static io.github.lstm4j.simd.Lanes.A_ROW;
import static io.github.lstm4j.simd.Lanes.BYTES;
import static io.github.lstm4j.simd.Lanes.ORDER;
import static io.github.lstm4j.simd.Lanes.SPECIES;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/**
 * The micro-kernels over a panel of one vector: matrices that have no more columns than that. The operands and the form
 * are those of {@link WideTiles}.
 */
final class NarrowTiles {
  private NarrowTiles() {}

  /** Eight rows by one vector. */
  static void rows8(
      MemorySegment a, long left, MemorySegment b, long from, long end, MemorySegment c, long to, long stride) {
    long at = left;
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
      FloatVector x = FloatVector.broadcast(SPECIES, a.get(FLOAT, at));
      c00 = x.fma(b0, c00);
      x = FloatVector.broadcast(SPECIES, a.get(FLOAT, at + A_ROW));
      c10 = x.fma(b0, c10);
      x = FloatVector.broadcast(SPECIES, a.get(FLOAT, at + 2 * A_ROW));
      c20 = x.fma(b0, c20);
      x = FloatVector.broadcast(SPECIES, a.get(FLOAT, at + 3 * A_ROW));
      c30 = x.fma(b0, c30);
      x = FloatVector.broadcast(SPECIES, a.get(FLOAT, at + 4 * A_ROW));
      c40 = x.fma(b0, c40);
      x = FloatVector.broadcast(SPECIES, a.get(FLOAT, at + 5 * A_ROW));
      c50 = x.fma(b0, c50);
      x = FloatVector.broadcast(SPECIES, a.get(FLOAT, at + 6 * A_ROW));
      c60 = x.fma(b0, c60);
      x = FloatVector.broadcast(SPECIES, a.get(FLOAT, at + 7 * A_ROW));
      c70 = x.fma(b0, c70);
      b0 = FloatVector.fromMemorySegment(SPECIES, b, row + BYTES, ORDER);
      x = FloatVector.broadcast(SPECIES, a.get(FLOAT, at + 4));
      c00 = x.fma(b0, c00);
      x = FloatVector.broadcast(SPECIES, a.get(FLOAT, at + A_ROW + 4));
      c10 = x.fma(b0, c10);
      x = FloatVector.broadcast(SPECIES, a.get(FLOAT, at + 2 * A_ROW + 4));
      c20 = x.fma(b0, c20);
      x = FloatVector.broadcast(SPECIES, a.get(FLOAT, at + 3 * A_ROW + 4));
      c30 = x.fma(b0, c30);
      x = FloatVector.broadcast(SPECIES, a.get(FLOAT, at + 4 * A_ROW + 4));
      c40 = x.fma(b0, c40);
      x = FloatVector.broadcast(SPECIES, a.get(FLOAT, at + 5 * A_ROW + 4));
      c50 = x.fma(b0, c50);
      x = FloatVector.broadcast(SPECIES, a.get(FLOAT, at + 6 * A_ROW + 4));
      c60 = x.fma(b0, c60);
      x = FloatVector.broadcast(SPECIES, a.get(FLOAT, at + 7 * A_ROW + 4));
      c70 = x.fma(b0, c70);
      at += 8;
      row += 2 * BYTES;
    }
    c00.intoMemorySegment(c, to, ORDER);
    c10.intoMemorySegment(c, to + stride, ORDER);
    c20.intoMemorySegment(c, to + 2 * stride, ORDER);
    c30.intoMemorySegment(c, to + 3 * stride, ORDER);
    c40.intoMemorySegment(c, to + 4 * stride, ORDER);
    c50.intoMemorySegment(c, to + 5 * stride, ORDER);
    c60.intoMemorySegment(c, to + 6 * stride, ORDER);
    c70.intoMemorySegment(c, to + 7 * stride, ORDER);
  }

  /** Four rows by one vector. */
  static void rows4(
      MemorySegment a, long left, MemorySegment b, long from, long end, MemorySegment c, long to, long stride) {
    long at = left;
    long row = from;
    FloatVector c00 = FloatVector.zero(SPECIES);
    FloatVector c10 = FloatVector.zero(SPECIES);
    FloatVector c20 = FloatVector.zero(SPECIES);
    FloatVector c30 = FloatVector.zero(SPECIES);
    while (row != end) {
      FloatVector b0 = FloatVector.fromMemorySegment(SPECIES, b, row, ORDER);
      FloatVector x = FloatVector.broadcast(SPECIES, a.get(FLOAT, at));
      c00 = x.fma(b0, c00);
      x = FloatVector.broadcast(SPECIES, a.get(FLOAT, at + A_ROW));
      c10 = x.fma(b0, c10);
      x = FloatVector.broadcast(SPECIES, a.get(FLOAT, at + 2 * A_ROW));
      c20 = x.fma(b0, c20);
      x = FloatVector.broadcast(SPECIES, a.get(FLOAT, at + 3 * A_ROW));
      c30 = x.fma(b0, c30);
      b0 = FloatVector.fromMemorySegment(SPECIES, b, row + BYTES, ORDER);
      x = FloatVector.broadcast(SPECIES, a.get(FLOAT, at + 4));
      c00 = x.fma(b0, c00);
      x = FloatVector.broadcast(SPECIES, a.get(FLOAT, at + A_ROW + 4));
      c10 = x.fma(b0, c10);
      x = FloatVector.broadcast(SPECIES, a.get(FLOAT, at + 2 * A_ROW + 4));
      c20 = x.fma(b0, c20);
      x = FloatVector.broadcast(SPECIES, a.get(FLOAT, at + 3 * A_ROW + 4));
      c30 = x.fma(b0, c30);
      at += 8;
      row += 2 * BYTES;
    }
    c00.intoMemorySegment(c, to, ORDER);
    c10.intoMemorySegment(c, to + stride, ORDER);
    c20.intoMemorySegment(c, to + 2 * stride, ORDER);
    c30.intoMemorySegment(c, to + 3 * stride, ORDER);
  }

  /** Two rows by one vector. */
  static void rows2(
      MemorySegment a, long left, MemorySegment b, long from, long end, MemorySegment c, long to, long stride) {
    long at = left;
    long row = from;
    FloatVector c00 = FloatVector.zero(SPECIES);
    FloatVector c10 = FloatVector.zero(SPECIES);
    while (row != end) {
      FloatVector b0 = FloatVector.fromMemorySegment(SPECIES, b, row, ORDER);
      FloatVector x = FloatVector.broadcast(SPECIES, a.get(FLOAT, at));
      c00 = x.fma(b0, c00);
      x = FloatVector.broadcast(SPECIES, a.get(FLOAT, at + A_ROW));
      c10 = x.fma(b0, c10);
      b0 = FloatVector.fromMemorySegment(SPECIES, b, row + BYTES, ORDER);
      x = FloatVector.broadcast(SPECIES, a.get(FLOAT, at + 4));
      c00 = x.fma(b0, c00);
      x = FloatVector.broadcast(SPECIES, a.get(FLOAT, at + A_ROW + 4));
      c10 = x.fma(b0, c10);
      at += 8;
      row += 2 * BYTES;
    }
    c00.intoMemorySegment(c, to, ORDER);
    c10.intoMemorySegment(c, to + stride, ORDER);
  }

  /** One row by one vector. */
  static void rows1(
      MemorySegment a, long left, MemorySegment b, long from, long end, MemorySegment c, long to, long stride) {
    long at = left;
    long row = from;
    FloatVector c00 = FloatVector.zero(SPECIES);
    while (row != end) {
      FloatVector b0 = FloatVector.fromMemorySegment(SPECIES, b, row, ORDER);
      FloatVector x = FloatVector.broadcast(SPECIES, a.get(FLOAT, at));
      c00 = x.fma(b0, c00);
      b0 = FloatVector.fromMemorySegment(SPECIES, b, row + BYTES, ORDER);
      x = FloatVector.broadcast(SPECIES, a.get(FLOAT, at + 4));
      c00 = x.fma(b0, c00);
      at += 8;
      row += 2 * BYTES;
    }
    c00.intoMemorySegment(c, to, ORDER);
  }
}
