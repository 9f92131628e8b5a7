package io.github.lstm4j.kernels.scalar;

/**
 * Rows of chains of one thread, kept between calls so that a product allocates nothing once they are wide enough.
 * Kernels are stateless and called from threads that others own, so this is the only place where they could be kept.
 */
final class Chains {
  private static final ThreadLocal<Chains> PER_THREAD = ThreadLocal.withInitial(Chains::new);

  private float[] sums = new float[0];
  private float[] right = new float[0];

  private Chains() {}

  static Chains ofThread() {
    return PER_THREAD.get();
  }

  /** Room for a row of running sums, at least so wide; holds whatever was left in it. */
  float[] sums(int columns) {
    if (sums.length < columns) {
      sums = new float[columns];
    }
    return sums;
  }

  /** Room for a row of a right operand, at least so wide; holds whatever was left in it. */
  float[] right(int columns) {
    if (right.length < columns) {
      right = new float[columns];
    }
    return right;
  }
}
