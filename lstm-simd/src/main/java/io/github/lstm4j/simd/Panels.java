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
 * The format of a packed right operand [depth, columns]: a panel is a vector wide. Columns are rounded up to whole
 * panels, the rest filled with zeros. Tiles take up to {@link Lanes#WIDE} panels side by side, each of which is a
 * stream of its own to the CPU, which fetches three streams from L3 faster than one as wide as all (docs/adr/0008).
 *
 * <pre>
 * panel 0: row 0 [v0], row 1 [v0], …     panel 1: row 0 [v1], row 1 [v1], …     panel 2: …
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

  /** How many of these vectors full tiles take. What is left goes in pairs: a single one costs nearly as much. */
  static int wide(int vectors) {
    int left = vectors % WIDE;
    return left == 1 && WIDE > PAIR ? Math.max(0, vectors - 2 * PAIR) : vectors - left;
  }

  /** How many vectors the tiles take that start with this one: by three, 7 are 3 + 2 + 2. */
  static int width(int vectors, int vector) {
    return vector < wide(vectors) ? WIDE : Math.min(PAIR, vectors - vector);
  }

  /** Which vector the tiles start with that take this one. */
  static int first(int vectors, int vector) {
    int wide = wide(vectors);
    return vector < wide ? vector - vector % WIDE : vector - (vector - wide) % PAIR;
  }

  /**
   * Copies rows that follow each other in the panels too, panel by panel.
   *
   * @param source what holds them
   * @param from where the first starts, in bytes
   * @param stride from one to the next, in bytes
   * @param rows how many
   * @param columns their length, in floats
   * @param panels what holds the panels
   * @param depth rows of a panel, padded
   * @param row which row of the panels the first becomes
   */
  static void copyRows(
      MemorySegment source, long from, long stride, int rows, int columns, MemorySegment panels, int depth, int row) {
    int full = columns / LENGTH;
    for (int v = 0; v < full; v++) {
      copyVectors(source, from + v * BYTES, stride, rows, panels, offset(v, depth, row));
    }
    for (int r = 0; r < rows; r++) {
      copyTail(source, from + r * stride, columns, panels, offset(full, depth, row + r));
    }
  }

  /** A method of its own since it is called so often: C2 compiles that sooner than it replaces a loop that runs. */
  private static void copyVectors(
      MemorySegment source, long from, long stride, int rows, MemorySegment panels, long to) {
    for (int r = 0; r < rows; r++) {
      FloatVector.fromMemorySegment(SPECIES, source, from + r * stride, ORDER)
          .intoMemorySegment(panels, to + r * BYTES, ORDER);
    }
  }

  /**
   * Copies what a row has behind its last full vector, and zeros behind it.
   *
   * @param to where the vector that it becomes starts, in bytes
   */
  static void copyTail(MemorySegment source, long from, int columns, MemorySegment panels, long to) {
    int full = Lanes.full(columns);
    if (full < columns) {
      for (int j = 0; j < LENGTH; j++) {
        float x = full + j < columns ? source.get(FLOAT, from + (long) (full + j) * Float.BYTES) : 0f;
        panels.set(FLOAT, to + (long) j * Float.BYTES, x);
      }
    }
  }

  /** Where a row of a panel lies, in bytes. */
  static long offset(int panel, int depth, int row) {
    return ((long) panel * depth + row) * BYTES;
  }
}
