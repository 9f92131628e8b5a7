package io.github.lstm4j.simd;

import static io.github.lstm4j.memory.Matrix.FLOAT;
import static io.github.lstm4j.simd.Lanes.BYTES;
import static io.github.lstm4j.simd.Lanes.LENGTH;
import static io.github.lstm4j.simd.Lanes.ORDER;
import static io.github.lstm4j.simd.Lanes.WIDE;
import static io.github.lstm4j.simd.Species.SPECIES;

import io.github.lstm4j.memory.Matrix;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/** Takes a tile to where it belongs in c, as much of it as c has rows and columns for. */
final class TileStore {
  private TileStore() {}

  /**
   * Stores a tile.
   *
   * @param c the result
   * @param row its first row here
   * @param column its first column here
   * @param first the tile's first row that belongs to c
   * @param rows how many of them do
   * @param width vectors of a row of the tile
   * @param tile its rows, one after the other
   * @param add whether to add to c
   */
  static void store(Matrix c, int row, int column, int first, int rows, int width, float[] tile, boolean add) {
    int columns = Math.min(width * LENGTH, c.columns() - column);
    if (columns == WIDE * LENGTH) {
      long to = c.offset(row, column);
      long stride = (long) c.stride() * Float.BYTES;
      int from = first * WIDE * LENGTH;
      int end = from + rows * WIDE * LENGTH;
      if (add) {
        add(c.segment(), to, stride, tile, from, end);
      } else {
        copy(c.segment(), to, stride, tile, from, end);
      }
    } else {
      storePart(c, row, column, first, rows, columns, width * LENGTH, tile, add);
    }
  }

  private static void add(MemorySegment c, long to, long stride, float[] tile, int from, int end) {
    if (WIDE == 3) {
      addThree(c, to, stride, tile, from, end);
    } else {
      addTwo(c, to, stride, tile, from, end);
    }
  }

  private static void copy(MemorySegment c, long to, long stride, float[] tile, int from, int end) {
    if (WIDE == 3) {
      copyThree(c, to, stride, tile, from, end);
    } else {
      copyTwo(c, to, stride, tile, from, end);
    }
  }

  /** Whole rows of three vectors: where full tiles have them, by far the most. */
  private static void addThree(MemorySegment c, long to, long stride, float[] tile, int from, int end) {
    long at = to;
    for (int i = from; i < end; i += 3 * LENGTH, at += stride) {
      FloatVector.fromMemorySegment(SPECIES, c, at, ORDER)
          .add(FloatVector.fromArray(SPECIES, tile, i))
          .intoMemorySegment(c, at, ORDER);
      FloatVector.fromMemorySegment(SPECIES, c, at + BYTES, ORDER)
          .add(FloatVector.fromArray(SPECIES, tile, i + LENGTH))
          .intoMemorySegment(c, at + BYTES, ORDER);
      FloatVector.fromMemorySegment(SPECIES, c, at + 2 * BYTES, ORDER)
          .add(FloatVector.fromArray(SPECIES, tile, i + 2 * LENGTH))
          .intoMemorySegment(c, at + 2 * BYTES, ORDER);
    }
  }

  private static void copyThree(MemorySegment c, long to, long stride, float[] tile, int from, int end) {
    long at = to;
    for (int i = from; i < end; i += 3 * LENGTH, at += stride) {
      FloatVector.fromArray(SPECIES, tile, i).intoMemorySegment(c, at, ORDER);
      FloatVector.fromArray(SPECIES, tile, i + LENGTH).intoMemorySegment(c, at + BYTES, ORDER);
      FloatVector.fromArray(SPECIES, tile, i + 2 * LENGTH).intoMemorySegment(c, at + 2 * BYTES, ORDER);
    }
  }

  /** Whole rows of two vectors. */
  private static void addTwo(MemorySegment c, long to, long stride, float[] tile, int from, int end) {
    long at = to;
    for (int i = from; i < end; i += 2 * LENGTH, at += stride) {
      FloatVector.fromMemorySegment(SPECIES, c, at, ORDER)
          .add(FloatVector.fromArray(SPECIES, tile, i))
          .intoMemorySegment(c, at, ORDER);
      FloatVector.fromMemorySegment(SPECIES, c, at + BYTES, ORDER)
          .add(FloatVector.fromArray(SPECIES, tile, i + LENGTH))
          .intoMemorySegment(c, at + BYTES, ORDER);
    }
  }

  private static void copyTwo(MemorySegment c, long to, long stride, float[] tile, int from, int end) {
    long at = to;
    for (int i = from; i < end; i += 2 * LENGTH, at += stride) {
      FloatVector.fromArray(SPECIES, tile, i).intoMemorySegment(c, at, ORDER);
      FloatVector.fromArray(SPECIES, tile, i + LENGTH).intoMemorySegment(c, at + BYTES, ORDER);
    }
  }

  private static void storePart(
      Matrix c, int row, int column, int first, int rows, int columns, int tileRow, float[] tile, boolean add) {
    MemorySegment target = c.segment();
    for (int r = 0; r < rows; r++) {
      int i = (first + r) * tileRow;
      long to = c.offset(row + r, column);
      int end = i + columns;
      if (add) {
        for (; i + LENGTH <= end; i += LENGTH, to += BYTES) {
          FloatVector.fromMemorySegment(SPECIES, target, to, ORDER)
              .add(FloatVector.fromArray(SPECIES, tile, i))
              .intoMemorySegment(target, to, ORDER);
        }
      } else {
        for (; i + LENGTH <= end; i += LENGTH, to += BYTES) {
          FloatVector.fromArray(SPECIES, tile, i).intoMemorySegment(target, to, ORDER);
        }
      }
      for (; i < end; i++, to += Float.BYTES) {
        target.set(FLOAT, to, add ? target.get(FLOAT, to) + tile[i] : tile[i]);
      }
    }
  }
}
