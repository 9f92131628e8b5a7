package io.github.lstm4j.oracle;

/** A matrix (or a vector, one column) of {@link Approx}, as two plain arrays. */
public final class Reals {
  /** The oracle's own rounding obeys the same analysis with double's unit roundoff in place of float's. */
  private static final double DOUBLE_UNIT = 0x1p-53;

  /**
   * Covers underflow, which the analysis leaves out: each operation loses at most 2⁻¹⁵⁰ (7e-46) to it, so this is room
   * for 10¹⁵ such losses or factors, and far below any number a test looks at.
   */
  private static final double UNDERFLOW = 1e-30;

  private final int rows;
  private final int columns;
  private final double[] value;
  private final double[] error;

  Reals(int rows, int columns, double[] value, double[] error) {
    this.rows = rows;
    this.columns = columns;
    this.value = value;
    this.error = error;
  }

  static Reals exact(int rows, int columns, double[] values) {
    return new Reals(rows, columns, values, new double[values.length]);
  }

  static Reals zeros(int rows, int columns) {
    return exact(rows, columns, new double[rows * columns]);
  }

  static Reals zeros(int size) {
    return zeros(size, 1);
  }

  int rows() {
    return rows;
  }

  int columns() {
    return columns;
  }

  /**
   * How many elements.
   *
   * @return rows × columns
   */
  public int size() {
    return value.length;
  }

  /**
   * The value of an element.
   *
   * @param index row-major
   * @return the value
   */
  public double value(int index) {
    return value[index];
  }

  /**
   * How far a float32 result may be from {@link #value}: derived, see {@link Approx}, for any order of summation, with
   * or without fma. A worst case is assumed at every step, so bounds grow with steps and layers: useful over a dozen
   * steps, and infinite (saying nothing) over very many.
   *
   * @param index row-major
   * @return the bound, absolute
   */
  public double bound(int index) {
    double bound = error[index] * (Approx.UNIT + DOUBLE_UNIT) + UNDERFLOW;
    return Double.isNaN(bound) ? Double.POSITIVE_INFINITY : bound; // the analysis overflowed
  }

  /**
   * All values.
   *
   * @return a copy, row-major
   */
  public double[] values() {
    return value.clone();
  }

  /**
   * All bounds.
   *
   * @return a new array, row-major
   */
  public double[] bounds() {
    double[] bounds = new double[error.length];
    for (int i = 0; i < bounds.length; i++) {
      bounds[i] = bound(i);
    }
    return bounds;
  }

  double error(int index) {
    return error[index];
  }

  Approx at(int index) {
    return new Approx(value[index], error[index]);
  }

  void set(int index, Approx number) {
    value[index] = number.value();
    error[index] = number.error();
  }

  /** Copies a vector to the elements from `from` on. */
  void set(int from, Reals vector) {
    System.arraycopy(vector.value, 0, value, from, vector.size());
    System.arraycopy(vector.error, 0, error, from, vector.size());
  }

  /** A copy of `size` elements from `from` on, as a vector. */
  Reals slice(int from, int size) {
    Reals slice = zeros(size);
    System.arraycopy(value, from, slice.value, 0, size);
    System.arraycopy(error, from, slice.error, 0, size);
    return slice;
  }

  /** A copy of a row, as a vector. */
  Reals row(int row) {
    return slice(row * columns, columns);
  }
}
