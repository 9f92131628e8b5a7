package io.github.lstm4j.simd;

import static io.github.lstm4j.simd.Lanes.BYTES;
import static io.github.lstm4j.simd.Lanes.LENGTH;
import static io.github.lstm4j.simd.Lanes.ORDER;
import static io.github.lstm4j.simd.Species.SPECIES;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/** Rows of an operand into panels, eight at a time: what is written to a panel then is several whole lines. */
final class PanelRows {
  /** Rows that are copied together; a divisor of a depth block. */
  static final int TOGETHER = 8;

  private PanelRows() {}

  /**
   * Copies eight rows, as far as they fill vectors; the rest is {@link Panels#copyTail}.
   *
   * @param source what holds them
   * @param columns their length, in floats
   * @param panels where the panels lie
   * @param depth rows of a panel, padded
   * @param row which row of the panels the first becomes
   * @param row0 where the first starts, in bytes; likewise the others
   */
  static void copy(
      MemorySegment source, int columns, MemorySegment panels, int depth, int row, long row0, long row1, long row2,
      long row3, long row4, long row5, long row6, long row7) {
    int vectors = Panels.vectors(columns);
    int full = columns / LENGTH;
    for (int v = 0; v < full; v++) {
      int first = Panels.first(vectors, v);
      int width = Panels.width(vectors, first);
      long rowBytes = width * BYTES;
      long at = v * BYTES;
      long to = Panels.offset(first, width, depth, row) + (v - first) * BYTES;
      FloatVector.fromMemorySegment(SPECIES, source, row0 + at, ORDER).intoMemorySegment(panels, to, ORDER);
      FloatVector.fromMemorySegment(SPECIES, source, row1 + at, ORDER).intoMemorySegment(panels, to + rowBytes, ORDER);
      FloatVector.fromMemorySegment(SPECIES, source, row2 + at, ORDER)
          .intoMemorySegment(panels, to + 2 * rowBytes, ORDER);
      FloatVector.fromMemorySegment(SPECIES, source, row3 + at, ORDER)
          .intoMemorySegment(panels, to + 3 * rowBytes, ORDER);
      FloatVector.fromMemorySegment(SPECIES, source, row4 + at, ORDER)
          .intoMemorySegment(panels, to + 4 * rowBytes, ORDER);
      FloatVector.fromMemorySegment(SPECIES, source, row5 + at, ORDER)
          .intoMemorySegment(panels, to + 5 * rowBytes, ORDER);
      FloatVector.fromMemorySegment(SPECIES, source, row6 + at, ORDER)
          .intoMemorySegment(panels, to + 6 * rowBytes, ORDER);
      FloatVector.fromMemorySegment(SPECIES, source, row7 + at, ORDER)
          .intoMemorySegment(panels, to + 7 * rowBytes, ORDER);
    }
  }
}
