package io.github.lstm4j.simd;

import static io.github.lstm4j.memory.Matrix.FLOAT;
import static io.github.lstm4j.simd.Lanes.BYTES;
import static io.github.lstm4j.simd.Lanes.LENGTH;

import io.github.lstm4j.kernels.Kernels;
import io.github.lstm4j.kernels.Orientation;
import io.github.lstm4j.kernels.PackedMatrix;
import io.github.lstm4j.memory.Matrix;
import io.github.lstm4j.memory.Memory;
import java.lang.foreign.MemorySegment;

/** A right operand in {@link Panels}. */
final class SimdPacked implements PackedMatrix {
  private final int depth;
  private final int columns;
  private final Orientation orientation;
  private final MemorySegment panels;

  private SimdPacked(int depth, int columns, Orientation orientation, Memory memory) {
    this.depth = depth;
    this.columns = columns;
    this.orientation = orientation;
    this.panels = memory.allocate((long) Panels.vectors(columns) * Panels.padded(depth) * BYTES);
  }

  static SimdPacked of(Matrix b, Orientation orientation, Memory memory) {
    boolean plain = orientation == Orientation.PLAIN;
    int depth = plain ? b.rows() : b.columns();
    int columns = plain ? b.columns() : b.rows();
    SimdPacked packed = new SimdPacked(depth, columns, orientation, memory);
    packed.fill(b);
    return packed;
  }

  @Override
  public int depth() {
    return depth;
  }

  @Override
  public int columns() {
    return columns;
  }

  @Override
  public Orientation orientation() {
    return orientation;
  }

  MemorySegment panels() {
    return panels;
  }

  /** Which row of the panels holds step k of the depth: the zeros stand in front of the last block. */
  int row(int k) {
    int lastBlock = (depth - 1) / Kernels.DEPTH_BLOCK * Kernels.DEPTH_BLOCK;
    return k < lastBlock ? k : k + Panels.front(depth);
  }

  void fill(Matrix b) {
    int rows = Panels.padded(depth);
    if (orientation == Orientation.PLAIN) {
      for (int k = 0; k < depth; k++) {
        Panels.copyRow(b.segment(), b.offset(k), columns, panels, rows, row(k));
      }
      return;
    }
    int wide = Panels.wide(Panels.vectors(columns));
    for (int j = 0; j < columns; j++) {
      int vector = j / LENGTH;
      long lane = (long) (j % LENGTH) * Float.BYTES;
      for (int k = 0; k < depth; k++) {
        panels.set(FLOAT, Panels.offset(vector, wide, rows, row(k)) + lane, b.segment().get(FLOAT, b.offset(j, k)));
      }
    }
  }
}
