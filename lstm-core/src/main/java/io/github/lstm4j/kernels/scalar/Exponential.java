package io.github.lstm4j.kernels.scalar;

import static io.github.lstm4j.kernels.scalar.Fma.fma;

/**
 * exp and log with a small relative error everywhere: what losses need. Every implementation evaluates these forms in
 * this order.
 *
 * <p>Measured over all 2³² floats, in units in the last place of the true value: exp is off by at most 1.02 (at
 * −5.8778844), by 0.76 where the result is denormal; log by at most 0.83 (at 1.413642). Both are promised within 2.
 *
 * <p>The polynomials' coefficients are those of Cephes' expf and logf (Moshier, 1992).
 */
public final class Exponential {
  /** 1/ln 2. */
  public static final float LOG2_E = 1.442695f;

  /** The upper part of ln 2: nine bits, so that its product with a small integer is exact. */
  public static final float LN2_HIGH = 6.933594e-1f;

  /** ln 2 − LN2_HIGH. */
  public static final float LN2_LOW = -2.1219444e-4f;

  /** Adding and subtracting 1.5·2²³ rounds to the nearest integer, ties to even. */
  public static final float ROUNDER = 0x1.8p23f;

  /** Above this x, exp(x) overflows. */
  public static final float EXP_HIGH = 8.872284e1f;

  /** Below this x, exp(x) is nearer to 0 than to the least positive float. */
  public static final float EXP_LOW = -1.0397208e2f;

  /** exp(r) = 1 + r + r²·E(r): E's coefficients, descending. */
  public static final float E5 = 1.9875691e-4f;

  /** r⁴. */
  public static final float E4 = 1.3981999e-3f;

  /** r³. */
  public static final float E3 = 8.333452e-3f;

  /** r². */
  public static final float E2 = 4.1665796e-2f;

  /** r¹. */
  public static final float E1 = 1.6666666e-1f;

  /** r⁰. */
  public static final float E0 = 5e-1f;

  private static final int BIAS = 127;
  private static final int MANTISSA_BITS = 23;
  private static final int ROUNDER_BITS = 0x4b400000; // of 1.5·2²³
  private static final int SQRT_HALF_BITS = 0x3f3504f3;

  /** log(1 + f) = f − f²/2 + f³·L(f): L's coefficients, descending. */
  private static final float[] L = {
    7.037684e-2f, -1.151461e-1f, 1.16769984e-1f, -1.2420141e-1f, 1.4249323e-1f, -1.6668057e-1f, 2.0000714e-1f,
    -2.4999994e-1f, 3.333333e-1f
  };

  private Exponential() {}

  /**
   * The exponential function.
   *
   * @param x any float
   * @return eˣ, within 2 ulp; denormal results included; NaN for NaN
   */
  public static float exp(float x) {
    if (x > EXP_HIGH) {
      return Float.POSITIVE_INFINITY;
    }
    if (x < EXP_LOW) {
      return 0f;
    }
    float shifted = fma(x, LOG2_E, ROUNDER);
    float n = shifted - ROUNDER;
    float r = fma(n, -LN2_HIGH, x);
    r = fma(n, -LN2_LOW, r);
    float p = fma(E5, r, E4);
    p = fma(p, r, E3);
    p = fma(p, r, E2);
    p = fma(p, r, E1);
    p = fma(p, r, E0);
    float y = fma(p, r * r, r) + 1f;
    int power = Float.floatToRawIntBits(shifted) - ROUNDER_BITS; // n as an integer
    int half = power >> 1; // in two steps, so that denormal results are rounded once
    return y * powerOfTwo(half) * powerOfTwo(power - half);
  }

  private static float powerOfTwo(int exponent) {
    return Float.intBitsToFloat((exponent + BIAS) << MANTISSA_BITS);
  }

  /**
   * The natural logarithm.
   *
   * @param x any float
   * @return ln x, within 2 ulp; −∞ for 0; NaN for negative numbers and NaN
   */
  public static float log(float x) {
    if (!(x > 0) || x == Float.POSITIVE_INFINITY) {
      return x == 0 ? Float.NEGATIVE_INFINITY : x > 0 ? x : Float.NaN;
    }
    boolean denormal = x < Float.MIN_NORMAL;
    int bits = Float.floatToRawIntBits(denormal ? x * 0x1p23f : x);
    int exponent = (bits - SQRT_HALF_BITS) >> MANTISSA_BITS;
    float f = Float.intBitsToFloat(bits - (exponent << MANTISSA_BITS)) - 1f; // 1 + f in [√½, √2)
    float e = denormal ? exponent - MANTISSA_BITS : exponent;
    float z = f * f;
    float p = L[0];
    for (int i = 1; i < L.length; i++) {
      p = fma(p, f, L[i]);
    }
    float y = f * z * p;
    y = fma(e, LN2_LOW, y);
    y = fma(-0.5f, z, y);
    return fma(e, LN2_HIGH, f + y);
  }
}
