package io.github.lstm4j.oracle;

/**
 * A number and how far a float32 computation of the same formula can be from it: a running error analysis. Errors count
 * in units of u = 2⁻²⁴, the unit roundoff of float32 (a rounded result is off by at most u times its size).
 *
 * <p>Each operation has two parts: what the operands' errors become (the derivative plus the exact or bounded
 * second-order remainder, so no first-order slack is needed), and what rounding adds, for the worst of the forms an
 * implementation may choose. Fusing a multiplication with an addition only leaves out a rounding, so bounds hold with
 * and without fma.
 *
 * @param value the true value, up to double rounding
 * @param error the bound, in units of u
 */
record Approx(double value, double error) {
  /** u, the unit roundoff of float32. */
  static final double UNIT = 0x1p-24;

  /** Half the largest |tanh″|, which is 4/(3√3) = 0.7699: the remainder of tanh is at most this times δ². */
  private static final double TANH_CURVATURE = 0.385;

  /** Half the largest |sigmoid″|, which is 1/(6√3) = 0.0963. */
  private static final double SIGMOID_CURVATURE = 0.0482;

  /** The library's tanh is within 5 ulp and an ulp is at most 2u of its number. */
  private static final double TANH_ROUNDING = 10;

  /** The library's gate sigmoid is within 2e-7, absolutely. */
  private static final double SIGMOID_ROUNDING = 2e-7 / UNIT;

  static Approx exact(double value) {
    return new Approx(value, 0);
  }

  Approx plus(Approx other) {
    return rounded(value + other.value, error + other.error, 1);
  }

  Approx minus(Approx other) {
    return rounded(value - other.value, error + other.error, 1);
  }

  Approx times(Approx other) {
    return rounded(value * other.value, productError(value, error, other.value, other.error), 1);
  }

  /** What the errors of two factors do to their product, exactly: |(a+δa)(b+δb) − ab|. */
  static double productError(double a, double errorA, double b, double errorB) {
    return Math.abs(a) * errorB + Math.abs(b) * errorA + UNIT * errorA * errorB;
  }

  /** 1 − this for this in [0, 1]. One whole u, so that x − x·this is covered as a form of x·(1 − this). */
  Approx oneMinus() {
    return new Approx(1 - value, error + 1);
  }

  Approx tanh() {
    double t = Math.tanh(value);
    double smooth = (1 - t * t) * error + TANH_CURVATURE * UNIT * error * error;
    double propagated = Math.min(Math.min(smooth, error), 2 / UNIT); // slope at most 1, range (−1, 1)
    return rounded(t, propagated, TANH_ROUNDING);
  }

  Approx sigmoid() {
    double s = 1 / (1 + Math.exp(-value));
    double smooth = s * (1 - s) * error + SIGMOID_CURVATURE * UNIT * error * error;
    double propagated = Math.min(Math.min(smooth, error / 4), 1 / UNIT); // slope at most 1/4, range (0, 1)
    return new Approx(s, propagated + SIGMOID_ROUNDING);
  }

  Approx relu() {
    return new Approx(Math.max(value, 0), error);
  }

  /**
   * 1 − t² where this is t = tanh(x), never past ±1: as fma(−t, t, 1), 1 − t·t or (1 − t)(1 + t), at most three
   * roundings of at most 1.
   */
  Approx tanhSlope() {
    double propagated = Math.min(2 * Math.abs(value) * error + UNIT * error * error, 1 / UNIT); // range [0, 1]
    return new Approx(1 - value * value, propagated + 3 * (1 + UNIT * propagated));
  }

  /**
   * s·(1 − s) where this is s = sigmoid(x), never outside [0, 1]: as fma(−s, s, s), s − s·s or s·(1 − s), at most three
   * roundings of at most s.
   */
  Approx sigmoidSlope() {
    double smooth = Math.abs(1 - 2 * value) * error + UNIT * error * error;
    double propagated = Math.min(smooth, 0.25 / UNIT); // range [0, 1/4]
    return new Approx(value * (1 - value), propagated + 3 * (value + UNIT * error));
  }

  /**
   * 1 where this, the number before the ReLU, is positive, else 0. Where its error reaches across 0 a float32
   * computation may choose either, and the bound says so: it is 1, not a multiple of u.
   */
  Approx reluSlope() {
    boolean certain = error == 0 || Math.abs(value) > error * UNIT;
    return new Approx(value > 0 ? 1 : 0, certain ? 0 : 1 / UNIT);
  }

  /**
   * The GRU's new state (1 − z)⊙n + z⊙h where this is z. As written, or as n + z⊙(h − n): at most four roundings of at
   * most |n| + |h|.
   */
  Approx blend(Approx n, Approx h) {
    double z = value;
    double propagated =
        (1 - z) * n.error + z * h.error + error * Math.abs(h.value - n.value) + UNIT * error * (n.error + h.error);
    double size = Math.abs(n.value) + Math.abs(h.value) + UNIT * (n.error + h.error);
    return new Approx((1 - z) * n.value + z * h.value, propagated + 4 * size);
  }

  /** A result that is rounded `roundings` times at its own size, which is the true one plus the propagated error. */
  private static Approx rounded(double value, double propagated, double roundings) {
    return new Approx(value, propagated + roundings * (Math.abs(value) + UNIT * propagated));
  }
}
