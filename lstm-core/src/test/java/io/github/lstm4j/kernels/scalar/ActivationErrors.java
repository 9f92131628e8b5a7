package io.github.lstm4j.kernels.scalar;

/**
 * How far the activation functions are from the truth over some inputs. The truth is {@link StrictMath} in double
 * precision, whose error of about one unit in 2⁵² is nothing beside a float's; an ulp is that of the float nearest to
 * it.
 */
final class ActivationErrors {
  private double worstUlps;
  private float worstUlpsAt;
  private double worstSigmoid;
  private float worstSigmoidAt;
  private long inputs;

  /** Takes the inputs with the bit patterns from, from + step, … below end, seen as unsigned. */
  void sweep(long from, long end, int step) {
    for (long bits = from; bits < end; bits += step) {
      add(Float.intBitsToFloat((int) bits));
    }
  }

  /** Takes one input; fails at once where no error at all is allowed. */
  void add(float x) {
    inputs++;
    float tanh = Activations.tanh(x);
    float sigmoid = Activations.sigmoid(x);
    if (Float.isNaN(x)) {
      require(Float.isNaN(tanh) && Float.isNaN(sigmoid), "NaN in, no NaN out", x, tanh, sigmoid);
      return;
    }
    require(tanh >= -1 && tanh <= 1, "tanh past 1, or NaN", x, tanh, sigmoid);
    require(sigmoid >= 0 && sigmoid <= 1, "sigmoid out of [0, 1], or NaN", x, tanh, sigmoid);
    require((Float.floatToRawIntBits(tanh) ^ Float.floatToRawIntBits(x)) >= 0, "sign of x lost", x, tanh, sigmoid);
    double truth = StrictMath.tanh(x);
    double ulps = Math.abs(tanh - truth) / Math.ulp((float) truth);
    if (ulps > worstUlps) {
      worstUlps = ulps;
      worstUlpsAt = x;
    }
    double error = Math.abs(sigmoid - 1 / (1 + StrictMath.exp(-(double) x)));
    if (error > worstSigmoid) {
      worstSigmoid = error;
      worstSigmoidAt = x;
    }
  }

  private static void require(boolean holds, String what, float x, float tanh, float sigmoid) {
    if (!holds) {
      throw new AssertionError(
          what + ": x = " + x + " (bits " + Integer.toHexString(Float.floatToRawIntBits(x)) + "), tanh " + tanh
              + ", sigmoid " + sigmoid);
    }
  }

  /** Takes over what another sweep found. */
  void merge(ActivationErrors other) {
    inputs += other.inputs;
    if (other.worstUlps > worstUlps) {
      worstUlps = other.worstUlps;
      worstUlpsAt = other.worstUlpsAt;
    }
    if (other.worstSigmoid > worstSigmoid) {
      worstSigmoid = other.worstSigmoid;
      worstSigmoidAt = other.worstSigmoidAt;
    }
  }

  double worstUlps() {
    return worstUlps;
  }

  double worstSigmoid() {
    return worstSigmoid;
  }

  long inputs() {
    return inputs;
  }

  @Override
  public String toString() {
    return inputs + " inputs: tanh " + worstUlps + " ulp at " + worstUlpsAt + ", sigmoid " + worstSigmoid + " at "
        + worstSigmoidAt;
  }
}
