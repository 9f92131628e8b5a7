package io.github.lstm4j.simd;

import static io.github.lstm4j.simd.Lanes.A_STEP;
import static io.github.lstm4j.simd.Lanes.BYTES;
import static io.github.lstm4j.simd.Lanes.LENGTH;
import static io.github.lstm4j.simd.Lanes.ROWS;
import static io.github.lstm4j.simd.Lanes.WIDE;

import io.github.lstm4j.memory.Matrix;
import java.lang.foreign.MemorySegment;

/**
 * One depth block of a product whose left operand is transposed: every tile of a part of c, from packed strips and
 * packed panels. Tiles have their full height always; where c has fewer rows, the strips hold zeros and the rest of
 * the tile is dropped.
 */
final class ColumnSweep {
  private static final long STRIP = A_STEP / Float.BYTES;

  private ColumnSweep() {}

  /**
   * Rows from one packed strip or panel to the next: one more than it has. A depth block takes a multiple of 4 KB, and
   * the rows that packing writes to all strips at once would fall into the same set of L1 (5 % of a product).
   */
  static int apart(int depth) {
    return depth + 1;
  }

  /**
   * c[row.., column..] = or += aᵀ·b.
   *
   * @param scratch holds the packed operands
   * @param c the result
   * @param row its first row
   * @param rows how many rows
   * @param column its first column
   * @param columns how many columns
   * @param depth rows of the block, padded
   * @param add whether to add to c
   */
  static void run(
      Scratch scratch, Matrix c, int row, int rows, int column, int columns, int depth, boolean add) {
    int vectors = Panels.vectors(columns);
    int width;
    for (int v = 0; v < vectors; v += width) {
      width = Panels.width(vectors, v);
      panel(scratch, c, row, rows, column + v * LENGTH, width, Panels.offset(v, width, apart(depth), 0), depth, add);
    }
  }

  private static void panel(
      Scratch scratch, Matrix c, int row, int rows, int column, int width, long from, int depth, boolean add) {
    MemorySegment a = scratch.left();
    MemorySegment b = scratch.right();
    boolean inside = !add && column + width * LENGTH <= c.columns();
    long end = from + (long) depth * width * BYTES;
    for (int r = 0; r < rows; r += ROWS) {
      int height = Math.min(ROWS, rows - r);
      boolean direct = inside && height == ROWS;
      MemorySegment target = direct ? c.segment() : scratch.tile();
      long to = direct ? c.offset(row + r, column) : 0;
      long stride = direct ? (long) c.stride() * Float.BYTES : width * BYTES;
      long at = r / STRIP * apart(depth) * A_STEP + r % STRIP * Float.BYTES;
      if (width == WIDE) {
        if (ROWS == 8) {
          ColumnTiles.rows8x3(a, at, b, from, end, target, to, stride);
        } else {
          ColumnTiles.rows4x3(a, at, b, from, end, target, to, stride);
        }
      } else {
        narrow(a, at, b, from, end, target, to, stride, width);
      }
      if (!direct) {
        TileStore.store(c, row + r, column, height, width, target, add);
      }
    }
  }

  private static void narrow(
      MemorySegment a, long at, MemorySegment b, long from, long end, MemorySegment c, long to, long stride,
      int width) {
    if (ROWS == 8) {
      if (width == 2) {
        NarrowColumnTiles.rows8x2(a, at, b, from, end, c, to, stride);
      } else {
        NarrowColumnTiles.rows8x1(a, at, b, from, end, c, to, stride);
      }
    } else if (width == 2) {
      NarrowColumnTiles.rows4x2(a, at, b, from, end, c, to, stride);
    } else {
      NarrowColumnTiles.rows4x1(a, at, b, from, end, c, to, stride);
    }
  }
}
