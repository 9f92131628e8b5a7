package io.github.lstm4j.simd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lstm4j.kernels.Kernels;
import io.github.lstm4j.kernels.Orientation;
import io.github.lstm4j.memory.Matrix;
import io.github.lstm4j.memory.Memory;
import java.lang.foreign.ValueLayout;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Every way to pack, with vectors and without, gives the same bytes: those of the format, bit for bit. */
class PackedPanelsTest {
  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(Lanes.ORDER);

  /** One, some, and many panels with any number of columns left over. */
  @Provide
  Arbitrary<Integer> columns() {
    return Arbitraries.oneOf(Arbitraries.of(1, 2, 8, 16), Arbitraries.integers().between(3, 300), Pair.sizes());
  }

  /**
   * Among them depths whose last block is short, and such with zeros in front of it; and such where less than a square
   * is left of the rows that are turned together.
   */
  @Provide
  Arbitrary<Integer> depths() {
    int block = Kernels.DEPTH_BLOCK;
    return Arbitraries.oneOf(
        Pair.depths(), Arbitraries.integers().between(SimdPacked.TURNED - 1, SimdPacked.TURNED + 9),
        Arbitraries.integers().between(block + 1, 3 * block));
  }

  /** A tile runs to the end of a panel in whole turns. */
  @Property(tries = 300)
  void areDeepAsWholeTurns(@ForAll("depths") int depth) {
    int padded = Panels.padded(depth);
    assertEquals(0, padded % Lanes.STEPS);
    assertEquals(0, Kernels.DEPTH_BLOCK % Lanes.STEPS);
    assertTrue(padded >= depth && padded < depth + Lanes.STEPS, () -> depth + " padded to " + padded);
  }

  @Property(tries = 300)
  void holdTheSameBytes(@ForAll("columns") int columns, @ForAll("depths") int depth, @ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    try (Memory memory = Memory.unlimited("test")) {
      Matrix plain = anyBits(memory, depth, columns, random);
      Matrix transposed = memory.matrix(columns, depth + random.nextInt(3)).columns(0, depth);
      for (int k = 0; k < depth; k++) {
        for (int j = 0; j < columns; j++) {
          copyBits(plain, k, j, transposed, j, k);
        }
      }
      int[] expected = expected(plain);
      check(plain, Orientation.PLAIN, expected, memory, random);
      check(transposed, Orientation.TRANSPOSED, expected, memory, random);
    }
  }

  private static void check(
      Matrix b, Orientation orientation, int[] expected, Memory memory, SplittableRandom random) {
    SimdPacked first = SimdPacked.of(b, orientation, memory);
    assertArrayEquals(expected, bits(first), orientation + " the first time");
    SimdPacked again = SimdPacked.of(anyBits(memory, b.rows(), b.columns(), random), orientation, memory);
    again.fill(b, true);
    assertArrayEquals(expected, bits(again), orientation + " anew");
    again.fill(anyBits(memory, b.rows(), b.columns(), random), true);
    again.fill(b, false);
    assertArrayEquals(expected, bits(again), orientation + " anew without vectors");
  }

  /** The panels by their description, element by element. */
  private static int[] expected(Matrix b) {
    int vectors = Panels.vectors(b.columns());
    int rows = Panels.padded(b.rows());
    int[] bits = new int[vectors * Lanes.LENGTH * rows];
    for (int j = 0; j < b.columns(); j++) {
      int panel = j / Lanes.LENGTH;
      for (int k = 0; k < b.rows(); k++) {
        int row = k < Panels.lastBlock(b.rows()) ? k : k + Panels.front(b.rows());
        int at = (panel * rows + row) * Lanes.LENGTH + j % Lanes.LENGTH;
        bits[at] = b.segment().get(INT, b.offset(k, j));
      }
    }
    return bits;
  }

  /** Numbers, subnormal ones and NaNs of every kind. */
  private static Matrix anyBits(Memory memory, int rows, int columns, SplittableRandom random) {
    Matrix matrix = memory.matrix(rows, columns + random.nextInt(20)).columns(0, columns);
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        matrix.segment().set(INT, matrix.offset(r, c), random.nextInt());
      }
    }
    return matrix;
  }

  private static void copyBits(Matrix from, int row, int column, Matrix to, int toRow, int toColumn) {
    to.segment().set(INT, to.offset(toRow, toColumn), from.segment().get(INT, from.offset(row, column)));
  }

  private static int[] bits(SimdPacked packed) {
    int[] bits = new int[Panels.vectors(packed.columns()) * Lanes.LENGTH * packed.panelDepth()];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = packed.panels().get(INT, (long) i * Integer.BYTES);
    }
    return bits;
  }
}
