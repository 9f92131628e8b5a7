package io.github.lstm4j.simd;

import io.github.lstm4j.kernels.Kernels;
import java.nio.ByteOrder;
import jdk.incubator.vector.VectorShape;

/**
 * Width and tile, chosen here and nowhere else, once per JVM.
 *
 * <p>A tile is {@link #ROWS} rows by {@link #WIDE} vectors. 8×3 has 24 sums, three vectors of the panels and what is
 * broadcast in the 32 registers that come with AVX-512 (at any width). Measured on packed panels, in % of the FMA peak:
 * 95, 6×4 94, 12×2 87, 8×2 87. Where there are 16 registers, 6×2 leaves two of them for what is broadcast, which C2
 * wants, and runs at 90 to 97 %; 4×3 leaves one, and ran at 43 to 74 (docs/adr/0009).
 */
final class Lanes {
  /** The width that the CPU prefers, in bits. */
  static final int PREFERRED_BITS = VectorShape.preferredShape().vectorBitSize();

  /** The width of this JVM's vectors, which are {@link Species#SPECIES}, in bits. */
  static final int BITS = VectorBits.forced().orElse(PREFERRED_BITS);

  /** The order of bytes of all storage. */
  static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

  /** Floats in a vector. */
  static final int LENGTH = BITS / Float.SIZE;

  /** Bytes in a vector. */
  static final long BYTES = (long) LENGTH * Float.BYTES;

  /**
   * Rows of a full tile, 8 or 6; {@link RowSweep#height} cuts rows into tiles. On x86, 512-bit vectors come with 32
   * registers instead of 16. (Neon has 32 of 128 bits; eight rows there are not measured.) Tests force either.
   */
  static final int ROWS = Integer.getInteger("lstm4j.tileRows", PREFERRED_BITS >= 512 ? 8 : 6) == 8 ? 8 : 6;

  /** Vectors side by side in a full tile; column tails have two or one. */
  static final int WIDE = ROWS == 8 ? 3 : 2;

  /** Depth steps that micro-kernels take in one turn, at most: packed depths are multiples of it. */
  static final int STEPS = ROWS == 6 ? 8 : 4;

  /**
   * From one row of a packed left operand to the next, in floats: a depth block, and a cache line so that the rows of a
   * tile do not fall into the same sets of the cache.
   */
  static final int A_ROW = Kernels.DEPTH_BLOCK + 16;

  /**
   * Rows of a left operand, a depth block each, that are packed at a time: 0.7 MB where L2 is at least 2 MB, as it is
   * with AVX-512 since it has 32 registers on servers, and 0.3 MB elsewhere.
   */
  static final int LEFT_ROWS = ROWS == 8 ? 320 : 144;

  private Lanes() {}

  /** How many of these columns fill vectors. */
  static int full(int columns) {
    return columns / LENGTH * LENGTH;
  }

  /** How many rows of this many columns pass through L1 together, beside others: 16 KB of them, at least one. */
  static int rowsInL1(int columns) {
    return Math.max(1, 4_096 / Math.max(1, columns));
  }

  /** Whether the CPU lacks this width: right, but slow, since the vectors are objects. */
  static boolean emulated() {
    return BITS > PREFERRED_BITS;
  }
}
