package io.github.lstm4j.simd;

import static io.github.lstm4j.memory.Matrix.FLOAT;
import static io.github.lstm4j.simd.Lanes.BYTES;
import static io.github.lstm4j.simd.Lanes.LENGTH;
import static io.github.lstm4j.simd.Lanes.ORDER;
import static io.github.lstm4j.simd.Lanes.SPECIES;
import static io.github.lstm4j.simd.Lanes.WIDE;

import io.github.lstm4j.memory.Matrix;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/** Takes a tile from scratch to where it belongs in c, as much of it as c has rows and columns for. */
final class TileStore {
  private TileStore() {}

  /**
   * Stores a tile.
   *
   * @param c the result
   * @param row its first row here
   * @param column its first column here
   * @param rows how many rows of the tile belong to c
   * @param width vectors of a row of the tile
   * @param tile its rows, one after the other
   * @param add whether to add to c
   */
  static void store(Matrix c, int row, int column, int rows, int width, MemorySegment tile, boolean add) {
    int columns = Math.min(width * LENGTH, c.columns() - column);
    if (add && columns == WIDE * LENGTH) {
      addWide(c.segment(), c.offset(row, column), (long) c.stride() * Float.BYTES, tile, (long) rows * WIDE * BYTES);
    } else {
      storePart(c, row, column, rows, columns, width * BYTES, tile, add);
    }
  }

  /** Whole rows of a wide tile: by far the most. */
  private static void addWide(MemorySegment c, long to, long stride, MemorySegment tile, long end) {
    long at = to;
    for (long from = 0; from < end; from += WIDE * BYTES, at += stride) {
      FloatVector.fromMemorySegment(SPECIES, c, at, ORDER)
          .add(FloatVector.fromMemorySegment(SPECIES, tile, from, ORDER))
          .intoMemorySegment(c, at, ORDER);
      FloatVector.fromMemorySegment(SPECIES, c, at + BYTES, ORDER)
          .add(FloatVector.fromMemorySegment(SPECIES, tile, from + BYTES, ORDER))
          .intoMemorySegment(c, at + BYTES, ORDER);
      FloatVector.fromMemorySegment(SPECIES, c, at + 2 * BYTES, ORDER)
          .add(FloatVector.fromMemorySegment(SPECIES, tile, from + 2 * BYTES, ORDER))
          .intoMemorySegment(c, at + 2 * BYTES, ORDER);
    }
  }

  private static void storePart(
      Matrix c, int row, int column, int rows, int columns, long tileRow, MemorySegment tile, boolean add) {
    MemorySegment target = c.segment();
    for (int r = 0; r < rows; r++) {
      long from = r * tileRow;
      long to = c.offset(row + r, column);
      int j = 0;
      if (add) {
        for (; j + LENGTH <= columns; j += LENGTH, from += BYTES, to += BYTES) {
          FloatVector.fromMemorySegment(SPECIES, target, to, ORDER)
              .add(FloatVector.fromMemorySegment(SPECIES, tile, from, ORDER))
              .intoMemorySegment(target, to, ORDER);
        }
      } else {
        for (; j + LENGTH <= columns; j += LENGTH, from += BYTES, to += BYTES) {
          FloatVector.fromMemorySegment(SPECIES, tile, from, ORDER).intoMemorySegment(target, to, ORDER);
        }
      }
      for (; j < columns; j++, from += Float.BYTES, to += Float.BYTES) {
        float sum = tile.get(FLOAT, from);
        target.set(FLOAT, to, add ? target.get(FLOAT, to) + sum : sum);
      }
    }
  }
}
