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
 * A chunk of rows of a product: every panel of the right operand, for each of its depth blocks every tile of the chunk.
 * Tiles that overwrite and lie inside c are written by the micro-kernel itself; the others go through a scratch tile, so
 * that nothing past c's edge is touched and a micro-kernel has one form.
 *
 * <p>The panels are met in ascending order in one call and in descending order in the next: the time loop multiplies by
 * the same matrix in every step, and what L2 still holds of it is what was met last. Each sum is the same in either
 * order.
 */
final class RowSweep {
  /** How many tiles a panel may serve for {@link AheadTiles} to pay: with more, their price is paid too often. */
  private static final int AHEAD_TILES = 16;

  private final MemorySegment left;
  private final MemorySegment tile;
  private boolean descending;

  /** What the loads of {@link AheadTiles} add up to: it has to go somewhere. */
  @SuppressWarnings("UnusedVariable")
  private int touched;

  RowSweep(MemorySegment left, MemorySegment tile) {
    this.left = left;
    this.tile = tile;
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
    descending = !descending && rows > 1;
    if (descending) {
      for (int v = Panels.first(vectors, vectors - 1); v >= 0; v = v == 0 ? -1 : Panels.first(vectors, v - 1)) {
        panel(c, row, rows, b, first, depth, vectors, v, add);
      }
    } else {
      int next;
      for (int v = 0; v < vectors; v = next) {
        next = v + Panels.width(vectors, v);
        if (rows == 1 && next + WIDE <= Panels.wide(vectors)) {
          next += WIDE;
          twoPanels(c, row, b, first, depth, v, add);
        } else {
          panel(c, row, rows, b, first, depth, vectors, v, add);
        }
      }
    }
  }

  private void panel(
      Matrix c, int row, int rows, SimdPacked b, int first, int depth, int vectors, int v, boolean add) {
    int width = Panels.width(vectors, v);
    long rowBytes = width * BYTES;
    long start = Panels.offset(v, width, b.panelDepth(), first);
    for (int k = 0; k < depth; k += DEPTH_BLOCK) {
      long from = start + k * rowBytes;
      long end = start + Math.min(k + DEPTH_BLOCK, depth) * rowBytes;
      long a = (long) (k / DEPTH_BLOCK) * rows * A_ROW;
      boolean adds = add || k > 0;
      if (width == WIDE) {
        boolean back = descending && end == start + depth * rowBytes;
        wide(c, row, rows, v * LENGTH, a, b, from, end, back ? start - b.panelDepth() * rowBytes : end, adds);
      } else {
        narrow(c, row, rows, v * LENGTH, width, a, b.panels(), from, end, adds);
      }
    }
  }

  /** The tiles of a wide panel and one depth block; {@code next} is where the one after it starts. */
  private void wide(
      Matrix c, int row, int rows, int column, long a, SimdPacked b, long from, long end, long next, boolean add) {
    boolean direct = !add && column + WIDE * LENGTH <= c.columns();
    MemorySegment panels = b.panels();
    MemorySegment target = direct ? c.segment() : tile;
    long stride = direct ? (long) c.stride() * Float.BYTES : WIDE * BYTES;
    // All tiles together touch as many bytes as a panel has, which lie where the next one does.
    int tiles = rows / ROWS;
    long pace = ROWS == 8 && tiles > 0 && tiles <= AHEAD_TILES && b.exceedsL2() ? WIDE * BYTES / tiles & -Float.BYTES : 0;
    long ahead = Math.clamp(next, 0, panels.byteSize() - (end - from));
    int height;
    for (int r = 0; r < rows; r += height) {
      height = height(rows - r);
      long to = direct ? c.offset(row + r, column) : 0;
      long at = a + r * A_ROW;
      switch (height) {
        case 8 -> {
          if (pace > 0) {
            touched += AheadTiles.rows8(left, at, panels, from, end, target, to, stride, ahead, pace);
            ahead += (end - from) / (WIDE * BYTES) * pace;
          } else {
            WideTiles.rows8(left, at, panels, from, end, target, to, stride);
          }
        }
        case 4 -> WideTiles.rows4(left, at, panels, from, end, target, to, stride);
        case 2 -> WideTiles.rows2(left, at, panels, from, end, target, to, stride);
        default -> WideTiles.rows1(left, at, panels, from, end, target, to, stride);
      }
      if (!direct) {
        TileStore.store(c, row + r, column, height, WIDE, target, add);
      }
    }
  }

  private void narrow(
      Matrix c, int row, int rows, int column, int width, long a, MemorySegment b, long from, long end, boolean add) {
    boolean direct = !add && column + width * LENGTH <= c.columns();
    MemorySegment target = direct ? c.segment() : tile;
    long stride = direct ? (long) c.stride() * Float.BYTES : width * BYTES;
    int height;
    for (int r = 0; r < rows; r += height) {
      height = height(rows - r);
      long to = direct ? c.offset(row + r, column) : 0;
      long at = a + r * A_ROW;
      if (width == 2) {
        switch (height) {
          case 8 -> PairTiles.rows8(left, at, b, from, end, target, to, stride);
          case 4 -> PairTiles.rows4(left, at, b, from, end, target, to, stride);
          case 2 -> PairTiles.rows2(left, at, b, from, end, target, to, stride);
          default -> PairTiles.rows1(left, at, b, from, end, target, to, stride);
        }
      } else {
        switch (height) {
          case 8 -> NarrowTiles.rows8(left, at, b, from, end, target, to, stride);
          case 4 -> NarrowTiles.rows4(left, at, b, from, end, target, to, stride);
          case 2 -> NarrowTiles.rows2(left, at, b, from, end, target, to, stride);
          default -> NarrowTiles.rows1(left, at, b, from, end, target, to, stride);
        }
      }
      if (!direct) {
        TileStore.store(c, row + r, column, height, width, target, add);
      }
    }
  }

  /** One row by two wide panels. */
  private void twoPanels(Matrix c, int row, SimdPacked b, int first, int depth, int v, boolean add) {
    long rowBytes = WIDE * BYTES;
    long start = Panels.offset(v, WIDE, b.panelDepth(), first);
    long apart = b.panelDepth() * rowBytes;
    int column = v * LENGTH;
    boolean inside = column + 2 * WIDE * LENGTH <= c.columns();
    for (int k = 0; k < depth; k += DEPTH_BLOCK) {
      boolean adds = add || k > 0;
      boolean direct = inside && !adds;
      long from = start + k * rowBytes;
      long end = start + Math.min(k + DEPTH_BLOCK, depth) * rowBytes;
      OneRowTiles.row1(
          left, (long) (k / DEPTH_BLOCK) * A_ROW, b.panels(), from, end, apart, direct ? c.segment() : tile,
          direct ? c.offset(row, column) : 0);
      if (!direct) {
        TileStore.store(c, row, column, 1, 2 * WIDE, tile, adds);
      }
    }
  }

  /** The rows of the next tile: full ones first, then 4, 2 and 1. */
  private static int height(int rows) {
    return rows >= ROWS ? ROWS : rows >= 4 ? 4 : rows >= 2 ? 2 : 1;
  }
}
