package io.github.lstm4j.oracle;

/**
 * A matrix (or a vector, one column) of sums of products that are still growing. What comes out is bounded for any
 * order of additions: a sum of n products, each rounded or fused, is off by at most γ·Σ|terms| with γ = n·u/(1 − n·u),
 * whether it is one chain, blocks, a tree, or starts from another of the terms. Terms that are exactly 0 count, which
 * only loosens it.
 */
final class Sums {
  private final int rows;
  private final int columns;
  private final double[] value;
  private final double[] propagated; // what the terms' own errors add up to
  private final double[] magnitude; // the sum of the terms' absolute values
  private long terms; // in every element alike

  Sums(int rows, int columns) {
    this.rows = rows;
    this.columns = columns;
    value = new double[rows * columns];
    propagated = new double[rows * columns];
    magnitude = new double[rows * columns];
  }

  Sums(int size) {
    this(size, 1);
  }

  private void addTerm(int index, double a, double errorA, double b, double errorB) {
    double product = a * b;
    value[index] += product;
    propagated[index] += Approx.productError(a, errorA, b, errorB);
    magnitude[index] += Math.abs(product);
  }

  /** this += addend, elementwise. */
  Sums add(Reals addend) {
    checkSizes("addend", addend.size(), value.length);
    for (int i = 0; i < value.length; i++) {
      addTerm(i, addend.value(i), addend.error(i), 1, 0);
    }
    terms++;
    return this;
  }

  /** this[i] += Σⱼ matrix[i, j]·vector[j]. */
  Sums addProduct(Reals matrix, Reals vector) {
    checkSizes("rows", matrix.rows(), value.length);
    checkSizes("columns", matrix.columns(), vector.size());
    for (int i = 0, at = 0; i < matrix.rows(); i++) {
      for (int j = 0; j < matrix.columns(); j++, at++) {
        addTerm(i, matrix.value(at), matrix.error(at), vector.value(j), vector.error(j));
      }
    }
    terms += matrix.columns();
    return this;
  }

  /** this[j] += Σᵢ matrix[i, j]·vector[i]. */
  Sums addTransposedProduct(Reals matrix, Reals vector) {
    checkSizes("columns", matrix.columns(), value.length);
    checkSizes("rows", matrix.rows(), vector.size());
    for (int i = 0, at = 0; i < matrix.rows(); i++) {
      for (int j = 0; j < matrix.columns(); j++, at++) {
        addTerm(j, matrix.value(at), matrix.error(at), vector.value(i), vector.error(i));
      }
    }
    terms += matrix.rows();
    return this;
  }

  /** this[i, j] += left[i]·right[j]. */
  Sums addOuter(Reals left, Reals right) {
    checkSizes("rows", left.size(), rows);
    checkSizes("columns", right.size(), columns);
    for (int i = 0, at = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++, at++) {
        addTerm(at, left.value(i), left.error(i), right.value(j), right.error(j));
      }
    }
    terms++;
    return this;
  }

  /** The sums so far, with what rounding can have done to them. */
  Reals result() {
    double gamma = terms / (1 - terms * Approx.UNIT); // in units of u
    double[] error = new double[value.length];
    for (int i = 0; i < error.length; i++) {
      error[i] = propagated[i] + gamma * (magnitude[i] + Approx.UNIT * propagated[i]);
    }
    return new Reals(rows, columns, value.clone(), error);
  }

  private static void checkSizes(String what, int actual, int expected) {
    if (actual != expected) {
      throw new IllegalArgumentException(what + ": " + actual + ", expected " + expected);
    }
  }
}
