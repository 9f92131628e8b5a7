package io.github.lstm4j.simd;

import static io.github.lstm4j.memory.Matrix.FLOAT;
import static io.github.lstm4j.simd.Lanes.A_ROW;
import static io.github.lstm4j.simd.Lanes.BYTES;
import static io.github.lstm4j.simd.Lanes.ORDER;
import static io.github.lstm4j.simd.Lanes.SPECIES;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/**
 * The micro-kernels over panels of a pair of vectors: what is left of the columns beside the wide panels. The operands
 * and the form are those of {@link WideTiles}.
 */
final class PairTiles {
  private PairTiles() {}

  /** Eight rows by two vectors. */
  static void rows8(
      MemorySegment a, long left, MemorySegment b, long from, long end, MemorySegment c, long to, long stride) {
    long at = left;
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
      FloatVector x = FloatVector.broadcast(SPECIES, a.get(FLOAT, at));
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      x = FloatVector.broadcast(SPECIES, a.get(FLOAT, at + A_ROW));
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      x = FloatVector.broadcast(SPECIES, a.get(FLOAT, at + 2 * A_ROW));
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      x = FloatVector.broadcast(SPECIES, a.get(FLOAT, at + 3 * A_ROW));
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      x = FloatVector.broadcast(SPECIES, a.get(FLOAT, at + 4 * A_ROW));
      c40 = x.fma(b0, c40);
      c41 = x.fma(b1, c41);
      x = FloatVector.broadcast(SPECIES, a.get(FLOAT, at + 5 * A_ROW));
      c50 = x.fma(b0, c50);
      c51 = x.fma(b1, c51);
      x = FloatVector.broadcast(SPECIES, a.get(FLOAT, at + 6 * A_ROW));
      c60 = x.fma(b0, c60);
      c61 = x.fma(b1, c61);
      x = FloatVector.broadcast(SPECIES, a.get(FLOAT, at + 7 * A_ROW));
      c70 = x.fma(b0, c70);
      c71 = x.fma(b1, c71);
      at += 4;
      row += 2 * BYTES;
    }
    c00.intoMemorySegment(c, to, ORDER);
    c01.intoMemorySegment(c, to + BYTES, ORDER);
    c10.intoMemorySegment(c, to + stride, ORDER);
    c11.intoMemorySegment(c, to + stride + BYTES, ORDER);
    c20.intoMemorySegment(c, to + 2 * stride, ORDER);
    c21.intoMemorySegment(c, to + 2 * stride + BYTES, ORDER);
    c30.intoMemorySegment(c, to + 3 * stride, ORDER);
    c31.intoMemorySegment(c, to + 3 * stride + BYTES, ORDER);
    c40.intoMemorySegment(c, to + 4 * stride, ORDER);
    c41.intoMemorySegment(c, to + 4 * stride + BYTES, ORDER);
    c50.intoMemorySegment(c, to + 5 * stride, ORDER);
    c51.intoMemorySegment(c, to + 5 * stride + BYTES, ORDER);
    c60.intoMemorySegment(c, to + 6 * stride, ORDER);
    c61.intoMemorySegment(c, to + 6 * stride + BYTES, ORDER);
    c70.intoMemorySegment(c, to + 7 * stride, ORDER);
    c71.intoMemorySegment(c, to + 7 * stride + BYTES, ORDER);
  }

  /** Four rows by two vectors. */
  static void rows4(
      MemorySegment a, long left, MemorySegment b, long from, long end, MemorySegment c, long to, long stride) {
    long at = left;
    long row = from;
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
      FloatVector b1 = FloatVector.fromMemorySegment(SPECIES, b, row + BYTES, ORDER);
      FloatVector x = FloatVector.broadcast(SPECIES, a.get(FLOAT, at));
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      x = FloatVector.broadcast(SPECIES, a.get(FLOAT, at + A_ROW));
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      x = FloatVector.broadcast(SPECIES, a.get(FLOAT, at + 2 * A_ROW));
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      x = FloatVector.broadcast(SPECIES, a.get(FLOAT, at + 3 * A_ROW));
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      b0 = FloatVector.fromMemorySegment(SPECIES, b, row + 2 * BYTES, ORDER);
      b1 = FloatVector.fromMemorySegment(SPECIES, b, row + 3 * BYTES, ORDER);
      x = FloatVector.broadcast(SPECIES, a.get(FLOAT, at + 4));
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      x = FloatVector.broadcast(SPECIES, a.get(FLOAT, at + A_ROW + 4));
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      x = FloatVector.broadcast(SPECIES, a.get(FLOAT, at + 2 * A_ROW + 4));
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      x = FloatVector.broadcast(SPECIES, a.get(FLOAT, at + 3 * A_ROW + 4));
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      at += 8;
      row += 4 * BYTES;
    }
    c00.intoMemorySegment(c, to, ORDER);
    c01.intoMemorySegment(c, to + BYTES, ORDER);
    c10.intoMemorySegment(c, to + stride, ORDER);
    c11.intoMemorySegment(c, to + stride + BYTES, ORDER);
    c20.intoMemorySegment(c, to + 2 * stride, ORDER);
    c21.intoMemorySegment(c, to + 2 * stride + BYTES, ORDER);
    c30.intoMemorySegment(c, to + 3 * stride, ORDER);
    c31.intoMemorySegment(c, to + 3 * stride + BYTES, ORDER);
  }

  /** Two rows by two vectors. */
  static void rows2(
      MemorySegment a, long left, MemorySegment b, long from, long end, MemorySegment c, long to, long stride) {
    long at = left;
    long row = from;
    FloatVector c00 = FloatVector.zero(SPECIES);
    FloatVector c01 = FloatVector.zero(SPECIES);
    FloatVector c10 = FloatVector.zero(SPECIES);
    FloatVector c11 = FloatVector.zero(SPECIES);
    while (row != end) {
      FloatVector b0 = FloatVector.fromMemorySegment(SPECIES, b, row, ORDER);
      FloatVector b1 = FloatVector.fromMemorySegment(SPECIES, b, row + BYTES, ORDER);
      FloatVector x = FloatVector.broadcast(SPECIES, a.get(FLOAT, at));
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      x = FloatVector.broadcast(SPECIES, a.get(FLOAT, at + A_ROW));
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      b0 = FloatVector.fromMemorySegment(SPECIES, b, row + 2 * BYTES, ORDER);
      b1 = FloatVector.fromMemorySegment(SPECIES, b, row + 3 * BYTES, ORDER);
      x = FloatVector.broadcast(SPECIES, a.get(FLOAT, at + 4));
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      x = FloatVector.broadcast(SPECIES, a.get(FLOAT, at + A_ROW + 4));
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      at += 8;
      row += 4 * BYTES;
    }
    c00.intoMemorySegment(c, to, ORDER);
    c01.intoMemorySegment(c, to + BYTES, ORDER);
    c10.intoMemorySegment(c, to + stride, ORDER);
    c11.intoMemorySegment(c, to + stride + BYTES, ORDER);
  }

  /** One row by two vectors. */
  static void rows1(
      MemorySegment a, long left, MemorySegment b, long from, long end, MemorySegment c, long to, long stride) {
    long at = left;
    long row = from;
    FloatVector c00 = FloatVector.zero(SPECIES);
    FloatVector c01 = FloatVector.zero(SPECIES);
    while (row != end) {
      FloatVector b0 = FloatVector.fromMemorySegment(SPECIES, b, row, ORDER);
      FloatVector b1 = FloatVector.fromMemorySegment(SPECIES, b, row + BYTES, ORDER);
      FloatVector x = FloatVector.broadcast(SPECIES, a.get(FLOAT, at));
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      b0 = FloatVector.fromMemorySegment(SPECIES, b, row + 2 * BYTES, ORDER);
      b1 = FloatVector.fromMemorySegment(SPECIES, b, row + 3 * BYTES, ORDER);
      x = FloatVector.broadcast(SPECIES, a.get(FLOAT, at + 4));
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      at += 8;
      row += 4 * BYTES;
    }
    c00.intoMemorySegment(c, to, ORDER);
    c01.intoMemorySegment(c, to + BYTES, ORDER);
  }
}
