package io.github.lstm4j.train;

/**
 * A number in double precision and how far a float32 computation of the same formula may be from it, to first order:
 * what operands' errors become, and u times the result for each rounding. Terms of second order are below a thousandth
 * while errors stay below 1e-3 of their numbers; the tests allow for that.
 */
record Rounded(double value, double error) {
  /** u, the unit roundoff of float32. */
  static final double U = 0x1p-24;

  static final Rounded ZERO = exact(0);

  static Rounded exact(double value) {
    return new Rounded(value, 0);
  }

  /** A coefficient that is rounded to float32 once. */
  static Rounded of(double value) {
    return new Rounded(value, U * Math.abs(value));
  }

  Rounded plus(Rounded other) {
    double sum = value + other.value;
    return new Rounded(sum, error + other.error + U * Math.abs(sum));
  }

  Rounded minus(Rounded other) {
    return plus(new Rounded(-other.value, other.error));
  }

  Rounded times(Rounded other) {
    double product = value * other.value;
    return new Rounded(
        product, Math.abs(value) * other.error + Math.abs(other.value) * error + U * Math.abs(product));
  }

  Rounded over(Rounded other) {
    double quotient = value / other.value;
    double carried = (error + Math.abs(quotient) * other.error) / Math.abs(other.value);
    return new Rounded(quotient, carried + U * Math.abs(quotient));
  }

  /** This + share·(target − this): the share, the difference and the fused result are rounded. */
  Rounded towards(Rounded target, double share) {
    double result = value + share * (target.value - value);
    double carried = (1 - share) * error + share * (target.error + 2 * U * Math.abs(target.value - value));
    return new Rounded(result, carried + U * Math.abs(result));
  }

  Rounded root() {
    double root = Math.sqrt(value);
    return new Rounded(root, root == 0 ? 0 : error / (2 * root) + U * root);
  }
}
