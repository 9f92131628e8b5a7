package io.github.lstm4j.simd;

import static io.github.lstm4j.memory.Matrix.FLOAT;
import static io.github.lstm4j.simd.Lanes.A_STEP;
import static io.github.lstm4j.simd.Lanes.BYTES;
import static io.github.lstm4j.simd.Lanes.ORDER;
import static io.github.lstm4j.simd.Lanes.SPECIES;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/**
 * The micro-kernels whose left operand stands by columns: the rows of a tile follow each other, {@link Lanes#A_STEP}
 * bytes from one step of the depth to the next. That is how a transposed operand lies in memory, so nothing needs to be
 * transposed for it. Otherwise the operands and the form are those of {@link WideTiles}.
 */
final class ColumnTiles {
  private ColumnTiles() {}

  /** Eight rows by three vectors. */
  static void rows8x3(
      MemorySegment a, long left, MemorySegment b, long from, long end, MemorySegment c, long to, long stride) {
    long at = left;
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
      FloatVector x = FloatVector.broadcast(SPECIES, a.get(FLOAT, at));
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      c02 = x.fma(b2, c02);
      x = FloatVector.broadcast(SPECIES, a.get(FLOAT, at + 4));
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      c12 = x.fma(b2, c12);
      x = FloatVector.broadcast(SPECIES, a.get(FLOAT, at + 8));
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      c22 = x.fma(b2, c22);
      x = FloatVector.broadcast(SPECIES, a.get(FLOAT, at + 12));
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      c32 = x.fma(b2, c32);
      x = FloatVector.broadcast(SPECIES, a.get(FLOAT, at + 16));
      c40 = x.fma(b0, c40);
      c41 = x.fma(b1, c41);
      c42 = x.fma(b2, c42);
      x = FloatVector.broadcast(SPECIES, a.get(FLOAT, at + 20));
      c50 = x.fma(b0, c50);
      c51 = x.fma(b1, c51);
      c52 = x.fma(b2, c52);
      x = FloatVector.broadcast(SPECIES, a.get(FLOAT, at + 24));
      c60 = x.fma(b0, c60);
      c61 = x.fma(b1, c61);
      c62 = x.fma(b2, c62);
      x = FloatVector.broadcast(SPECIES, a.get(FLOAT, at + 28));
      c70 = x.fma(b0, c70);
      c71 = x.fma(b1, c71);
      c72 = x.fma(b2, c72);
      at += A_STEP;
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
  }

  /** Four rows by three vectors. */
  static void rows4x3(
      MemorySegment a, long left, MemorySegment b, long from, long end, MemorySegment c, long to, long stride) {
    long at = left;
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
    while (row != end) {
      FloatVector b0 = FloatVector.fromMemorySegment(SPECIES, b, row, ORDER);
      FloatVector b1 = FloatVector.fromMemorySegment(SPECIES, b, row + BYTES, ORDER);
      FloatVector b2 = FloatVector.fromMemorySegment(SPECIES, b, row + 2 * BYTES, ORDER);
      FloatVector x = FloatVector.broadcast(SPECIES, a.get(FLOAT, at));
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      c02 = x.fma(b2, c02);
      x = FloatVector.broadcast(SPECIES, a.get(FLOAT, at + 4));
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      c12 = x.fma(b2, c12);
      x = FloatVector.broadcast(SPECIES, a.get(FLOAT, at + 8));
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      c22 = x.fma(b2, c22);
      x = FloatVector.broadcast(SPECIES, a.get(FLOAT, at + 12));
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      c32 = x.fma(b2, c32);
      b0 = FloatVector.fromMemorySegment(SPECIES, b, row + 3 * BYTES, ORDER);
      b1 = FloatVector.fromMemorySegment(SPECIES, b, row + 4 * BYTES, ORDER);
      b2 = FloatVector.fromMemorySegment(SPECIES, b, row + 5 * BYTES, ORDER);
      x = FloatVector.broadcast(SPECIES, a.get(FLOAT, at + A_STEP));
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      c02 = x.fma(b2, c02);
      x = FloatVector.broadcast(SPECIES, a.get(FLOAT, at + 4 + A_STEP));
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      c12 = x.fma(b2, c12);
      x = FloatVector.broadcast(SPECIES, a.get(FLOAT, at + 8 + A_STEP));
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      c22 = x.fma(b2, c22);
      x = FloatVector.broadcast(SPECIES, a.get(FLOAT, at + 12 + A_STEP));
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      c32 = x.fma(b2, c32);
      at += 2 * A_STEP;
      row += 6 * BYTES;
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
  }
}
