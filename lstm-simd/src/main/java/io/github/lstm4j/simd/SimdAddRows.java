package io.github.lstm4j.simd;

import static io.github.lstm4j.simd.Lanes.BYTES;
import static io.github.lstm4j.simd.Lanes.ORDER;
import static io.github.lstm4j.simd.Lanes.full;
import static io.github.lstm4j.simd.Species.SPECIES;
import static jdk.incubator.vector.FloatVector.fromMemorySegment;

import io.github.lstm4j.kernels.scalar.ScalarVectors;
import io.github.lstm4j.memory.Matrix;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/** Additions of rows to a table, a vector at a time; columns that fill no vector go to the scalar twin. */
final class SimdAddRows {
  private SimdAddRows() {}

  static void add(Matrix table, int[] index, Matrix rows) {
    int full = full(table.columns());
    for (int r = 0; r < index.length; r++) {
      if (index[r] >= 0) {
        row(table.segment(), table.offset(index[r]), rows.segment(), rows.offset(r), (long) full * Float.BYTES);
      }
    }
    if (full < table.columns()) {
      ScalarVectors.addRows(table, index, rows, full);
    }
  }

  private static void row(MemorySegment table, long to, MemorySegment rows, long from, long bytes) {
    for (long at = 0; at < bytes; at += BYTES) {
      FloatVector x = fromMemorySegment(SPECIES, rows, from + at, ORDER);
      fromMemorySegment(SPECIES, table, to + at, ORDER).add(x).intoMemorySegment(table, to + at, ORDER);
    }
  }
}
