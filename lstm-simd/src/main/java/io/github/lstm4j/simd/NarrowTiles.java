package io.github.lstm4j.simd;

import static io.github.lstm4j.memory.Matrix.FLOAT;
import static io.github.lstm4j.simd.Lanes.A_ROW;
import static io.github.lstm4j.simd.Lanes.BYTES;
import static io.github.lstm4j.simd.Lanes.ORDER;
import static io.github.lstm4j.simd.Lanes.SPECIES;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/**
 * The micro-kernels over narrow panels (one vector): what is left of the columns beside the wide panels. The operands
 * and the form are those of {@link WideTiles}.
 */
final class NarrowTiles {
  private NarrowTiles() {}

  /** Eight rows by one vector. */
  static void rows8(
      MemorySegment a, long left, MemorySegment b, long from, long end, MemorySegment c, long to, long stride) {
    long at = left;
    long row = from;
    FloatVector c0 = FloatVector.zero(SPECIES);
    FloatVector c1 = FloatVector.zero(SPECIES);
    FloatVector c2 = FloatVector.zero(SPECIES);
    FloatVector c3 = FloatVector.zero(SPECIES);
    FloatVector c4 = FloatVector.zero(SPECIES);
    FloatVector c5 = FloatVector.zero(SPECIES);
    FloatVector c6 = FloatVector.zero(SPECIES);
    FloatVector c7 = FloatVector.zero(SPECIES);
    while (row != end) {
      FloatVector right = FloatVector.fromMemorySegment(SPECIES, b, row, ORDER);
      FloatVector x = FloatVector.broadcast(SPECIES, a.get(FLOAT, at));
      c0 = x.fma(right, c0);
      x = FloatVector.broadcast(SPECIES, a.get(FLOAT, at + A_ROW));
      c1 = x.fma(right, c1);
      x = FloatVector.broadcast(SPECIES, a.get(FLOAT, at + 2 * A_ROW));
      c2 = x.fma(right, c2);
      x = FloatVector.broadcast(SPECIES, a.get(FLOAT, at + 3 * A_ROW));
      c3 = x.fma(right, c3);
      x = FloatVector.broadcast(SPECIES, a.get(FLOAT, at + 4 * A_ROW));
      c4 = x.fma(right, c4);
      x = FloatVector.broadcast(SPECIES, a.get(FLOAT, at + 5 * A_ROW));
      c5 = x.fma(right, c5);
      x = FloatVector.broadcast(SPECIES, a.get(FLOAT, at + 6 * A_ROW));
      c6 = x.fma(right, c6);
      x = FloatVector.broadcast(SPECIES, a.get(FLOAT, at + 7 * A_ROW));
      c7 = x.fma(right, c7);
      right = FloatVector.fromMemorySegment(SPECIES, b, row + BYTES, ORDER);
      x = FloatVector.broadcast(SPECIES, a.get(FLOAT, at + 4));
      c0 = x.fma(right, c0);
      x = FloatVector.broadcast(SPECIES, a.get(FLOAT, at + A_ROW + 4));
      c1 = x.fma(right, c1);
      x = FloatVector.broadcast(SPECIES, a.get(FLOAT, at + 2 * A_ROW + 4));
      c2 = x.fma(right, c2);
      x = FloatVector.broadcast(SPECIES, a.get(FLOAT, at + 3 * A_ROW + 4));
      c3 = x.fma(right, c3);
      x = FloatVector.broadcast(SPECIES, a.get(FLOAT, at + 4 * A_ROW + 4));
      c4 = x.fma(right, c4);
      x = FloatVector.broadcast(SPECIES, a.get(FLOAT, at + 5 * A_ROW + 4));
      c5 = x.fma(right, c5);
      x = FloatVector.broadcast(SPECIES, a.get(FLOAT, at + 6 * A_ROW + 4));
      c6 = x.fma(right, c6);
      x = FloatVector.broadcast(SPECIES, a.get(FLOAT, at + 7 * A_ROW + 4));
      c7 = x.fma(right, c7);
      at += 8;
      row += 2 * BYTES;
    }
    c0.intoMemorySegment(c, to, ORDER);
    c1.intoMemorySegment(c, to + stride, ORDER);
    c2.intoMemorySegment(c, to + 2 * stride, ORDER);
    c3.intoMemorySegment(c, to + 3 * stride, ORDER);
    c4.intoMemorySegment(c, to + 4 * stride, ORDER);
    c5.intoMemorySegment(c, to + 5 * stride, ORDER);
    c6.intoMemorySegment(c, to + 6 * stride, ORDER);
    c7.intoMemorySegment(c, to + 7 * stride, ORDER);
  }

  /** Four rows by one vector. */
  static void rows4(
      MemorySegment a, long left, MemorySegment b, long from, long end, MemorySegment c, long to, long stride) {
    long at = left;
    long row = from;
    FloatVector c0 = FloatVector.zero(SPECIES);
    FloatVector c1 = FloatVector.zero(SPECIES);
    FloatVector c2 = FloatVector.zero(SPECIES);
    FloatVector c3 = FloatVector.zero(SPECIES);
    while (row != end) {
      FloatVector right = FloatVector.fromMemorySegment(SPECIES, b, row, ORDER);
      FloatVector x = FloatVector.broadcast(SPECIES, a.get(FLOAT, at));
      c0 = x.fma(right, c0);
      x = FloatVector.broadcast(SPECIES, a.get(FLOAT, at + A_ROW));
      c1 = x.fma(right, c1);
      x = FloatVector.broadcast(SPECIES, a.get(FLOAT, at + 2 * A_ROW));
      c2 = x.fma(right, c2);
      x = FloatVector.broadcast(SPECIES, a.get(FLOAT, at + 3 * A_ROW));
      c3 = x.fma(right, c3);
      right = FloatVector.fromMemorySegment(SPECIES, b, row + BYTES, ORDER);
      x = FloatVector.broadcast(SPECIES, a.get(FLOAT, at + 4));
      c0 = x.fma(right, c0);
      x = FloatVector.broadcast(SPECIES, a.get(FLOAT, at + A_ROW + 4));
      c1 = x.fma(right, c1);
      x = FloatVector.broadcast(SPECIES, a.get(FLOAT, at + 2 * A_ROW + 4));
      c2 = x.fma(right, c2);
      x = FloatVector.broadcast(SPECIES, a.get(FLOAT, at + 3 * A_ROW + 4));
      c3 = x.fma(right, c3);
      at += 8;
      row += 2 * BYTES;
    }
    c0.intoMemorySegment(c, to, ORDER);
    c1.intoMemorySegment(c, to + stride, ORDER);
    c2.intoMemorySegment(c, to + 2 * stride, ORDER);
    c3.intoMemorySegment(c, to + 3 * stride, ORDER);
  }

  /** Two rows by one vector. */
  static void rows2(
      MemorySegment a, long left, MemorySegment b, long from, long end, MemorySegment c, long to, long stride) {
    long at = left;
    long row = from;
    FloatVector c0 = FloatVector.zero(SPECIES);
    FloatVector c1 = FloatVector.zero(SPECIES);
    while (row != end) {
      FloatVector right = FloatVector.fromMemorySegment(SPECIES, b, row, ORDER);
      FloatVector x = FloatVector.broadcast(SPECIES, a.get(FLOAT, at));
      c0 = x.fma(right, c0);
      x = FloatVector.broadcast(SPECIES, a.get(FLOAT, at + A_ROW));
      c1 = x.fma(right, c1);
      right = FloatVector.fromMemorySegment(SPECIES, b, row + BYTES, ORDER);
      x = FloatVector.broadcast(SPECIES, a.get(FLOAT, at + 4));
      c0 = x.fma(right, c0);
      x = FloatVector.broadcast(SPECIES, a.get(FLOAT, at + A_ROW + 4));
      c1 = x.fma(right, c1);
      at += 8;
      row += 2 * BYTES;
    }
    c0.intoMemorySegment(c, to, ORDER);
    c1.intoMemorySegment(c, to + stride, ORDER);
  }

  /** One row by one vector. */
  static void rows1(
      MemorySegment a, long left, MemorySegment b, long from, long end, MemorySegment c, long to, long stride) {
    long at = left;
    long row = from;
    FloatVector c0 = FloatVector.zero(SPECIES);
    while (row != end) {
      FloatVector right = FloatVector.fromMemorySegment(SPECIES, b, row, ORDER);
      FloatVector x = FloatVector.broadcast(SPECIES, a.get(FLOAT, at));
      c0 = x.fma(right, c0);
      right = FloatVector.fromMemorySegment(SPECIES, b, row + BYTES, ORDER);
      x = FloatVector.broadcast(SPECIES, a.get(FLOAT, at + 4));
      c0 = x.fma(right, c0);
      at += 8;
      row += 2 * BYTES;
    }
    c0.intoMemorySegment(c, to, ORDER);
  }
}
