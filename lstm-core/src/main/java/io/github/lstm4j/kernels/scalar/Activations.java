package io.github.lstm4j.kernels.scalar;

/**
 * The activation functions, as forms that every implementation evaluates in the same order: rational, so that a vector
 * needs no table and no gather, with fused multiply-adds where written.
 *
 * <p>The coefficients were chosen among their neighbouring floats, by the worst error over every float from 3.5 to
 * 8.03, rounding included: one of them a unit away may break the stated bound for a handful of inputs that no sample
 * meets.
 */
public final class Activations {
  /** Beyond this |x|, tanh(x) rounds to ±1 within the bound; the form is evaluated here instead. */
  public static final float TANH_LIMIT = 8.017731f;

  /** Numerator x + x·y·P(y) with y = x²: P's coefficients, ascending. */
  public static final float P0 = 1.340216e-1f;

  /** Numerator, y¹. */
  public static final float P1 = 3.5207565e-3f;

  /** Numerator, y². */
  public static final float P2 = 2.102733e-5f;

  /** Numerator, y³. */
  public static final float P3 = 1.39455345e-8f;

  /** Denominator 1 + y·Q(y): Q's coefficients, ascending. */
  public static final float Q0 = 4.6735477e-1f;

  /** Denominator, y². */
  public static final float Q1 = 2.5972543e-2f;

  /** Denominator, y³. */
  public static final float Q2 = 3.326951e-4f;

  /** Denominator, y⁴. */
  public static final float Q3 = 8.0157736e-7f;

  private Activations() {}

  /**
   * The hyperbolic tangent as a rational function of degree [9, 8], one division. At most 4.81 ulp from the true value,
   * measured over all floats, and never past ±1; NaN in, NaN out; keeps the sign of zero.
   *
   * @param value any float
   * @return tanh(value)
   */
  public static float tanh(float value) {
    float x = value > TANH_LIMIT ? TANH_LIMIT : value;
    x = x < -TANH_LIMIT ? -TANH_LIMIT : x;
    float y = x * x;
    float p = Fma.fma(y, P3, P2);
    p = Fma.fma(p, y, P1);
    p = Fma.fma(p, y, P0);
    float numerator = Fma.fma(p * y, x, x);
    float q = Fma.fma(y, Q3, Q2);
    q = Fma.fma(q, y, Q1);
    q = Fma.fma(q, y, Q0);
    q = Fma.fma(q, y, 1f);
    return numerator / q;
  }

  /**
   * The logistic function for gates, ½ + ½·tanh(x/2): at most 1.72e-7 from the true value in absolute terms, measured
   * over all floats, and never out of [0, 1]. Its left tail has no relative accuracy, so losses use another form.
   *
   * @param x any float
   * @return 1/(1 + exp(−x))
   */
  public static float sigmoid(float x) {
    return Fma.fma(tanh(0.5f * x), 0.5f, 0.5f);
  }
}
