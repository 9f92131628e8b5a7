package io.github.lstm4j.simd;

import static io.github.lstm4j.memory.Matrix.FLOAT;
import static io.github.lstm4j.simd.Lanes.BYTES;
import static io.github.lstm4j.simd.Lanes.LENGTH;
import static io.github.lstm4j.simd.Lanes.ORDER;
import static io.github.lstm4j.simd.Lanes.SPECIES;
import static io.github.lstm4j.simd.Lanes.STEPS;
import static io.github.lstm4j.simd.Lanes.WIDE;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/**
 * The format of a packed right operand [depth, columns]. Columns are rounded up to whole vectors, the rest filled with
 * zeros. As many vectors as possible stand in wide panels of {@link Lanes#WIDE}, what is left in narrow panels of one:
 *
 * <pre>
 * panel 0: row 0 [v0 v1 v2], row 1 [v0 v1 v2], …     panel 1: row 0 [v3 v4 v5], …     narrow: row 0 [v6], row 1 [v6], …
 * </pre>
 *
 * <p>A depth block that is no multiple of {@link Lanes#STEPS} gets rows of zeros <em>in front</em>, in both operands.
 * That is exact: a chain starts at +0, and fma(0, 0, +0) is +0, whatever follows. (Zeros behind would turn −0 into +0.)
 * Since only the last block can be short, its zeros lie between it and the block before.
 */
final class Panels {
  private Panels() {}

  /** How many rows of zeros stand in front of a block. */
  static int front(int depth) {
    return -depth & (STEPS - 1);
  }

  /** Rows of a packed panel. */
  static int padded(int depth) {
    return depth + front(depth);
  }

  /** Vectors that hold a number of columns. */
  static int vectors(int columns) {
    return (columns + LENGTH - 1) / LENGTH;
  }

  /** How many of these vectors stand in wide panels. */
  static int wide(int vectors) {
    return vectors - vectors % WIDE;
  }

  /**
   * Copies a row.
   *
   * @param source what holds it
   * @param from where it starts, in bytes
   * @param columns its length, in floats
   * @param panels where the panels lie
   * @param depth rows of a panel, padded
   * @param row which row of the panels it becomes
   */
  static void copyRow(MemorySegment source, long from, int columns, MemorySegment panels, int depth, int row) {
    int full = columns / LENGTH;
    int wide = wide(vectors(columns));
    for (int v = 0; v < full; v++) {
      FloatVector.fromMemorySegment(SPECIES, source, from + v * BYTES, ORDER)
          .intoMemorySegment(panels, offset(v, wide, depth, row), ORDER);
    }
    if (full * LENGTH < columns) {
      long at = offset(full, wide, depth, row);
      for (int j = 0; j < LENGTH; j++) {
        int column = full * LENGTH + j;
        float x = column < columns ? source.get(FLOAT, from + (long) column * Float.BYTES) : 0f;
        panels.set(FLOAT, at + (long) j * Float.BYTES, x);
      }
    }
  }

  /** Where a vector lies in packed panels, of which {@code wide} vectors stand in wide ones, in bytes. */
  static long offset(int vector, int wide, int depth, int row) {
    if (vector >= wide) {
      return ((long) vector * depth + row) * BYTES;
    }
    int lane = vector % WIDE;
    return ((long) (vector - lane) * depth + (long) row * WIDE + lane) * BYTES;
  }
}
