package io.github.lstm4j.simd;

import static io.github.lstm4j.memory.Matrix.FLOAT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import io.github.lstm4j.kernels.Store;
import io.github.lstm4j.kernels.scalar.Activations;
import io.github.lstm4j.memory.Matrix;
import io.github.lstm4j.memory.Memory;
import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;

/**
 * A matrix amid NaNs: rows further apart than it is wide, a row of NaNs before and after. It can tell whether anything
 * around it, or in it, was touched.
 */
final class Guarded {
  /** Not the canonical NaN: no arithmetic makes it. */
  private static final int GUARD = 0x7fa5_a5a5;

  private static final float[] SPECIAL = {
    0f, -0f, Float.MIN_VALUE, -Float.MIN_VALUE, 1e-40f, -1e-40f, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY,
    Float.NaN, 8.1f, -8.1f, Activations.TANH_LIMIT, -Activations.TANH_LIMIT, 1e30f, -1e30f, 1e-25f, -1e-25f, 1f, -1f,
    88.7f, -88.7f, 104f, -104f
  };

  private final MemorySegment storage;
  private final Matrix matrix;
  private int[] before;

  private Guarded(Memory memory, int rows, int columns, int gap) {
    int stride = columns + gap;
    long bytes = (rows + 2L) * stride * Float.BYTES;
    storage = memory.allocate(bytes).asSlice(0, bytes);
    for (long at = 0; at < bytes; at += Float.BYTES) {
      storage.set(FLOAT, at, Float.intBitsToFloat(GUARD));
    }
    long extent = rows == 0 ? 0 : ((rows - 1L) * stride + columns) * Float.BYTES;
    matrix = Matrix.of(storage.asSlice((long) stride * Float.BYTES, extent), rows, columns, stride);
    before = bits();
  }

  /** What a product writes to: nothing to read where it overwrites. */
  static Guarded result(Memory memory, int m, int n, Store store, SplittableRandom random, int rarity) {
    return store == Store.OVERWRITE ? empty(memory, m, n, random) : random(memory, m, n, random, rarity);
  }

  /** Normal numbers around 0, one in {@code rarity} of them a special value; 0 for none. */
  static Guarded random(Memory memory, int rows, int columns, SplittableRandom random, int rarity) {
    Guarded guarded = new Guarded(memory, rows, columns, random.nextInt(1, 20));
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        boolean special = rarity > 0 && random.nextInt(rarity) == 0;
        float x = special ? SPECIAL[random.nextInt(SPECIAL.length)] : (float) random.nextDouble(-4, 4);
        guarded.matrix.set(r, c, x);
      }
    }
    guarded.before = guarded.bits();
    return guarded;
  }

  /** NaN throughout: what overwriting must not read. */
  static Guarded empty(Memory memory, int rows, int columns, SplittableRandom random) {
    return new Guarded(memory, rows, columns, random.nextInt(1, 20));
  }

  /** The same numbers elsewhere, with another distance between rows. */
  Guarded copy(Memory memory, SplittableRandom random) {
    Guarded copy = new Guarded(memory, matrix.rows(), matrix.columns(), random.nextInt(1, 20));
    copy.matrix.copyFrom(matrix);
    copy.before = copy.bits();
    return copy;
  }

  Matrix matrix() {
    return matrix;
  }

  /** Fails if anything at all has changed since the numbers were put in. */
  void assertUntouched(String name) {
    assertAround(name, true);
  }

  /** Fails if anything around the matrix has changed. */
  void assertGuards(String name) {
    assertAround(name, false);
  }

  private void assertAround(String name, boolean insideToo) {
    int[] now = bits();
    int stride = matrix.stride();
    for (int at = 0; at < now.length; at++) {
      int row = at / stride - 1;
      boolean inside = row >= 0 && row < matrix.rows() && at % stride < matrix.columns();
      if (now[at] != before[at] && (insideToo || !inside)) {
        fail(name + " was touched at row " + row + ", column " + at % stride + " of " + matrix);
      }
    }
  }

  private int[] bits() {
    int[] bits = new int[Math.toIntExact(storage.byteSize() / Float.BYTES)];
    for (int at = 0; at < bits.length; at++) {
      bits[at] = Float.floatToRawIntBits(storage.get(FLOAT, (long) at * Float.BYTES));
    }
    return bits;
  }

  /** Fails unless both hold the same bits, all NaNs being one, and nothing around them was touched. */
  static void assertEqualBits(String name, Guarded expected, Guarded actual) {
    expected.assertGuards("scalar " + name);
    actual.assertGuards("simd " + name);
    Matrix e = expected.matrix;
    Matrix a = actual.matrix;
    for (int r = 0; r < e.rows(); r++) {
      for (int c = 0; c < e.columns(); c++) {
        if (Float.floatToIntBits(e.get(r, c)) != Float.floatToIntBits(a.get(r, c))) {
          assertEquals(e.get(r, c), a.get(r, c), name + " at row " + r + ", column " + c + " of " + a);
        }
      }
    }
  }
}
