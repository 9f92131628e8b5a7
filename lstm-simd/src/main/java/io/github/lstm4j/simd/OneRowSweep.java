package io.github.lstm4j.simd;

import static io.github.lstm4j.kernels.Kernels.DEPTH_BLOCK;
import static io.github.lstm4j.simd.Lanes.A_ROW;
import static io.github.lstm4j.simd.Lanes.BYTES;
import static io.github.lstm4j.simd.Lanes.LENGTH;
import static io.github.lstm4j.simd.Lanes.WIDE;

import io.github.lstm4j.memory.Matrix;
import java.lang.foreign.MemorySegment;

/**
 * A product of a single row, or of the one that is left over: every panel of the right operand once, two side by side
 * wherever two of a width are left. B1 T100 H64 takes 0.091 ms so, and 0.098 where its last four vectors go by two. A
 * panel that is left alone goes twice and the second time for nothing, which takes no time: {@link OneRowTiles} says
 * what it would wait for.
 *
 * <p>Panels are met in both {@link Directions}. Here L1 too still holds some of them: B1 T100 H64, whose weights are 64
 * KB, takes 0.107 ms without both.
 */
final class OneRowSweep {
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
    int vectors = Panels.vectors(c.columns());
    int wide = Panels.wide(vectors);
    boolean descending = directions.turn(b.number());
    int taken;
    for (int done = 0; done < vectors; done += taken) {
      int v = descending ? Panels.first(vectors, vectors - done - 1) : done;
      int width = Panels.width(vectors, v);
      int low = v < wide ? 0 : wide;
      int high = v < wide ? wide : vectors;
      boolean two = descending ? v - width >= low : v + 2 * width <= high;
      taken = two ? 2 * width : width;
      panels(c, row, b, first, depth, two && descending ? v - width : v, width, two, add);
    }
  }

  private void panels(
      Matrix c, int row, SimdPacked b, int first, int depth, int v, int width, boolean two, boolean add) {
    MemorySegment panels = b.panels();
    long rowBytes = width * BYTES;
    long start = Panels.offset(v, width, b.panelDepth(), first);
    long apart = two ? b.panelDepth() * rowBytes : 0;
    for (int k = 0; k < depth; k += DEPTH_BLOCK) {
      long from = start + k * rowBytes;
      long end = start + Math.min(k + DEPTH_BLOCK, depth) * rowBytes;
      int at = k / DEPTH_BLOCK * A_ROW;
      switch (width) {
        case WIDE -> OneRowTiles.wide(left, at, panels, from, end, apart, tile);
        case 2 -> OneRowTiles.narrow(left, at, panels, from, end, apart, tile);
        default -> NarrowTiles.rows1(left, at, panels, from, end, tile);
      }
      TileStore.store(c, row, v * LENGTH, 1, two ? 2 * width : width, tile, add || k > 0);
    }
  }
}
