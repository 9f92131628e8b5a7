package io.github.lstm4j.kernels.scalar;

/**
 * The fused multiply-add of every scalar kernel: {@link Math#fma(float, float, float)} where the hardware has one, an
 * exact form in double precision where it has not (there {@code Math.fma} falls back to {@code BigDecimal}, about a
 * thousand times slower). Both give the same bits.
 */
public final class Fma {
  /**
   * Calls of a probe, and the time above which they cannot have been hardware instructions, in nanoseconds per call.
   */
  private static final int PROBE_CALLS = 256;

  private static final long SLOW_NANOS = 250;

  private static final boolean HARDWARE = probe();

  private Fma() {}

  /**
   * Whether a fused multiply-add is an instruction here.
   *
   * @return true on hardware with FMA
   */
  public static boolean inHardware() {
    return HARDWARE;
  }

  /**
   * a·b + c, rounded once.
   *
   * @param a a factor
   * @param b a factor
   * @param c the addend
   * @return the rounded result
   */
  public static float fma(float a, float b, float c) {
    return HARDWARE ? Math.fma(a, b, c) : exact(a, b, c);
  }

  /**
   * The same through double precision. The product of two floats is exact in double (48 bits of 53). The sum is rounded
   * to odd: where it is inexact its last bit is set, so that the final rounding to float (24 bits ≤ 53 − 2) sees on
   * which side of a tie the exact sum lies. Source: Boldo, Melquiond, "Emulation of FMA and correctly rounded sums",
   * 2008.
   */
  static float exact(float a, float b, float c) {
    double product = (double) a * b;
    double sum = product + c;
    if (Double.isFinite(sum)) {
      double partOfC = sum - product;
      double error = (product - (sum - partOfC)) + (c - partOfC); // Knuth's two-sum: exact
      long bits = Double.doubleToRawLongBits(sum);
      if (error != 0 && (bits & 1) == 0) {
        boolean away = error > 0 == sum > 0;
        sum = Double.longBitsToDouble(away ? bits + 1 : bits - 1);
      }
    }
    return (float) sum;
  }

  /** Times the fallback out: a slow answer can only cost speed, never a bit, since both forms are exact. */
  private static boolean probe() {
    long best = Long.MAX_VALUE;
    float x = 1.5f;
    for (int attempt = 0; attempt < 3; attempt++) {
      long start = System.nanoTime();
      for (int i = 0; i < PROBE_CALLS; i++) {
        x = Math.fma(x, 0.3333333f, 0.7f);
      }
      best = Math.min(best, System.nanoTime() - start);
    }
    return x > 0 && best < SLOW_NANOS * PROBE_CALLS;
  }
}
