package io.github.lstm4j.kernels;

/** The right operand of a product in the format of the implementation that packed it. */
public interface PackedMatrix {
  /**
   * The depth of the product.
   *
   * @return k
   */
  int depth();

  /**
   * The columns of the product.
   *
   * @return n
   */
  int columns();

  /**
   * How the matrix stood that was packed.
   *
   * @return the orientation
   */
  Orientation orientation();
}
