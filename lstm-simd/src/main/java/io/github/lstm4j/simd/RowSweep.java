package io.github.lstm4j.simd;

import static io.github.lstm4j.kernels.Kernels.DEPTH_BLOCK;
import static io.github.lstm4j.simd.Lanes.A_ROW;
import static io.github.lstm4j.simd.Lanes.BYTES;
import static io.github.lstm4j.simd.Lanes.LENGTH;
import static io.github.lstm4j.simd.Lanes.ROWS;
import static io.github.lstm4j.simd.Lanes.WIDE;

import io.github.lstm4j.memory.Matrix;
import java.lang.foreign.MemorySegment;

/**
 * A chunk of several rows of a product: every panel of the right operand, for each of its depth blocks every tile of
 * the chunk.
 *
 * <p>The panels are met in both {@link Directions}: the time loop multiplies by the same matrix in every step, and what
 * L2 still holds of it is what was met last. Each sum is the same in either order.
 */
final class RowSweep {
  /** How many tiles a panel may serve for {@link AheadTiles} to pay: with more, their price is paid too often. */
  private static final int AHEAD_TILES = 16;

  private final float[] left;
  private final float[] tile;
  private final Directions directions;
  private boolean descending;

  /** What the loads of {@link AheadTiles} add up to: it has to go somewhere. */
  @SuppressWarnings("UnusedVariable")
  private int touched;

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
  void run(Matrix c, int row, int rows, SimdPacked b, int first, int depth, boolean add) {
    int vectors = Panels.vectors(c.columns());
    descending = directions.turn(b.number());
    int width;
    if (descending) {
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

  private void panel(Matrix c, int row, int rows, SimdPacked b, int first, int depth, int v, int width, boolean add) {
    long rowBytes = width * BYTES;
    long start = Panels.offset(v, width, b.panelDepth(), first);
    for (int k = 0; k < depth; k += DEPTH_BLOCK) {
      long from = start + k * rowBytes;
      long end = start + Math.min(k + DEPTH_BLOCK, depth) * rowBytes;
      int a = k / DEPTH_BLOCK * rows * A_ROW;
      boolean adds = add || k > 0;
      if (width == WIDE) {
        boolean back = descending && k + DEPTH_BLOCK >= depth;
        wide(c, row, rows, v * LENGTH, a, b, from, end, back ? start - b.panelDepth() * rowBytes : end, adds);
      } else {
        narrow(c, row, rows, v * LENGTH, width, a, b.panels(), from, end, adds);
      }
    }
  }

  /** The tiles of a wide panel and one depth block; {@code next} is where the one after it starts. */
  private void wide(
      Matrix c, int row, int rows, int column, int a, SimdPacked b, long from, long end, long next, boolean add) {
    MemorySegment panels = b.panels();
    // All tiles together touch as many bytes as a panel has, which lie where the next one does.
    int tiles = rows / ROWS;
    boolean touches = touchesAhead(tiles, b);
    long pace = touches ? WIDE * BYTES / tiles & -Float.BYTES : 0;
    long ahead = Math.clamp(next, 0, panels.byteSize() - (end - from));
    int height;
    for (int r = 0; r < rows; r += height) {
      height = height(rows - r);
      int at = a + r * A_ROW;
      switch (height) {
        case 8 -> {
          if (touches) {
            touched += AheadTiles.rows8(left, at, panels, from, end, tile, ahead, pace);
            ahead += (end - from) / (WIDE * BYTES) * pace;
          } else {
            WideTiles.rows8(left, at, panels, from, end, tile);
          }
        }
        case 4 -> WideTiles.rows4(left, at, panels, from, end, tile);
        case 2 -> WideTiles.rows2(left, at, panels, from, end, tile);
        default -> WideTiles.rows1(left, at, panels, from, end, tile);
      }
      TileStore.store(c, row + r, column, height, WIDE, tile, add);
    }
  }

  /** Whether {@link AheadTiles} serve so many full tiles of rows. */
  static boolean touchesAhead(int tiles, SimdPacked b) {
    return ROWS == 8 && tiles > 0 && tiles <= AHEAD_TILES && b.exceedsL2();
  }

  private void narrow(
      Matrix c, int row, int rows, int column, int width, int a, MemorySegment b, long from, long end, boolean add) {
    int height;
    for (int r = 0; r < rows; r += height) {
      height = height(rows - r);
      int at = a + r * A_ROW;
      if (width == 2) {
        switch (height) {
          case 8 -> PairTiles.rows8(left, at, b, from, end, tile);
          case 4 -> PairTiles.rows4(left, at, b, from, end, tile);
          case 2 -> PairTiles.rows2(left, at, b, from, end, tile);
          default -> PairTiles.rows1(left, at, b, from, end, tile);
        }
      } else {
        switch (height) {
          case 8 -> NarrowTiles.rows8(left, at, b, from, end, tile);
          case 4 -> NarrowTiles.rows4(left, at, b, from, end, tile);
          case 2 -> NarrowTiles.rows2(left, at, b, from, end, tile);
          default -> NarrowTiles.rows1(left, at, b, from, end, tile);
        }
      }
      TileStore.store(c, row + r, column, height, width, tile, add);
    }
  }

  /** The rows of the next tile: full ones first, then 4, 2 and 1. */
  private static int height(int rows) {
    return rows >= ROWS ? ROWS : rows >= 4 ? 4 : rows >= 2 ? 2 : 1;
  }
}
