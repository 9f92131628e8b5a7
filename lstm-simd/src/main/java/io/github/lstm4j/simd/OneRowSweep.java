package io.github.lstm4j.simd;

import static io.github.lstm4j.kernels.Kernels.DEPTH_BLOCK;
import static io.github.lstm4j.simd.Lanes.A_ROW;
import static io.github.lstm4j.simd.Lanes.BYTES;
import static io.github.lstm4j.simd.Lanes.LENGTH;

import io.github.lstm4j.memory.Matrix;
import java.lang.foreign.MemorySegment;

/**
 * A product of a single row, or of the one that is left over: every panel of the right operand once, six side by side
 * as long as there are, since {@link OneRowTiles} would wait for their sums with fewer.
 *
 * <p>Panels are met in both {@link Directions}. Here L1 too still holds some of them: B1 T100 H64, whose weights are 64
 * KB, took 0.107 ms without both instead of 0.091.
 */
final class OneRowSweep {
  /** Panels that the largest tile takes; others take four, three, two and one. */
  static final int MOST = 6;

  private final float[] left;
  private final float[] tile;
  private final Directions directions;

  OneRowSweep(float[] left, float[] tile, Directions directions) {
    this.left = left;
    this.tile = tile;
    this.directions = directions;
  }

  /**
   * c[row] = or += a·b.
   *
   * @param c the result
   * @param row its row, whose left operand is packed
   * @param b the right operand
   * @param first the first row of its panels, at the start of a depth block
   * @param depth how many rows of its panels, padded
   * @param add whether to add to c
   */
  void run(Matrix c, int row, SimdPacked b, int first, int depth, boolean add) {
    int vectors = Panels.vectors(b.columns());
    boolean descending = directions.turn(b.number());
    int width;
    for (int done = 0; done < vectors; done += width) {
      width = width(vectors - done);
      panels(c, row, b, first, depth, descending ? vectors - done - width : done, width, add);
    }
  }

  /** How many panels the next tile takes of so many: 7 are 4 + 3, since a single one would wait for its only sum. */
  static int width(int panels) {
    return switch (panels) {
      case 1, 2, 3, 4 -> panels;
      case 5 -> 3;
      case 7 -> 4;
      default -> MOST;
    };
  }

  private void panels(Matrix c, int row, SimdPacked b, int first, int depth, int v, int width, boolean add) {
    MemorySegment panels = b.panels();
    long start = Panels.offset(v, b.panelDepth(), first);
    long apart = b.panelDepth() * BYTES;
    for (int k = 0; k < depth; k += DEPTH_BLOCK) {
      long from = start + k * BYTES;
      long end = start + Math.min(k + DEPTH_BLOCK, depth) * BYTES;
      int at = k / DEPTH_BLOCK * A_ROW;
      switch (width) {
        case MOST -> OneRowTiles.six(left, at, panels, from, end, apart, tile);
        case 4 -> OneRowTiles.four(left, at, panels, from, end, apart, tile);
        case 3 -> WideTiles.rows1(left, at, panels, from, end, apart, tile);
        case 2 -> PairTiles.rows1(left, at, panels, from, end, apart, tile);
        default -> NarrowTiles.rows1(left, at, panels, from, end, tile);
      }
      TileStore.store(c, row, v * LENGTH, 0, 1, width, tile, add || k > 0);
    }
  }
}
