package io.github.lstm4j.simd;

import static io.github.lstm4j.simd.Lanes.BYTES;
import static io.github.lstm4j.simd.Lanes.LENGTH;
import static io.github.lstm4j.simd.Lanes.ORDER;
import static io.github.lstm4j.simd.Species.SPECIES;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/**
 * The format of a right operand that {@link SimdGemmTransposedA} packs on the way: a panel is as wide as the tiles that
 * take it, its rows follow each other. It is read from L2 as a rule, where {@link Panels} have nothing to gain.
 *
 * <pre>
 * panel 0: row 0 [v0 v1 v2], row 1 [v0 v1 v2], …     panel 1: row 0 [v3 v4], row 1 [v3 v4], …     panel 2: …
 * </pre>
 */
final class TilePanels {
  private TilePanels() {}

  /**
   * Copies a row.
   *
   * @param source what holds it
   * @param from where it starts, in bytes
   * @param columns its length, in floats
   * @param panels what holds the panels
   * @param start where they start, in bytes
   * @param depth rows from one panel to the next
   * @param row which row of the panels it becomes
   */
  static void copyRow(
      MemorySegment source, long from, int columns, MemorySegment panels, long start, int depth, int row) {
    int vectors = Panels.vectors(columns);
    int full = columns / LENGTH;
    int width;
    for (int v = 0; v < vectors; v += width) {
      width = Panels.width(vectors, v);
      long to = start + offset(v, width, depth, row);
      for (int i = v; i < Math.min(v + width, full); i++, to += BYTES) {
        FloatVector.fromMemorySegment(SPECIES, source, from + i * BYTES, ORDER).intoMemorySegment(panels, to, ORDER);
      }
    }
    if (full < vectors) {
      int first = Panels.first(vectors, full);
      long to = start + offset(first, Panels.width(vectors, first), depth, row) + (full - first) * BYTES;
      Panels.copyTail(source, from, columns, panels, to);
    }
  }

  /** Fills a row with zeros. */
  static void zeroRow(int columns, MemorySegment panels, long start, int depth, int row) {
    int vectors = Panels.vectors(columns);
    int width;
    for (int v = 0; v < vectors; v += width) {
      width = Panels.width(vectors, v);
      for (int i = 0; i < width; i++) {
        FloatVector.zero(SPECIES).intoMemorySegment(panels, start + offset(v, width, depth, row) + i * BYTES, ORDER);
      }
    }
  }

  /** Where a row of a panel lies, in bytes: of the panel of this width that starts with this vector. */
  static long offset(int first, int width, int depth, int row) {
    return ((long) first * depth + (long) row * width) * BYTES;
  }
}
