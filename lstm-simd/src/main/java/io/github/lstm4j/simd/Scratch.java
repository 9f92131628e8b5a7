package io.github.lstm4j.simd;

import static io.github.lstm4j.simd.Lanes.A_ROW;
import static io.github.lstm4j.simd.Lanes.BYTES;
import static io.github.lstm4j.simd.Lanes.LENGTH;
import static io.github.lstm4j.simd.Lanes.ROWS;
import static io.github.lstm4j.simd.Lanes.WIDE;

import io.github.lstm4j.kernels.Kernels;
import io.github.lstm4j.memory.Memory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * The packing space of one thread, of a fixed size; panels off-heap, the rest in arrays (see {@link WideTiles}).
 * Kernels are stateless and called from threads that others own, so nobody could close it: the garbage collector frees
 * it after its thread has ended. That is also why it is no {@link Memory}, whose count of live bytes goes back to 0
 * when everything is closed; {@link #MOST_BYTES} is its budget.
 */
final class Scratch {
  /** Columns of a right operand that {@link SimdGemmTransposedA} packs at a time: a multiple of every full tile. */
  static final int RIGHT_COLUMNS = 768;

  private static final int LEFT_FLOATS = Lanes.LEFT_ROWS * A_ROW;

  /** Columns of a left operand that {@link SimdGemmTransposedA} packs at a time: as many strips as fit. */
  static final int LEFT_COLUMNS = LEFT_FLOATS / ColumnSweep.apart(Kernels.DEPTH_BLOCK) / ROWS * ROWS;

  /** A depth block of panels of that many columns. */
  private static final long RIGHT_BYTES = (long) ColumnSweep.apart(Kernels.DEPTH_BLOCK) * RIGHT_COLUMNS * Float.BYTES;

  private static final int TILE_FLOATS = ROWS * WIDE * LENGTH;

  /** What one thread's scratch holds at most, in bytes. */
  static final long MOST_BYTES =
      (long) (LEFT_FLOATS + 2 * TILE_FLOATS + 2 * SimdColumnSums.COLUMNS) * Float.BYTES + RIGHT_BYTES;

  /** Its own class: a method reference would have to be made in a program's first inference. */
  private static final ThreadLocal<Scratch> PER_THREAD = new ThreadLocal<>() {
    @Override
    protected Scratch initialValue() {
      return new Scratch();
    }
  };

  private final float[] left = new float[LEFT_FLOATS];
  private final float[] tile = new float[TILE_FLOATS];
  private final MemorySegment partial = allocate((long) TILE_FLOATS * Float.BYTES);
  private @Nullable MemorySegment right;
  private final Directions directions = new Directions();
  private final RowSweep rowSweep = new RowSweep(left, tile, directions);
  private final OneRowSweep oneRowSweep = new OneRowSweep(left, tile, directions);
  private final StackedRows leftRows = new StackedRows();
  private final StackedRows resultRows = new StackedRows();
  private final float[] chains = new float[2 * SimdColumnSums.COLUMNS];
  private final float[] lanes = new float[Kernels.REDUCTION_LANES];

  private Scratch() {}

  static Scratch ofThread() {
    return PER_THREAD.get();
  }

  /** A packed left operand. */
  float[] left() {
    return left;
  }

  /** Packed panels of a right operand, made when first needed: inference doesn't. */
  MemorySegment right() {
    MemorySegment segment = right;
    if (segment == null) {
      segment = allocate(RIGHT_BYTES);
      right = segment;
    }
    return segment;
  }

  /** Sweeps over the packed rows. */
  RowSweep rowSweep() {
    return rowSweep;
  }

  /** Sweeps over a single packed row. */
  OneRowSweep oneRowSweep() {
    return oneRowSweep;
  }

  /** The rows of the left operand of a product. */
  StackedRows leftRows() {
    return leftRows;
  }

  /** The rows of its result. */
  StackedRows resultRows() {
    return resultRows;
  }

  /** A tile, its rows as wide as the tile. */
  float[] tile() {
    return tile;
  }

  /** Partial results of reductions, as large as a tile. */
  MemorySegment partial() {
    return partial;
  }

  /** The chains of compensated sums of columns. */
  float[] chains() {
    return chains;
  }

  /** The lanes of a reduction. */
  float[] lanes() {
    return lanes;
  }

  private static MemorySegment allocate(long bytes) {
    return Arena.ofAuto().allocate(bytes, Memory.ALIGNMENT);
  }
}
