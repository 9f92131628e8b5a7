package io.github.lstm4j.simd;

import static io.github.lstm4j.simd.Lanes.A_ROW;
import static io.github.lstm4j.simd.Lanes.BYTES;
import static io.github.lstm4j.simd.Lanes.LENGTH;
import static io.github.lstm4j.simd.Lanes.ROWS;
import static io.github.lstm4j.simd.Lanes.WIDE;

import io.github.lstm4j.memory.Matrix;
import java.lang.foreign.MemorySegment;

/**
 * One depth block of a product: every tile of c from packed rows of a and packed panels of b. Tiles that overwrite and
 * lie inside c are written by the micro-kernel itself; the others go through a scratch tile, so that nothing past c's
 * edge is touched and a micro-kernel has one form.
 */
final class TileSweep {
  private static final int WIDE_COLUMNS = WIDE * LENGTH;

  private TileSweep() {}

  /**
   * c[row.., column..] = or += a·b for one depth block.
   *
   * @param scratch holds the packed rows of a
   * @param c the result
   * @param row its first row
   * @param rows how many rows
   * @param column its first column
   * @param columns how many columns
   * @param b the packed panels
   * @param block the first row of the block in the panels
   * @param depth rows of the block, padded
   * @param panelDepth rows of a panel, padded
   * @param add whether to add to c
   */
  static void multiply(
      Scratch scratch, Matrix c, int row, int rows, int column, int columns,
      MemorySegment b, int block, int depth, int panelDepth, boolean add) {
    int vectors = Panels.vectors(columns);
    int wide = Panels.wide(vectors);
    for (int v = 0; v < wide; v += WIDE) {
      long from = Panels.offset(v, wide, panelDepth, block);
      wide(scratch, c, row, rows, column + v * LENGTH, b, from, from + depth * BYTES * WIDE, add);
    }
    for (int v = wide; v < vectors; v++) {
      long from = Panels.offset(v, wide, panelDepth, block);
      narrow(scratch, c, row, rows, column + v * LENGTH, b, from, from + (long) depth * BYTES, add);
    }
  }

  private static void wide(
      Scratch scratch, Matrix c, int row, int rows, int column, MemorySegment b, long from, long end, boolean add) {
    boolean direct = !add && column + WIDE_COLUMNS <= c.columns();
    MemorySegment a = scratch.left();
    MemorySegment target = direct ? c.segment() : scratch.tile();
    long stride = direct ? (long) c.stride() * Float.BYTES : WIDE * BYTES;
    int height;
    for (int r = 0; r < rows; r += height) {
      height = height(rows - r);
      long left = r * A_ROW;
      long to = direct ? c.offset(row + r, column) : 0;
      switch (height) {
        case 8 -> WideTiles.rows8(a, left, b, from, end, target, to, stride);
        case 4 -> WideTiles.rows4(a, left, b, from, end, target, to, stride);
        case 2 -> WideTiles.rows2(a, left, b, from, end, target, to, stride);
        default -> WideTiles.rows1(a, left, b, from, end, target, to, stride);
      }
      if (!direct) {
        TileStore.store(c, row + r, column, height, WIDE_COLUMNS, target, add);
      }
    }
  }

  private static void narrow(
      Scratch scratch, Matrix c, int row, int rows, int column, MemorySegment b, long from, long end, boolean add) {
    boolean direct = !add && column + LENGTH <= c.columns();
    MemorySegment a = scratch.left();
    MemorySegment target = direct ? c.segment() : scratch.tile();
    long stride = direct ? (long) c.stride() * Float.BYTES : BYTES;
    int height;
    for (int r = 0; r < rows; r += height) {
      height = height(rows - r);
      long left = r * A_ROW;
      long to = direct ? c.offset(row + r, column) : 0;
      switch (height) {
        case 8 -> NarrowTiles.rows8(a, left, b, from, end, target, to, stride);
        case 4 -> NarrowTiles.rows4(a, left, b, from, end, target, to, stride);
        case 2 -> NarrowTiles.rows2(a, left, b, from, end, target, to, stride);
        default -> NarrowTiles.rows1(a, left, b, from, end, target, to, stride);
      }
      if (!direct) {
        TileStore.store(c, row + r, column, height, LENGTH, target, add);
      }
    }
  }

  /** The rows of the next tile: full ones first, then 4, 2 and 1. */
  private static int height(int rows) {
    return rows >= ROWS ? ROWS : rows >= 4 ? 4 : rows >= 2 ? 2 : 1;
  }
}
