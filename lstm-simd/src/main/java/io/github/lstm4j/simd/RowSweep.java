package io.github.lstm4j.simd;

import static io.github.lstm4j.kernels.Kernels.DEPTH_BLOCK;
import static io.github.lstm4j.simd.Lanes.A_ROW;
import static io.github.lstm4j.simd.Lanes.BYTES;
import static io.github.lstm4j.simd.Lanes.LENGTH;
import static io.github.lstm4j.simd.Lanes.ROWS;
import static io.github.lstm4j.simd.Lanes.WIDE;

import java.lang.foreign.MemorySegment;

/**
 * A chunk of several rows of a product: group after group of panels, for each depth block of a group and each row of
 * tiles every tile of it. So the strip of a left operand stays in L1 while the group's panels come from L2, and c is
 * met in pieces of several cache lines of a row, as the CPU's own prefetching likes it (docs/adr/0012).
 *
 * <p>The groups are met in both {@link Directions}: the time loop multiplies by the same matrix in every step, and what
 * L2 still holds of it is what was met last. Each sum is the same in any order.
 */
final class RowSweep {
  /**
   * Vectors of a group: eight tiles of two, with 256 bits 256 KB of panels in a depth block, which L2 holds beside the
   * left operand; from four to all panels little differs (docs/adr/0012). A single tile of three, as measured with
   * AVX-512 before there were groups; but what full tiles leave over is one group with both.
   */
  static final int GROUP = ROWS == 6 ? 8 * WIDE : WIDE;

  private final float[] left;
  private final float[] tile;
  private final Directions directions;

  RowSweep(float[] left, float[] tile, Directions directions) {
    this.left = left;
    this.tile = tile;
    this.directions = directions;
  }

  /**
   * c[row..] = or += a·b.
   *
   * @param c the result
   * @param row its first row
   * @param rows how many, their left operands packed
   * @param b the right operand
   * @param first the first row of its panels, at the start of a depth block
   * @param depth how many rows of its panels, padded
   * @param add whether to add to c
   */
  void run(StackedRows c, int row, int rows, SimdPacked b, int first, int depth, boolean add) {
    int vectors = Panels.vectors(b.columns());
    int wide = Panels.wide(vectors);
    int groups = Math.ceilDiv(wide, GROUP); // and one of what full tiles leave over, perhaps nothing
    boolean descending = directions.turn(b.number());
    for (int done = 0; done <= groups; done++) {
      int g = descending ? groups - done : done;
      int v = Math.min(g * GROUP, wide);
      int to = g == groups ? vectors : Math.min(v + GROUP, wide);
      group(c, row, rows, b, first, depth, v, to, add);
    }
  }

  /** The vectors from one on to another, exclusive, in tiles of one width. */
  private void group(StackedRows c, int row, int rows, SimdPacked b, int first, int depth, int v, int to, boolean add) {
    for (int k = 0; k < depth && v < to; k += DEPTH_BLOCK) {
      int steps = Math.min(DEPTH_BLOCK, depth - k);
      tiles(c, row, rows, v, to, k / DEPTH_BLOCK * rows * A_ROW, b, first + k, steps, add || k > 0);
    }
  }

  private void tiles(
      StackedRows c, int row, int rows, int from, int to, int a, SimdPacked b, int first, int steps, boolean add) {
    MemorySegment panels = b.panels();
    int width = Panels.width(Panels.vectors(b.columns()), from);
    long apart = b.panelDepth() * BYTES;
    int height;
    for (int r = 0; r < rows; r += height) {
      height = height(rows - r, width);
      int at = a + r * A_ROW;
      for (int v = from; v < to; v += width) {
        long start = Panels.offset(v, b.panelDepth(), first);
        long end = start + steps * BYTES;
        switch (width) {
          case 3 -> wide(height, at, panels, start, end, apart);
          case 2 -> pair(height, at, panels, start, end, apart);
          default -> narrow(height, at, panels, start, end);
        }
        c.store(row + r, v * LENGTH, height, width, tile, add);
      }
    }
  }

  private void wide(int height, int at, MemorySegment b, long from, long end, long apart) {
    switch (height) {
      case 8 -> WideTiles.rows8(left, at, b, from, end, apart, tile);
      case 4 -> WideTiles.rows4(left, at, b, from, end, apart, tile);
      case 2 -> WideTiles.rows2(left, at, b, from, end, apart, tile);
      default -> WideTiles.rows1(left, at, b, from, end, apart, tile);
    }
  }

  private void pair(int height, int at, MemorySegment b, long from, long end, long apart) {
    switch (height) {
      case 8 -> PairTiles.rows8(left, at, b, from, end, apart, tile);
      case 6 -> SixRowTiles.two(left, at, b, from, end, apart, tile);
      case 5 -> OddTiles.rows5(left, at, b, from, end, apart, tile);
      case 4 -> PairTiles.rows4(left, at, b, from, end, apart, tile);
      case 3 -> OddTiles.rows3(left, at, b, from, end, apart, tile);
      case 2 -> PairTiles.rows2(left, at, b, from, end, apart, tile);
      default -> PairTiles.rows1(left, at, b, from, end, apart, tile);
    }
  }

  private void narrow(int height, int at, MemorySegment b, long from, long end) {
    switch (height) {
      case 8 -> NarrowTiles.rows8(left, at, b, from, end, tile);
      case 6 -> NarrowTiles.rows6(left, at, b, from, end, tile);
      case 4 -> NarrowTiles.rows4(left, at, b, from, end, tile);
      case 2 -> NarrowTiles.rows2(left, at, b, from, end, tile);
      default -> NarrowTiles.rows1(left, at, b, from, end, tile);
    }
  }

  /**
   * The rows of the next tile of so many. Where full ones have eight, those first, then 4, 2 and 1. Where they have
   * six, as few tiles as there can be, as equal as can be: 20 rows are four fives, since the two that three sixes leave
   * over take nearly as long as four. A single vector has tiles of 6, 4, 2 and 1 instead, the larger ones first, but 8
   * rows as two fours and 9 as two fours and a one.
   *
   * @param rows how many rows of a chunk are left, one at least
   * @param width vectors of the tile
   */
  static int height(int rows, int width) {
    if (ROWS == 6 && width == 2) {
      return Math.ceilDiv(rows, Math.ceilDiv(rows, ROWS));
    }
    boolean full = rows >= ROWS && (ROWS == 8 || (rows != 8 && rows != 9));
    return full ? ROWS : rows >= 4 ? 4 : rows >= 2 ? 2 : 1;
  }
}
