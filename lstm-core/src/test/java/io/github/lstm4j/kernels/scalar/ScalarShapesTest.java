package io.github.lstm4j.kernels.scalar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.lstm4j.kernels.AdamCoefficients;
import io.github.lstm4j.kernels.Kernels;
import io.github.lstm4j.kernels.Orientation;
import io.github.lstm4j.kernels.PackedMatrix;
import io.github.lstm4j.kernels.RowOrder;
import io.github.lstm4j.kernels.Store;
import io.github.lstm4j.memory.Matrix;
import io.github.lstm4j.memory.Memory;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What wrong operands get: a message that names the operation, the operand, its shape and the expected one. */
class ScalarShapesTest {
  private static final Memory MEMORY = Memory.unlimited("shapes");
  private static final Kernels KERNELS = new ScalarKernels();
  private static final AdamCoefficients ADAM = new AdamCoefficients(1, 1, 1, 1, 1, 1, 1, 1, 1);

  /** A right operand in another implementation's format. */
  private record Foreign(int depth, int columns, Orientation orientation) implements PackedMatrix {}

  @AfterAll
  static void close() {
    MEMORY.close();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"products", "gradients", "gates", "steps", "orders"})
  void wrongShapes(String message, Executable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
  }

  private static Arguments bad(String message, Executable call) {
    return Arguments.of(message, call);
  }

  private static Matrix m(int rows, int columns) {
    return MEMORY.matrix(rows, columns);
  }

  static Stream<Arguments> products() {
    PackedMatrix b = KERNELS.pack(m(3, 5), Orientation.PLAIN, MEMORY);
    PackedMatrix t = KERNELS.pack(m(3, 5), Orientation.TRANSPOSED, MEMORY);
    PackedMatrix foreign = new Foreign(3, 5, Orientation.PLAIN);
    String packed = "scalar kernels were given a matrix packed as Foreign; pack it with them";
    return Stream.of(
        bad("gemm: a is [2, 4]; expected [2, 3]", () -> KERNELS.gemm(m(2, 5), m(2, 4), b, Store.OVERWRITE)),
        bad("gemm: c is [2, 4]; expected [2, 5]", () -> KERNELS.gemm(m(2, 4), m(2, 3), b, Store.OVERWRITE)),
        bad("gemm: c is [1, 5]; expected [2, 5]", () -> KERNELS.gemm(m(1, 5), m(2, 3), b, Store.ACCUMULATE)),
        bad("gemm: a is [2, 3]; expected [2, 5]", () -> KERNELS.gemm(m(2, 3), m(2, 3), t, Store.OVERWRITE)),
        bad(
            "gemmEach: 2 results c for 1 left operands a; expected as many",
            () -> KERNELS.gemmEach(List.of(m(2, 5), m(2, 5)), List.of(m(2, 3)), b, Store.OVERWRITE)),
        bad(
            "gemmEach: a[1] is [2, 4]; expected [2, 3]",
            () -> KERNELS.gemmEach(List.of(m(1, 5), m(2, 5)), List.of(m(1, 3), m(2, 4)), b, Store.OVERWRITE)),
        bad(
            "gemmEach: c[1] is [1, 5]; expected [2, 5]",
            () -> KERNELS.gemmEach(List.of(m(1, 5), m(1, 5)), List.of(m(1, 3), m(2, 3)), b, Store.OVERWRITE)),
        bad("repack: b is [5, 3]; expected [3, 5]", () -> KERNELS.repack(b, m(5, 3))),
        bad("repack: b is [5, 3]; expected [3, 5]", () -> KERNELS.repack(t, m(5, 3))),
        bad(packed, () -> KERNELS.gemm(m(2, 5), m(2, 3), foreign, Store.OVERWRITE)),
        bad(packed, () -> KERNELS.repack(foreign, m(3, 5))));
  }

  static Stream<Arguments> gradients() {
    RowOrder order = RowOrder.of(new int[] {6, 0}, new int[] {1, 8});
    return Stream.of(
        bad(
            "gemmTransposedA: c is [3, 3]; expected [2, 3]",
            () -> KERNELS.gemmTransposedA(m(3, 3), m(7, 2), m(9, 3), order, Store.OVERWRITE)),
        bad(
            "gemmTransposedA: c is [2, 2]; expected [2, 3]",
            () -> KERNELS.gemmTransposedA(m(2, 2), m(7, 2), m(9, 3), order, Store.OVERWRITE)),
        bad(
            "gemmTransposedA: a is [6, 2]; the row order names row 6 of it, so expected at least [7, 2]",
            () -> KERNELS.gemmTransposedA(m(2, 3), m(6, 2), m(9, 3), order, Store.OVERWRITE)),
        bad(
            "gemmTransposedA: b is [8, 3]; the row order names row 8 of it, so expected at least [9, 3]",
            () -> KERNELS.gemmTransposedA(m(2, 3), m(7, 2), m(8, 3), order, Store.OVERWRITE)),
        bad(
            "gemmTransposedAPair: c is [3, 3]; expected [2, 3]",
            () ->
                KERNELS.gemmTransposedAPair(
                    m(3, 3), m(9, 3), order, m(2, 4), m(9, 4), order, m(7, 2), Store.OVERWRITE)),
        bad(
            "gemmTransposedAPair: c2 is [2, 3]; expected [2, 4]",
            () ->
                KERNELS.gemmTransposedAPair(
                    m(2, 3), m(9, 3), order, m(2, 3), m(9, 4), order, m(7, 2), Store.OVERWRITE)),
        bad(
            "gemmTransposedAPair: b2 is [8, 4]; the row order names row 8 of it, so expected at least [9, 4]",
            () ->
                KERNELS.gemmTransposedAPair(
                    m(2, 3), m(9, 3), order, m(2, 4), m(8, 4), order, m(7, 2), Store.OVERWRITE)),
        bad(
            "columnSums: sums is [2, 2]; expected [1, 2]",
            () -> KERNELS.columnSums(m(2, 2), m(7, 2), order, Store.OVERWRITE)),
        bad(
            "columnSums: sums is [1, 3]; expected [1, 2]",
            () -> KERNELS.columnSums(m(1, 3), m(7, 2), order, Store.OVERWRITE)),
        bad(
            "columnSums: a is [6, 2]; the row order names row 6 of it, so expected at least [7, 2]",
            () -> KERNELS.columnSums(m(1, 2), m(6, 2), order, Store.OVERWRITE)));
  }

  /** Each operand of the gates in turn, one row or column off. */
  static Stream<Arguments> gates() {
    return Stream.of(
        forward("bias is [2, 12]; expected [1, 12]", 1, m(2, 12)),
        forward("bias is [1, 11]; expected [1, 12]", 1, m(1, 11)),
        forward("cPrev is [4, 3]; expected [5, 3]", 2, m(4, 3)),
        forward("cPrev is [5, 4]; expected [5, 3]", 2, m(5, 4)),
        forward("c is [4, 3]; expected [5, 3]", 3, m(4, 3)),
        forward("tanhC is [5, 2]; expected [5, 3]", 4, m(5, 2)),
        forward("h is [6, 3]; expected [5, 3]", 5, m(6, 3)),
        forward("gates is [5, 12]; expected [5, 16]", 5, m(5, 4)),
        backward("dGates is [5, 13]; expected [5, 12]", 0, m(5, 13)),
        backward("dGates is [4, 12]; expected [5, 12]", 0, m(4, 12)),
        backward("gates is [5, 11]; expected [5, 12]", 1, m(5, 11)),
        backward("cPrev is [5, 4]; expected [5, 3]", 2, m(5, 4)),
        backward("tanhC is [6, 3]; expected [5, 3]", 3, m(6, 3)),
        backward("dH is [4, 3]; expected [5, 3]", 4, m(4, 3)),
        backward("dC is [5, 1]; expected [5, 3]", 5, m(5, 1)));
  }

  private static Arguments forward(String message, int wrong, Matrix matrix) {
    Matrix[] x = {m(5, 12), m(1, 12), m(5, 3), m(5, 3), m(5, 3), m(5, 3)};
    x[wrong] = matrix;
    return bad("lstmGatesForward: " + message, () -> KERNELS.lstmGatesForward(x[0], x[1], x[2], x[3], x[4], x[5]));
  }

  private static Arguments backward(String message, int wrong, Matrix matrix) {
    Matrix[] x = {m(5, 12), m(5, 12), m(5, 3), m(5, 3), m(5, 3), m(5, 3)};
    x[wrong] = matrix;
    return bad("lstmGatesBackward: " + message, () -> KERNELS.lstmGatesBackward(x[0], x[1], x[2], x[3], x[4], x[5]));
  }

  static Stream<Arguments> steps() {
    Matrix x = m(2, 3);
    return Stream.of(
        bad("adam: gradient is [3, 2]; expected [2, 3]", () -> KERNELS.adam(x, m(3, 2), x, x, null, ADAM)),
        bad("adam: firstMoment is [2, 4]; expected [2, 3]", () -> KERNELS.adam(x, x, m(2, 4), x, null, ADAM)),
        bad("adam: secondMoment is [1, 3]; expected [2, 3]", () -> KERNELS.adam(x, x, x, m(1, 3), null, ADAM)),
        bad("adam: largest is [3, 3]; expected [2, 3]", () -> KERNELS.adam(x, x, x, x, m(3, 3), ADAM)));
  }

  static Stream<Arguments> orders() {
    return Stream.of(
        bad("row order pairs 2 rows with 3", () -> RowOrder.of(new int[2], new int[3])),
        bad("row order holds the negative row -1", () -> RowOrder.of(new int[] {0, -1}, new int[] {0, 1})),
        bad("row order holds the negative row -7", () -> RowOrder.of(new int[] {0, 1}, new int[] {0, -7})),
        bad("row order of -1 rows; expected 0 or more", () -> RowOrder.ascending(-1)));
  }
}
