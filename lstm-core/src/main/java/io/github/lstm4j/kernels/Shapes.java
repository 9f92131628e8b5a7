package io.github.lstm4j.kernels;

import io.github.lstm4j.memory.Matrix;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The shape checks that all implementations share, with messages that name operation, operand and both shapes. */
public final class Shapes {
  private Shapes() {}

  /**
   * Fails unless a matrix has a shape.
   *
   * @param operation the operation, for the message
   * @param operand the operand's name
   * @param matrix the operand
   * @param rows expected rows
   * @param columns expected columns
   * @throws IllegalArgumentException if the shape differs
   */
  public static void check(String operation, String operand, Matrix matrix, int rows, int columns) {
    if (matrix.rows() != rows || matrix.columns() != columns) {
      throw new IllegalArgumentException(
          operation + ": " + operand + " is [" + matrix.rows() + ", " + matrix.columns() + "]; expected [" + rows + ", "
              + columns + "]");
    }
  }

  /** The same for one of several; its name is made only where it fails, as calls allocate nothing. */
  private static void check(String operation, String operand, int index, Matrix matrix, int rows, int columns) {
    if (matrix.rows() != rows || matrix.columns() != columns) {
      check(operation, operand + "[" + index + "]", matrix, rows, columns);
    }
  }

  /**
   * Fails unless a range of hidden units is one, and begins at a multiple of {@link GateKernels#UNIT_BLOCK}.
   * @param operation the operation, for the message
   * @param from the first unit
   * @param to one past the last
   * @param units how many there are
   */
  public static void units(String operation, int from, int to, int units) {
    if (from < 0 || from > to || to > units || from % GateKernels.UNIT_BLOCK != 0) {
      throw new IllegalArgumentException(
          operation + ": units " + from + " to " + to + " of " + units + "; expected a range of them that begins at a "
              + "multiple of " + GateKernels.UNIT_BLOCK);
    }
  }

  private static void checkRows(String operation, String operand, Matrix matrix, int maxRow) {
    if (maxRow >= matrix.rows()) {
      throw new IllegalArgumentException(
          operation + ": " + operand + " is [" + matrix.rows() + ", " + matrix.columns() + "]; the row order names row "
              + maxRow + " of it, so expected at least [" + (maxRow + 1L) + ", " + matrix.columns() + "]");
    }
  }

  /**
   * Checks the operands of {@link Kernels#gemm}.
   *
   * @param c result
   * @param a left operand
   * @param b right operand
   */
  public static void gemm(Matrix c, Matrix a, PackedMatrix b) {
    check("gemm", "a", a, a.rows(), b.depth());
    check("gemm", "c", c, a.rows(), b.columns());
  }

  /**
   * Checks the operands of {@link Kernels#gemmEach}.
   *
   * @param c results
   * @param a left operands
   * @param b right operand
   */
  public static void gemmEach(List<Matrix> c, List<Matrix> a, PackedMatrix b) {
    if (c.size() != a.size()) {
      throw new IllegalArgumentException(
          "gemmEach: " + c.size() + " results c for " + a.size() + " left operands a; expected as many");
    }
    for (int i = 0; i < c.size(); i++) {
      check("gemmEach", "a", i, a.get(i), a.get(i).rows(), b.depth());
      check("gemmEach", "c", i, c.get(i), a.get(i).rows(), b.columns());
    }
  }

  /**
   * Checks the operands of {@link Kernels#gemmTransposedA}.
   *
   * @param c result
   * @param a first operand
   * @param b second operand
   * @param order the pairs of rows
   */
  public static void gemmTransposedA(Matrix c, Matrix a, Matrix b, RowOrder order) {
    gemmTransposedA("gemmTransposedA", "c", c, a, "b", b, order);
  }

  private static void gemmTransposedA(
      String operation, String result, Matrix c, Matrix a, String operand, Matrix b, RowOrder order) {
    check(operation, result, c, a.columns(), b.columns());
    checkRows(operation, "a", a, order.maxLeft());
    checkRows(operation, operand, b, order.maxRight());
  }

  /**
   * Checks the operands of {@link Kernels#gemmTransposedAPair}.
   *
   * @param c first result
   * @param b its right operand
   * @param order its pairs of rows
   * @param c2 second result
   * @param b2 its right operand
   * @param order2 its pairs of rows
   * @param a left operand of both
   */
  public static void gemmTransposedAPair(
      Matrix c, Matrix b, RowOrder order, Matrix c2, Matrix b2, RowOrder order2, Matrix a) {
    gemmTransposedA("gemmTransposedAPair", "c", c, a, "b", b, order);
    gemmTransposedA("gemmTransposedAPair", "c2", c2, a, "b2", b2, order2);
  }

  /**
   * Checks the operands of {@link Kernels#columnSums}.
   *
   * @param sums result
   * @param a operand
   * @param order the rows
   */
  public static void columnSums(Matrix sums, Matrix a, RowOrder order) {
    check("columnSums", "sums", sums, 1, a.columns());
    checkRows("columnSums", "a", a, order.maxLeft());
  }

  /**
   * Checks the operands of {@link Kernels#lstmGatesForward}.
   *
   * @param gates gates
   * @param bias bias
   * @param cPrev previous cell state
   * @param c cell state
   * @param tanhC its tanh
   * @param h output
   */
  public static void lstmForward(Matrix gates, Matrix bias, Matrix cPrev, Matrix c, Matrix tanhC, Matrix h) {
    int rows = gates.rows();
    int units = h.columns();
    check("lstmGatesForward", "gates", gates, rows, 4 * units);
    check("lstmGatesForward", "bias", bias, 1, 4 * units);
    check("lstmGatesForward", "cPrev", cPrev, rows, units);
    check("lstmGatesForward", "c", c, rows, units);
    check("lstmGatesForward", "tanhC", tanhC, rows, units);
    check("lstmGatesForward", "h", h, rows, units);
  }

  /**
   * Checks the operands of {@link Kernels#lstmGatesBackward}.
   *
   * @param dGates gradient of the gates
   * @param gates gates
   * @param cPrev previous cell state
   * @param tanhC tanh of the cell state
   * @param dH gradient of the output
   * @param dC gradient of the cell state
   */
  public static void lstmBackward(
      Matrix dGates, Matrix gates, Matrix cPrev, Matrix tanhC, Matrix dH, Matrix dC) {
    int rows = gates.rows();
    int units = dH.columns();
    check("lstmGatesBackward", "dGates", dGates, rows, 4 * units);
    check("lstmGatesBackward", "gates", gates, rows, 4 * units);
    check("lstmGatesBackward", "cPrev", cPrev, rows, units);
    check("lstmGatesBackward", "tanhC", tanhC, rows, units);
    check("lstmGatesBackward", "dH", dH, rows, units);
    check("lstmGatesBackward", "dC", dC, rows, units);
  }

  /**
   * Checks the operands of {@link Kernels#gruGatesForward}.
   *
   * @param gates gates
   * @param hiddenN recurrent product of n
   * @param bias bias
   * @param hiddenBias recurrent bias of n
   * @param hPrev previous output
   * @param h output
   */
  public static void gruForward(
      Matrix gates, Matrix hiddenN, Matrix bias, Matrix hiddenBias, Matrix hPrev, Matrix h) {
    int rows = gates.rows();
    int units = h.columns();
    check("gruGatesForward", "gates", gates, rows, 3 * units);
    check("gruGatesForward", "hiddenN", hiddenN, rows, units);
    check("gruGatesForward", "bias", bias, 1, 3 * units);
    check("gruGatesForward", "hiddenBias", hiddenBias, 1, units);
    check("gruGatesForward", "hPrev", hPrev, rows, units);
    check("gruGatesForward", "h", h, rows, units);
  }

  /**
   * Checks the operands of {@link Kernels#gruGatesBackward}.
   *
   * @param gates gates
   * @param hiddenN q
   * @param hPrev previous output
   * @param dH gradient of the output
   * @param dHPrev gradient of the previous output
   */
  public static void gruBackward(Matrix gates, Matrix hiddenN, Matrix hPrev, Matrix dH, Matrix dHPrev) {
    int rows = gates.rows();
    int units = dH.columns();
    check("gruGatesBackward", "gates", gates, rows, 3 * units);
    check("gruGatesBackward", "hiddenN", hiddenN, rows, units);
    check("gruGatesBackward", "hPrev", hPrev, rows, units);
    check("gruGatesBackward", "dH", dH, rows, units);
    check("gruGatesBackward", "dHPrev", dHPrev, rows, units);
  }

  /**
   * Checks the operands of {@link Kernels#rnnForward}.
   *
   * @param h output
   * @param sums sums before activation
   * @param bias bias
   */
  public static void rnnForward(Matrix h, Matrix sums, Matrix bias) {
    check("rnnForward", "sums", sums, h.rows(), h.columns());
    check("rnnForward", "bias", bias, 1, h.columns());
  }

  /**
   * Checks the operands of {@link Kernels#softmax}.
   *
   * @param result probabilities
   * @param logSum logarithms of the denominators
   * @param logits logits
   * @param factor factors of the rows
   */
  public static void softmax(Matrix result, double[] logSum, Matrix logits, float[] factor) {
    if (logits.columns() == 0) {
      throw new IllegalArgumentException("softmax: logits have no columns; expected 1 or more");
    }
    check("softmax", "result", result, logits.rows(), logits.columns());
    length("softmax", "logSum", logSum.length, logits.rows());
    length("softmax", "factor", factor.length, logits.rows());
  }

  /**
   * Checks the operands of {@link Kernels#addRows}.
   *
   * @param table table
   * @param index entries
   * @param rows rows
   */
  public static void addRows(Matrix table, int[] index, Matrix rows) {
    check("addRows", "rows", rows, index.length, table.columns());
    for (int entry : index) {
      if (entry >= table.rows()) {
        throw new IllegalArgumentException(
            "addRows: entry " + entry + " of a table of " + table.rows() + "; expected a smaller one");
      }
    }
  }

  private static void length(String operation, String operand, int length, int expected) {
    if (length < expected) {
      throw new IllegalArgumentException(
          operation + ": " + operand + " has " + length + " elements; expected " + expected + " or more");
    }
  }

  /**
   * Checks the operands of {@link Kernels#repack}.
   *
   * @param packed the packed matrix
   * @param b the new numbers
   */
  public static void repack(PackedMatrix packed, Matrix b) {
    boolean plain = packed.orientation() == Orientation.PLAIN;
    check("repack", "b", b, plain ? packed.depth() : packed.columns(), plain ? packed.columns() : packed.depth());
  }

  /**
   * Checks the operands of {@link Kernels#adam}: all have the shape of the parameter.
   *
   * @param value the parameter
   * @param gradient its gradient
   * @param firstMoment its first moment
   * @param secondMoment its second moment
   * @param largest its largest second moment, or null
   */
  public static void adam(
      Matrix value, Matrix gradient, Matrix firstMoment, Matrix secondMoment, @Nullable Matrix largest) {
    same("adam", "gradient", gradient, value);
    same("adam", "firstMoment", firstMoment, value);
    same("adam", "secondMoment", secondMoment, value);
    same("adam", "largest", largest, value);
  }

  /**
   * Checks the operands of {@link Kernels#sgd}: all have the shape of the parameter.
   *
   * @param value the parameter
   * @param gradient its gradient
   * @param buffer its velocity, or null
   */
  public static void sgd(Matrix value, Matrix gradient, @Nullable Matrix buffer) {
    same("sgd", "gradient", gradient, value);
    same("sgd", "buffer", buffer, value);
  }

  /**
   * Checks the operands of {@link Kernels#rootMeanSquare}: all have the shape of the parameter.
   *
   * @param value the parameter
   * @param gradient its gradient
   * @param squares its sum of squares
   * @param mean its mean gradient, or null
   * @param buffer its velocity, or null
   */
  public static void rootMeanSquare(
      Matrix value, Matrix gradient, Matrix squares, @Nullable Matrix mean, @Nullable Matrix buffer) {
    same("rootMeanSquare", "gradient", gradient, value);
    same("rootMeanSquare", "squares", squares, value);
    same("rootMeanSquare", "mean", mean, value);
    same("rootMeanSquare", "buffer", buffer, value);
  }

  /**
   * Checks the operands of {@link Kernels#rnnBackward}: all have the same shape.
   *
   * @param dSums gradient of the sums
   * @param h output
   * @param dH gradient of the output
   */
  public static void rnnBackward(Matrix dSums, Matrix h, Matrix dH) {
    same("rnnBackward", "dSums", dSums, h);
    same("rnnBackward", "dH", dH, h);
  }

  private static void same(String operation, String operand, @Nullable Matrix matrix, Matrix first) {
    if (matrix != null) {
      check(operation, operand, matrix, first.rows(), first.columns());
    }
  }
}
