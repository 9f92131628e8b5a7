package io.github.lstm4j.kernels.scalar;

/**
 * The worst errors of exp and log over the floats shown to it, in units in the last place of the true value, which is
 * that of {@link Math} in double precision (its own error, 1 ulp of a double, is 2e-9 of a unit here).
 */
final class ExponentialErrors {
  private static final double WRONG = Double.POSITIVE_INFINITY;

  private double exp;
  private float expAt;
  private double log;
  private float logAt;
  private long inputs;

  /** Every step-th bit pattern of [from, to). */
  void sweep(long from, long to, int step) {
    for (long bits = from; bits < to; bits += step) {
      add(Float.intBitsToFloat((int) bits));
    }
  }

  void add(float x) {
    inputs++;
    double ofExp = ulps(Exponential.exp(x), Math.exp(x));
    if (ofExp > exp) {
      exp = ofExp;
      expAt = x;
    }
    double ofLog = ulps(Exponential.log(x), Math.log(x));
    if (ofLog > log) {
      log = ofLog;
      logAt = x;
    }
  }

  void merge(ExponentialErrors other) {
    inputs += other.inputs;
    if (other.exp > exp) {
      exp = other.exp;
      expAt = other.expAt;
    }
    if (other.log > log) {
      log = other.log;
      logAt = other.logAt;
    }
  }

  /** NaN must be NaN. An overflow counts as 2¹²⁸, the float that would follow the largest one. */
  private static double ulps(float actual, double truth) {
    if (Double.isNaN(truth) || Float.isNaN(actual)) {
      return Double.isNaN(truth) && Float.isNaN(actual) ? 0 : WRONG;
    }
    if (actual == (float) truth) {
      return Double.isInfinite(truth) || Float.isInfinite(actual) ? 0 : error(actual, truth);
    }
    if (Double.isInfinite(truth)) {
      return WRONG;
    }
    return error(Float.isInfinite(actual) ? Math.copySign(0x1p128, actual) : actual, truth);
  }

  private static double error(double actual, double truth) {
    int exponent = Math.min(Math.max(Math.getExponent(truth), Float.MIN_EXPONENT), Float.MAX_EXPONENT);
    return Math.abs(actual - truth) / Math.scalb(1.0, exponent - (Float.PRECISION - 1));
  }

  double worstExp() {
    return exp;
  }

  double worstLog() {
    return log;
  }

  long inputs() {
    return inputs;
  }

  @Override
  public String toString() {
    return inputs + " floats: exp off by " + exp + " ulp at " + expAt + ", log by " + log + " ulp at " + logAt;
  }
}
