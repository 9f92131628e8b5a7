package io.github.lstm4j.simd;

import static io.github.lstm4j.memory.Matrix.FLOAT;
import static io.github.lstm4j.simd.Lanes.BYTES;
import static io.github.lstm4j.simd.Lanes.LENGTH;
import static io.github.lstm4j.simd.Lanes.ORDER;
import static io.github.lstm4j.simd.Lanes.SPECIES;

import io.github.lstm4j.memory.Matrix;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/** Takes a tile from scratch to where it belongs in c, as much of it as c has columns for. */
final class TileStore {
  private TileStore() {}

  static void store(Matrix c, int row, int column, int rows, int tileColumns, MemorySegment tile, boolean add) {
    int columns = Math.min(tileColumns, c.columns() - column);
    MemorySegment target = c.segment();
    for (int r = 0; r < rows; r++) {
      long from = (long) r * tileColumns * Float.BYTES;
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
