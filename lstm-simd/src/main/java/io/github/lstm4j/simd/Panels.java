package io.github.lstm4j.simd;

import static io.github.lstm4j.memory.Matrix.FLOAT;
import static io.github.lstm4j.simd.Lanes.BYTES;
import static io.github.lstm4j.simd.Lanes.LENGTH;
import static io.github.lstm4j.simd.Lanes.ORDER;
import static io.github.lstm4j.simd.Lanes.STEPS;
import static io.github.lstm4j.simd.Lanes.WIDE;
import static io.github.lstm4j.simd.Species.SPECIES;

import io.github.lstm4j.kernels.Kernels;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/**
 * The format of a packed right operand [depth, columns]. Columns are rounded up to whole vectors, the rest filled with
 * zeros. As many vectors as possible stand in wide panels of {@link Lanes#WIDE}; what is left, in panels of two, since
 * those are nearly as fast and panels of one are not: 7 vectors are 3 + 2 + 2. Only a single vector stands alone.
 *
 * <pre>
 * panel 0: row 0 [v0 v1 v2], row 1 [v0 v1 v2], …     panel 1: row 0 [v3 v4], row 1 [v3 v4], …     panel 2: …
 * </pre>
 *
 * <p>A depth block that is no multiple of {@link Lanes#STEPS} gets rows of zeros <em>in front</em>, in both operands.
 * That is exact: a chain starts at +0, and fma(0, 0, +0) is +0, whatever follows. (Zeros behind would turn −0 into +0.)
 * Since only the last block can be short, its zeros lie between it and the block before.
 */
final class Panels {
  private static final int PAIR = 2;

  private Panels() {}

  /** How many rows of zeros stand in front of a block. */
  static int front(int depth) {
    return -depth & (STEPS - 1);
  }

  /** The first step of the last depth block: where the rows of zeros stand. */
  static int lastBlock(int depth) {
    return (depth - 1) / Kernels.DEPTH_BLOCK * Kernels.DEPTH_BLOCK;
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
    int left = vectors % WIDE;
    return left == 1 ? Math.max(0, vectors - 2 * PAIR) : vectors - left;
  }

  /** How many vectors stand in the panel that starts with this one. */
  static int width(int vectors, int vector) {
    return vector < wide(vectors) ? WIDE : Math.min(PAIR, vectors - vector);
  }

  /** Which vector starts the panel that holds this one. */
  static int first(int vectors, int vector) {
    int wide = wide(vectors);
    return vector < wide ? vector - vector % WIDE : vector - (vector - wide) % PAIR;
  }

  /**
   * Copies a row.
   *
   * @param source what holds it
   * @param from where it starts, in bytes
   * @param columns its length, in floats
   * @param panels what holds the panels
   * @param start where they start, in bytes
   * @param depth rows of a panel, padded
   * @param row which row of the panels it becomes
   */
  static void copyRow(
      MemorySegment source, long from, int columns, MemorySegment panels, long start, int depth, int row) {
    int vectors = vectors(columns);
    int full = columns / LENGTH;
    int width;
    for (int v = 0; v < vectors; v += width) {
      width = width(vectors, v);
      long at = start + offset(v, width, depth, row);
      for (int i = v; i < Math.min(v + width, full); i++, at += BYTES) {
        FloatVector.fromMemorySegment(SPECIES, source, from + i * BYTES, ORDER).intoMemorySegment(panels, at, ORDER);
      }
    }
    copyTail(source, from, columns, panels, start, depth, row);
  }

  /** The part of {@link #copyRow} behind the last full vector. */
  static void copyTail(
      MemorySegment source, long from, int columns, MemorySegment panels, long start, int depth, int row) {
    int vectors = vectors(columns);
    int full = columns / LENGTH;
    if (full < vectors) {
      int first = first(vectors, full);
      long at = start + offset(first, width(vectors, first), depth, row) + (full - first) * BYTES;
      for (int j = 0; j < LENGTH; j++) {
        int column = full * LENGTH + j;
        float x = column < columns ? source.get(FLOAT, from + (long) column * Float.BYTES) : 0f;
        panels.set(FLOAT, at + (long) j * Float.BYTES, x);
      }
    }
  }

  /** Where a row of a panel lies, in bytes: of the panel of this width that starts with this vector. */
  static long offset(int first, int width, int depth, int row) {
    return ((long) first * depth + (long) row * width) * BYTES;
  }
}
