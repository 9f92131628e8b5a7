package io.github.lstm4j.forecast;

/**
 * Linear least squares by Householder QR with column pivoting. Columns that depend on the others, up to rounding, get
 * the coefficient 0 (the basic solution).
 *
 * <p>Source: Golub, Van Loan, "Matrix Computations", 4th edition, sections 5.1 and 5.4.
 */
final class LeastSquares {
  private final double[][] columns; // the upper triangle becomes R; in the end columns[order] is in pivot order
  private final double[] right;
  private final int[] order;
  private final int rows;

  private LeastSquares(double[][] columns, double[] right) {
    this.columns = columns;
    this.right = right;
    this.rows = right.length;
    this.order = new int[columns.length];
    for (int j = 0; j < order.length; j++) {
      order[j] = j;
    }
  }

  /**
   * Minimises ‖Σ columns[j] · x[j] − right‖.
   *
   * @param columns [columns][rows], rows ≥ columns; overwritten
   * @param right [rows]; overwritten
   * @param negligible the norm at which what is left of a column is taken for rounding
   * @return x
   */
  static double[] solve(double[][] columns, double[] right, double negligible) {
    LeastSquares system = new LeastSquares(columns, right);
    return system.substitute(system.factor(negligible));
  }

  /** Turns the columns into R, in pivot order, and the right side into Qᵀ · right; returns the rank. */
  private int factor(double negligible) {
    for (int k = 0; k < columns.length; k++) {
      int pivot = k;
      double norm = 0;
      for (int j = k; j < columns.length; j++) {
        // Computed anew: downdating norms loses digits, and the systems here are small.
        double candidate = Math.sqrt(dot(columns[j], columns[j], k));
        if (candidate > norm) {
          norm = candidate;
          pivot = j;
        }
      }
      if (norm <= negligible) {
        return k;
      }
      double[] column = columns[pivot];
      columns[pivot] = columns[k];
      columns[k] = column;
      int name = order[pivot];
      order[pivot] = order[k];
      order[k] = name;
      reflect(k, norm);
    }
    return columns.length;
  }

  /** Applies H = I − 2vvᵀ/vᵀv, which maps what is left of column k onto a multiple of the k-th unit vector. */
  private void reflect(int k, double norm) {
    double[] v = columns[k].clone();
    // The sign that adds, so that nothing cancels.
    double diagonal = v[k] > 0 ? -norm : norm;
    v[k] -= diagonal;
    double half = dot(v, v, k) / 2;
    for (int j = k + 1; j < columns.length; j++) {
      subtract(columns[j], v, dot(v, columns[j], k) / half, k);
    }
    subtract(right, v, dot(v, right, k) / half, k);
    columns[k][k] = diagonal;
  }

  private double[] substitute(int rank) {
    double[] x = new double[columns.length];
    for (int k = rank - 1; k >= 0; k--) {
      double sum = right[k];
      for (int j = k + 1; j < rank; j++) {
        sum -= columns[j][k] * x[order[j]];
      }
      x[order[k]] = sum / columns[k][k];
    }
    return x;
  }

  private double dot(double[] a, double[] b, int from) {
    double sum = 0;
    for (int i = from; i < rows; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private void subtract(double[] from, double[] v, double factor, int first) {
    for (int i = first; i < rows; i++) {
      from[i] -= factor * v[i];
    }
  }
}
