package io.github.lstm4j.simd;

import static io.github.lstm4j.kernels.GateKernels.UNIT_BLOCK;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.lstm4j.kernels.Kernels;
import io.github.lstm4j.kernels.Nonlinearity;
import io.github.lstm4j.memory.Matrix;
import io.github.lstm4j.memory.Memory;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/**
 * Gates of a range of units: ranges one after the other, in any order, give the bits of one call for all units, and a
 * range touches nothing beside it, by scalar and SIMD kernels alike.
 */
class GateRangesTest {
  @Provide
  Arbitrary<Integer> sizes() {
    return Pair.sizes();
  }

  /** One of the six operations on operands of its own. */
  private interface Operation {
    void run(Kernels kernels, Matrix[] operands, int from, int to);
  }

  /** Columns of the operands in units; negative ones have one row. */
  private record Gates(List<Integer> blocks, Operation operation) {}

  private static final List<Gates> ALL =
      List.of(
          new Gates(List.of(4, -4, 1, 1, 1, 1), (k, m, from, to) ->
              k.lstmGatesForward(m[0], m[1], m[2], m[3], m[4], m[5], from, to)),
          new Gates(List.of(4, 4, 1, 1, 1, 1), (k, m, from, to) ->
              k.lstmGatesBackward(m[0], m[1], m[2], m[3], m[4], m[5], from, to)),
          new Gates(List.of(3, 1, -3, -1, 1, 1), (k, m, from, to) ->
              k.gruGatesForward(m[0], m[1], m[2], m[3], m[4], m[5], from, to)),
          new Gates(List.of(3, 1, 1, 1, 1), (k, m, from, to) ->
              k.gruGatesBackward(m[0], m[1], m[2], m[3], m[4], from, to)),
          new Gates(List.of(1, 1, -1), (k, m, from, to) ->
              k.rnnForward(m[0], m[1], m[2], Nonlinearity.TANH, from, to)),
          new Gates(List.of(1, 1, 1), (k, m, from, to) ->
              k.rnnBackward(m[0], m[1], m[2], Nonlinearity.RELU, from, to)));

  @Property(tries = 200)
  void rangesMakeUpTheWhole(
      @ForAll @IntRange(max = 5) int which, @ForAll @IntRange(min = 1, max = 5) int rows, @ForAll("sizes") int units,
      @ForAll @IntRange(max = 5) int cut, @ForAll long seed) {
    Gates gates = ALL.get(which);
    int middle = Math.min(cut * UNIT_BLOCK, (units - 1) / UNIT_BLOCK * UNIT_BLOCK);
    try (Memory memory = Memory.unlimited("test")) {
      Matrix[] whole = operands(memory, gates, rows, units, seed);
      gates.operation().run(Pair.SCALAR, whole, 0, units);
      for (Kernels kernels : List.of(Pair.SCALAR, Pair.SIMD)) {
        Matrix[] before = operands(memory, gates, rows, units, seed);
        Matrix[] parts = operands(memory, gates, rows, units, seed);
        gates.operation().run(kernels, parts, middle, units);
        assertRange(before, parts, units, 0, middle);
        assertRange(whole, parts, units, middle, units);
        gates.operation().run(kernels, parts, 0, middle);
        assertRange(whole, parts, units, 0, units);
      }
    }
  }

  private static Matrix[] operands(Memory memory, Gates gates, int rows, int units, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return gates.blocks().stream()
        .map(blocks -> {
          Matrix matrix = memory.matrix(blocks < 0 ? 1 : rows, Math.abs(blocks) * units);
          for (int r = 0; r < matrix.rows(); r++) {
            for (int c = 0; c < matrix.columns(); c++) {
              matrix.set(r, c, (float) random.nextDouble(-2, 2));
            }
          }
          return matrix;
        })
        .toArray(Matrix[]::new);
  }

  private static void assertRange(Matrix[] expected, Matrix[] actual, int units, int from, int to) {
    for (int m = 0; m < expected.length; m++) {
      for (int r = 0; r < expected[m].rows(); r++) {
        for (int c = 0; c < expected[m].columns(); c++) {
          if (c % units >= from && c % units < to) {
            assertEquals(
                Float.floatToIntBits(expected[m].get(r, c)), Float.floatToIntBits(actual[m].get(r, c)),
                "operand " + m + " at [" + r + ", " + c + "] of " + units + " units, range " + from + " to " + to);
          }
        }
      }
    }
  }

  @Example
  void rangesThatAreNone() {
    try (Memory memory = Memory.unlimited("test")) {
      Matrix[] m = operands(memory, ALL.getLast(), 2, 40, 0);
      for (int[] range : new int[][] {{8, 40}, {-16, 16}, {32, 16}, {16, 41}}) {
        for (Kernels kernels : List.of(Pair.SCALAR, Pair.SIMD)) {
          String message =
              assertThrows(
                      IllegalArgumentException.class,
                      () -> ALL.getLast().operation().run(kernels, m, range[0], range[1]))
                  .getMessage();
          assertEquals(
              "rnnBackward: units " + range[0] + " to " + range[1]
                  + " of 40; expected a range of them that begins at a multiple of 16",
              message);
        }
      }
    }
  }
}
