package io.github.lstm4j.simd;

import static io.github.lstm4j.kernels.Kernels.DEPTH_BLOCK;
import static io.github.lstm4j.memory.Matrix.FLOAT;
import static io.github.lstm4j.simd.Lanes.LENGTH;

import io.github.lstm4j.kernels.Store;
import io.github.lstm4j.memory.Matrix;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * c = or += a·b over {@link Panels} without a vector, for the time until the tiles are compiled. The depth blocks of
 * some panels are copied into an array, one after the other, and their columns are summed, in short loops that are
 * called often: they are compiled within milliseconds. The bits are the tiles': every chain is the same. The fused
 * multiply-add is {@link Math#fma(float, float, float)}, since {@link Requirements} ask for hardware that has it.
 */
final class PlainProduct {
  /** Panels that are copied together: a copy takes a program that has just started as long as 500 multiply-adds. */
  private static final int TOGETHER = 8;

  /** Where in the packing space of a thread the sums of the panels lie, in eights: behind a row of a. */
  private static final int SUMS = DEPTH_BLOCK;

  /** Where what they are added to lies. */
  private static final int ADDENDS = SUMS + TOGETHER * LENGTH;

  /** Where the panels lie. */
  private static final int PANELS = ADDENDS + TOGETHER * LENGTH;

  /**
   * Steps of the depth that a call of the innermost method takes. After a thousand calls of 32 turns the JVM compiles
   * the method. With more turns a call it compiled the loop that runs first, and the method waited for that
   * (docs/adr/0007).
   */
  private static final int PIECE = 32;

  private PlainProduct() {}

  static void multiply(Matrix c, Matrix a, SimdPacked b, Store store) {
    int depth = b.depth();
    if (depth == 0 && store == Store.OVERWRITE) {
      c.fill(0f);
    }
    int vectors = Panels.vectors(c.columns());
    for (int block = 0; block < depth; block += DEPTH_BLOCK) {
      int count = Math.min(DEPTH_BLOCK, depth - block);
      boolean add = block > 0 || store == Store.ACCUMULATE;
      for (int v = 0; v < vectors; v += TOGETHER) {
        panels(c, a, b, v, Math.min(TOGETHER, vectors - v), block, count, add);
      }
    }
  }

  private static void panels(Matrix c, Matrix a, SimdPacked b, int v, int width, int block, int count, boolean add) {
    float[] operands = Scratch.ofThread().left();
    copy(b, v, width, block, count, operands);
    int column = v * LENGTH;
    int columns = Math.min(width * LENGTH, c.columns() - column);
    for (int row = 0; row < c.rows(); row++) {
      MemorySegment.copy(a.segment(), FLOAT, a.offset(row, block), operands, 0, count);
      sum(operands, width * LENGTH, count);
      if (add) {
        MemorySegment.copy(c.segment(), FLOAT, c.offset(row, column), operands, ADDENDS, columns);
        add(operands, columns);
      }
      MemorySegment.copy(operands, SUMS, c.segment(), FLOAT, c.offset(row, column), columns);
    }
  }

  /** A depth block of some panels, which are one piece where it is all that they have. */
  private static void copy(SimdPacked b, int v, int width, int block, int count, float[] operands) {
    int floats = count * LENGTH; // of a panel
    int together = count == b.panelDepth() ? width : 1;
    for (int i = 0; i < width; i += together) {
      long from = Panels.offset(v + i, b.panelDepth(), b.row(block));
      MemorySegment.copy(b.panels(), FLOAT, from, operands, PANELS + i * floats, together * floats);
    }
  }

  /**
   * A row of a by some panels: eight columns at a time, as many as hide an addition's latency, which are two panels of
   * four. A single one leaves the other four to whatever follows it, and their sums to nobody.
   */
  private static void sum(float[] operands, int columns, int depth) {
    int second = LENGTH == 4 ? depth * LENGTH : 4; // to the next four columns: in the next panel where one has four
    for (int j = 0; j < columns; j += 8) {
      Arrays.fill(operands, SUMS + j, SUMS + j + 8, 0f);
      int panel = PANELS + j / LENGTH * depth * LENGTH + j % LENGTH;
      for (int k = 0; k < depth; k += PIECE) {
        sum(operands, k, Math.min(PIECE, depth - k), panel + k * LENGTH, second, SUMS + j);
      }
    }
  }

  /** A piece of the depth, added to the chains of eight columns. */
  private static void sum(float[] operands, int from, int count, int panel, int second, int to) {
    float s0 = operands[to];
    float s1 = operands[to + 1];
    float s2 = operands[to + 2];
    float s3 = operands[to + 3];
    float s4 = operands[to + 4];
    float s5 = operands[to + 5];
    float s6 = operands[to + 6];
    float s7 = operands[to + 7];
    int at = panel;
    for (int k = from; k < from + count; k++, at += LENGTH) {
      float x = operands[k];
      s0 = Math.fma(x, operands[at], s0);
      s1 = Math.fma(x, operands[at + 1], s1);
      s2 = Math.fma(x, operands[at + 2], s2);
      s3 = Math.fma(x, operands[at + 3], s3);
      s4 = Math.fma(x, operands[at + second], s4);
      s5 = Math.fma(x, operands[at + second + 1], s5);
      s6 = Math.fma(x, operands[at + second + 2], s6);
      s7 = Math.fma(x, operands[at + second + 3], s7);
    }
    operands[to] = s0;
    operands[to + 1] = s1;
    operands[to + 2] = s2;
    operands[to + 3] = s3;
    operands[to + 4] = s4;
    operands[to + 5] = s5;
    operands[to + 6] = s6;
    operands[to + 7] = s7;
  }

  private static void add(float[] operands, int columns) {
    for (int j = 0; j < columns; j++) {
      operands[SUMS + j] = operands[ADDENDS + j] + operands[SUMS + j];
    }
  }
}
