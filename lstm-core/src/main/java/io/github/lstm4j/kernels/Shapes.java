package io.github.lstm4j.kernels;

import io.github.lstm4j.memory.Matrix;

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
   * Checks the operands of {@link Kernels#gemmTransposedA}.
   *
   * @param c result
   * @param a first operand
   * @param b second operand
   * @param order the pairs of rows
   */
  public static void gemmTransposedA(Matrix c, Matrix a, Matrix b, RowOrder order) {
    check("gemmTransposedA", "c", c, a.columns(), b.columns());
    checkRows("gemmTransposedA", "a", a, order.maxLeft());
    checkRows("gemmTransposedA", "b", b, order.maxRight());
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
   */
  public static void adam(Matrix value, Matrix gradient, Matrix firstMoment, Matrix secondMoment) {
    check("adam", "gradient", gradient, value.rows(), value.columns());
    check("adam", "firstMoment", firstMoment, value.rows(), value.columns());
    check("adam", "secondMoment", secondMoment, value.rows(), value.columns());
  }
}
