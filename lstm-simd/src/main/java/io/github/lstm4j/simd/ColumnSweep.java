package io.github.lstm4j.simd;

import static io.github.lstm4j.simd.Lanes.BYTES;
import static io.github.lstm4j.simd.Lanes.LENGTH;
import static io.github.lstm4j.simd.Lanes.ROWS;

import io.github.lstm4j.memory.Matrix;
import java.lang.foreign.MemorySegment;

/**
 * A depth block of a product whose left operand is transposed: every tile of a part of c, from packed strips and packed
 * panels, strip by strip. A strip stays in L1 while the panels come from L2, or from L3 where they are more, which is
 * fast enough; and c, which comes from L3, is met row by row, as the CPU's own prefetching likes it.
 *
 * <p>Tiles have their full height always; where c has fewer rows, the strips hold zeros and the rest of the tile is
 * dropped.
 */
final class ColumnSweep {
  private ColumnSweep() {}

  /**
   * Rows from one packed strip or panel to the next: one more than it has. A depth block takes a multiple of 4 KB, and
   * the rows that packing writes to all strips at once would fall into the same set of L1 (5 % of a product). The row
   * more is also where packing may write beyond the last one: see {@link SimdGemmTransposedA}.
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
   * @param start where the panels start, in bytes
   * @param depth rows of the strips and panels, padded: a depth block at most
   * @param add whether to add to c
   */
  static void run(
      Scratch scratch, Matrix c, int row, int rows, int column, int columns, long start, int depth, boolean add) {
    int vectors = Panels.vectors(columns);
    for (int r = 0; r < rows; r += ROWS) {
      int height = Math.min(ROWS, rows - r);
      int width;
      for (int v = 0; v < vectors; v += width) {
        width = Panels.width(vectors, v);
        long from = start + TilePanels.offset(v, width, apart(depth), 0);
        tile(scratch, r * apart(depth), width, from, from + (long) depth * width * BYTES);
        TileStore.store(c, row + r, column + v * LENGTH, 0, height, width, scratch.tile(), add);
      }
    }
  }

  private static void tile(Scratch scratch, int at, int width, long from, long end) {
    float[] a = scratch.left();
    float[] tile = scratch.tile();
    MemorySegment b = scratch.right();
    if (ROWS == 8) {
      switch (width) {
        case 3 -> ColumnTiles.rows8x3(a, at, b, from, end, tile);
        case 2 -> NarrowColumnTiles.rows8x2(a, at, b, from, end, tile);
        default -> NarrowColumnTiles.rows8x1(a, at, b, from, end, tile);
      }
    } else {
      switch (width) {
        case 2 -> SixColumnTiles.two(a, at, b, from, end, tile);
        default -> NarrowColumnTiles.rows6x1(a, at, b, from, end, tile);
      }
    }
  }
}
