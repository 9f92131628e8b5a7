package io.github.lstm4j.kernels;

/** How a matrix stands that is packed as the right operand b [k, n] of a product. */
public enum Orientation {
  /** The matrix is b itself: [k, n]. */
  PLAIN,
  /** The matrix is bᵀ: [n, k], as a weight of y = x·Wᵀ. */
  TRANSPOSED
}
