package io.github.lstm4j.simd;

import static io.github.lstm4j.simd.Lanes.LENGTH;
import static io.github.lstm4j.simd.Lanes.ORDER;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Columns of a panel out of rows of an operand that stands transposed, square by square in registers: neighbouring rows
 * change lanes, then pairs of them, then fours. The squares are 8 by 8 even where vectors are of 512 bits: 16 by 16
 * take 32 accesses to segments, and C2 made objects of their vectors (80 ms for what takes 5). The lanes are integers,
 * as selectFrom wants its indices.
 */
final class TurnedSquares {
  /** Steps of the depth that are turned together: the least that a call is given. */
  static final int STEPS = 8;

  /** Columns of a panel that are turned together. */
  static final int COLUMNS = Math.min(8, LENGTH);

  private static final long FOUR_BYTES = 4L * Float.BYTES;
  private static final VectorSpecies<Integer> FOUR = IntVector.SPECIES_128;
  private static final VectorSpecies<Integer> EIGHT = IntVector.SPECIES_256;

  // Lanes of two vectors of four, which are counted through: of neighbouring rows, of pairs.
  private static final IntVector LOW_1_OF_4 = IntVector.fromArray(FOUR, new int[] {0, 4, 1, 5}, 0);
  private static final IntVector HIGH_1_OF_4 = IntVector.fromArray(FOUR, new int[] {2, 6, 3, 7}, 0);
  private static final IntVector LOW_2_OF_4 = IntVector.fromArray(FOUR, new int[] {0, 1, 4, 5}, 0);
  private static final IntVector HIGH_2_OF_4 = IntVector.fromArray(FOUR, new int[] {2, 3, 6, 7}, 0);

  // And of eight, likewise in each half: of neighbouring rows, of pairs; then the halves, of fours.
  private static final IntVector LOW_1 = IntVector.fromArray(EIGHT, new int[] {0, 8, 1, 9, 4, 12, 5, 13}, 0);
  private static final IntVector HIGH_1 = IntVector.fromArray(EIGHT, new int[] {2, 10, 3, 11, 6, 14, 7, 15}, 0);
  private static final IntVector LOW_2 = IntVector.fromArray(EIGHT, new int[] {0, 1, 8, 9, 4, 5, 12, 13}, 0);
  private static final IntVector HIGH_2 = IntVector.fromArray(EIGHT, new int[] {2, 3, 10, 11, 6, 7, 14, 15}, 0);
  private static final IntVector LOW_4 = IntVector.fromArray(EIGHT, new int[] {0, 1, 2, 3, 8, 9, 10, 11}, 0);
  private static final IntVector HIGH_4 = IntVector.fromArray(EIGHT, new int[] {4, 5, 6, 7, 12, 13, 14, 15}, 0);

  private TurnedSquares() {}

  /**
   * Fills {@link #COLUMNS} columns of some rows of a panel. The last rows may be written twice: squares overlap.
   *
   * @param b what stands transposed
   * @param from where the part of its first row starts, in bytes
   * @param stride from one of its rows to the next, in bytes
   * @param count rows of the panel, at least {@link #STEPS}
   * @param panels where the panel lies
   * @param to where the columns start in its first row, in bytes
   * @param row from one row of the panel to the next, in bytes
   */
  static void turn(MemorySegment b, long from, long stride, int count, MemorySegment panels, long to, long row) {
    if (LENGTH == 4) {
      four(b, from, stride, count, panels, to, row);
    } else {
      eight(b, from, stride, count, panels, to, row);
    }
  }

  private static void eight(
      MemorySegment b, long from, long stride, int count, MemorySegment panels, long to, long row) {
    for (int k = 0; k < count; k += STEPS) {
      int step = Math.min(k, count - STEPS);
      long at = from + (long) step * Float.BYTES;
      long put = to + step * row;
      IntVector a0 = IntVector.fromMemorySegment(EIGHT, b, at, ORDER);
      IntVector a1 = IntVector.fromMemorySegment(EIGHT, b, at + stride, ORDER);
      IntVector a2 = IntVector.fromMemorySegment(EIGHT, b, at + 2 * stride, ORDER);
      IntVector a3 = IntVector.fromMemorySegment(EIGHT, b, at + 3 * stride, ORDER);
      IntVector a4 = IntVector.fromMemorySegment(EIGHT, b, at + 4 * stride, ORDER);
      IntVector a5 = IntVector.fromMemorySegment(EIGHT, b, at + 5 * stride, ORDER);
      IntVector a6 = IntVector.fromMemorySegment(EIGHT, b, at + 6 * stride, ORDER);
      IntVector a7 = IntVector.fromMemorySegment(EIGHT, b, at + 7 * stride, ORDER);
      IntVector p0 = LOW_1.selectFrom(a0, a1);
      IntVector p1 = HIGH_1.selectFrom(a0, a1);
      IntVector q0 = LOW_1.selectFrom(a2, a3);
      IntVector q1 = HIGH_1.selectFrom(a2, a3);
      IntVector r0 = LOW_1.selectFrom(a4, a5);
      IntVector r1 = HIGH_1.selectFrom(a4, a5);
      IntVector s0 = LOW_1.selectFrom(a6, a7);
      IntVector s1 = HIGH_1.selectFrom(a6, a7);
      IntVector t0 = LOW_2.selectFrom(p0, q0);
      IntVector t1 = HIGH_2.selectFrom(p0, q0);
      IntVector t2 = LOW_2.selectFrom(p1, q1);
      IntVector t3 = HIGH_2.selectFrom(p1, q1);
      IntVector u0 = LOW_2.selectFrom(r0, s0);
      IntVector u1 = HIGH_2.selectFrom(r0, s0);
      IntVector u2 = LOW_2.selectFrom(r1, s1);
      IntVector u3 = HIGH_2.selectFrom(r1, s1);
      LOW_4.selectFrom(t0, u0).intoMemorySegment(panels, put, ORDER);
      LOW_4.selectFrom(t1, u1).intoMemorySegment(panels, put + row, ORDER);
      LOW_4.selectFrom(t2, u2).intoMemorySegment(panels, put + 2 * row, ORDER);
      LOW_4.selectFrom(t3, u3).intoMemorySegment(panels, put + 3 * row, ORDER);
      HIGH_4.selectFrom(t0, u0).intoMemorySegment(panels, put + 4 * row, ORDER);
      HIGH_4.selectFrom(t1, u1).intoMemorySegment(panels, put + 5 * row, ORDER);
      HIGH_4.selectFrom(t2, u2).intoMemorySegment(panels, put + 6 * row, ORDER);
      HIGH_4.selectFrom(t3, u3).intoMemorySegment(panels, put + 7 * row, ORDER);
    }
  }

  /** Two squares a turn, so that the method is too large to be inlined. */
  private static void four(
      MemorySegment b, long from, long stride, int count, MemorySegment panels, long to, long row) {
    for (int k = 0; k < count; k += STEPS) {
      int step = Math.min(k, count - STEPS);
      long at = from + (long) step * Float.BYTES;
      long put = to + step * row;
      IntVector a0 = IntVector.fromMemorySegment(FOUR, b, at, ORDER);
      IntVector a1 = IntVector.fromMemorySegment(FOUR, b, at + stride, ORDER);
      IntVector a2 = IntVector.fromMemorySegment(FOUR, b, at + 2 * stride, ORDER);
      IntVector a3 = IntVector.fromMemorySegment(FOUR, b, at + 3 * stride, ORDER);
      IntVector p0 = LOW_1_OF_4.selectFrom(a0, a1);
      IntVector p1 = HIGH_1_OF_4.selectFrom(a0, a1);
      IntVector q0 = LOW_1_OF_4.selectFrom(a2, a3);
      IntVector q1 = HIGH_1_OF_4.selectFrom(a2, a3);
      LOW_2_OF_4.selectFrom(p0, q0).intoMemorySegment(panels, put, ORDER);
      HIGH_2_OF_4.selectFrom(p0, q0).intoMemorySegment(panels, put + row, ORDER);
      LOW_2_OF_4.selectFrom(p1, q1).intoMemorySegment(panels, put + 2 * row, ORDER);
      HIGH_2_OF_4.selectFrom(p1, q1).intoMemorySegment(panels, put + 3 * row, ORDER);
      IntVector b0 = IntVector.fromMemorySegment(FOUR, b, at + FOUR_BYTES, ORDER);
      IntVector b1 = IntVector.fromMemorySegment(FOUR, b, at + stride + FOUR_BYTES, ORDER);
      IntVector b2 = IntVector.fromMemorySegment(FOUR, b, at + 2 * stride + FOUR_BYTES, ORDER);
      IntVector b3 = IntVector.fromMemorySegment(FOUR, b, at + 3 * stride + FOUR_BYTES, ORDER);
      IntVector r0 = LOW_1_OF_4.selectFrom(b0, b1);
      IntVector r1 = HIGH_1_OF_4.selectFrom(b0, b1);
      IntVector s0 = LOW_1_OF_4.selectFrom(b2, b3);
      IntVector s1 = HIGH_1_OF_4.selectFrom(b2, b3);
      LOW_2_OF_4.selectFrom(r0, s0).intoMemorySegment(panels, put + 4 * row, ORDER);
      HIGH_2_OF_4.selectFrom(r0, s0).intoMemorySegment(panels, put + 5 * row, ORDER);
      LOW_2_OF_4.selectFrom(r1, s1).intoMemorySegment(panels, put + 6 * row, ORDER);
      HIGH_2_OF_4.selectFrom(r1, s1).intoMemorySegment(panels, put + 7 * row, ORDER);
    }
  }
}
