package io.github.lstm4j.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Operands to try have the tiles of those they stand for: each kind of tile is code of its own. */
class TrialOperandsTest {
  private static Set<Integer> severalRows(int columns) {
    int vectors = Panels.vectors(columns);
    Set<Integer> widths = new TreeSet<>();
    for (int v = 0; v < vectors; v += Panels.width(vectors, v)) {
      widths.add(Panels.width(vectors, v));
    }
    return widths;
  }

  private static Set<Integer> oneRow(int columns) {
    Set<Integer> widths = new TreeSet<>();
    int width;
    for (int left = Panels.vectors(columns); left > 0; left -= width) {
      width = OneRowSweep.width(left);
      widths.add(width);
    }
    return widths;
  }

  /** Of all chunks that the rows of a product no deeper than a block are cut into. */
  private static Set<Integer> heights(int rows, int width) {
    Set<Integer> heights = new TreeSet<>();
    int chunk = SimdGemm.chunk(rows, Lanes.LEFT_ROWS);
    int height;
    for (int row = 0; row < rows; row += chunk) {
      for (int left = Math.min(chunk, rows - row); left > 0; left -= height) {
        height = RowSweep.height(left, width);
        heights.add(height);
      }
    }
    return heights;
  }

  @Test
  void haveTheSameTilesOfRows() {
    for (int rows = 1; rows <= 400; rows++) {
      int few = TrialOperands.rows(rows);
      for (int width = 1; width <= Lanes.WIDE; width++) {
        assertEquals(heights(rows, width), heights(few, width), few + " rows, not " + rows + ", width " + width);
      }
    }
  }

  @Test
  void haveTheSameTilesOfColumns() {
    for (int columns = 1; columns <= 400 * Lanes.LENGTH; columns++) {
      for (int few : new int[] {TrialOperands.fewColumns(columns), TrialOperands.columns(columns)}) {
        assertEquals(severalRows(columns), severalRows(few), few + " columns instead of " + columns);
        assertEquals(oneRow(columns), oneRow(few), few + " columns instead of " + columns + ", one row");
        assertEquals(columns % Lanes.LENGTH, few % Lanes.LENGTH);
      }
    }
  }
}
