package io.github.lstm4j.simd;

import static io.github.lstm4j.kernels.Kernels.DEPTH_BLOCK;
import static io.github.lstm4j.simd.Lanes.A_ROW;
import static io.github.lstm4j.simd.Lanes.BYTES;
import static io.github.lstm4j.simd.Lanes.LENGTH;
import static io.github.lstm4j.simd.Lanes.ROWS;

import java.lang.foreign.MemorySegment;

/**
 * A chunk of several rows of a product: every panel of the right operand, for each of its depth blocks every tile of
 * the chunk.
 *
 * <p>The panels are met in both {@link Directions}: the time loop multiplies by the same matrix in every step, and what
 * L2 still holds of it is what was met last. Each sum is the same in either order.
 */
final class RowSweep {
  /**
   * A right operand of so many bytes does not stay in L2, nor does what its product is added to, which is prefetched
   * then: with 1 MB that costs, with 4 MB it pays (docs/performance.md); the bound is chosen between them.
   */
  static final long PAST_L2_BYTES = 2 << 20;

  /** Whether it is: measured with AVX2, not with AVX-512, which has the other tile. */
  private static final boolean PREFETCHES = ROWS == 6;

  private final float[] left;
  private final float[] tile;
  private final Directions directions;

  @SuppressWarnings("UnusedVariable")
  private float prefetched; // C2 does not know that nobody reads it

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
    int width;
    if (directions.turn(b.number())) {
      for (int end = vectors; end > 0; end -= width) {
        int v = Panels.first(vectors, end - 1);
        width = end - v;
        panel(c, row, rows, b, first, depth, v, width, add);
      }
    } else {
      for (int v = 0; v < vectors; v += width) {
        width = Panels.width(vectors, v);
        panel(c, row, rows, b, first, depth, v, width, add);
      }
    }
  }

  private void panel(
      StackedRows c, int row, int rows, SimdPacked b, int first, int depth, int v, int width, boolean add) {
    // Not where c is overwritten: its second depth block meets lines that the first has just written.
    if (PREFETCHES && add && (long) b.depth() * b.columns() * Float.BYTES >= PAST_L2_BYTES) {
      prefetched = c.prefetch(row, rows, v * LENGTH);
    }
    long start = Panels.offset(v, b.panelDepth(), first);
    for (int k = 0; k < depth; k += DEPTH_BLOCK) {
      long from = start + k * BYTES;
      long end = start + Math.min(k + DEPTH_BLOCK, depth) * BYTES;
      tiles(c, row, rows, v * LENGTH, width, k / DEPTH_BLOCK * rows * A_ROW, b, from, end, add || k > 0);
    }
  }

  private void tiles(
      StackedRows c, int row, int rows, int column, int width, int a, SimdPacked b, long from, long end, boolean add) {
    MemorySegment panels = b.panels();
    long apart = b.panelDepth() * BYTES;
    int height;
    for (int r = 0; r < rows; r += height) {
      height = height(rows - r, width);
      int at = a + r * A_ROW;
      switch (width) {
        case 3 -> wide(height, at, panels, from, end, apart);
        case 2 -> pair(height, at, panels, from, end, apart);
        default -> narrow(height, at, panels, from, end);
      }
      c.store(row + r, column, height, width, tile, add);
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
      case 6 -> SixRowTiles.one(left, at, b, from, end, tile);
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
