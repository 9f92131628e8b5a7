package io.github.lstm4j.kernels.scalar;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** The form through double precision against {@link Math#fma(float, float, float)}, bit for bit. */
class FmaTest {
  private static final int TRIPLES = 2_000;

  private static final float[] STRUCTURED = {
    0f, Float.MIN_VALUE, 2 * Float.MIN_VALUE, 3 * Float.MIN_VALUE, Math.nextDown(Float.MIN_NORMAL), Float.MIN_NORMAL,
    Math.nextUp(Float.MIN_NORMAL), 0x1p-75f, 0x1p-74f, 0x1.000002p-75f, 0x1p-63f, 0x1p-25f, 0x1.8p-25f, 0x1p-24f,
    0x1.000002p-24f, 0x1.fffffep-25f, 0x1p-23f, 0.1f, 1 / 3f, 0.5f, Math.nextDown(1f), 1f, Math.nextUp(1f),
    0x1.000004p0f, 0x1.000006p0f, 1.5f, 0x1.fffffep0f, 3f, 4097f, 0x1p12f, 0x1.000002p12f, 0x1p23f, 0x1p24f,
    0x1.000002p24f, 0x1p63f, 0x1.fffffep63f, 0x1p64f, 0x1p103f, 0x1p104f, 0x1p127f, Float.MAX_VALUE,
    Math.nextDown(Float.MAX_VALUE), Float.POSITIVE_INFINITY, Float.NaN
  };

  /** Any bit patterns: 1,000 seeds of 2,000 triples. */
  @Property(tries = 1_000)
  void anyBits(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < TRIPLES; i++) {
      check(anyFloat(random), anyFloat(random), anyFloat(random));
    }
  }

  /** An addend within 2⁵⁰ of the product, mostly of other sign: cancellation, sticky bits, denormal results. */
  @Property(tries = 1_000)
  void near(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < TRIPLES; i++) {
      float a = anyFloat(random);
      float b = sparse(random);
      float c = (float) ((double) a * b) * (float) Math.scalb(1.0, random.nextInt(-50, 51));
      float end = Float.intBitsToFloat(Float.floatToRawIntBits(c) + random.nextInt(-2, 3));
      check(a, b, random.nextInt(4) == 0 ? end : -end);
    }
  }

  /** Factors with few bits, so that exact sums lie on the middle between two floats, or one unit beside it. */
  @Property(tries = 500)
  void ties(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < TRIPLES; i++) {
      float c = anyFloat(random);
      float half = Math.ulp(c) / 2; // 0 where c is denormal
      float a = Math.scalb(1f, random.nextInt(-30, 31));
      float b = half / a * (1 + random.nextInt(-1, 2) * 0x1p-23f);
      check(a, random.nextBoolean() ? b : -b, c);
    }
  }

  @Test
  void structured() {
    int signs = 8;
    for (float a : STRUCTURED) {
      for (float b : STRUCTURED) {
        for (float c : STRUCTURED) {
          for (int s = 0; s < signs; s++) {
            check((s & 1) == 0 ? a : -a, (s & 2) == 0 ? b : -b, (s & 4) == 0 ? c : -c);
          }
        }
      }
    }
  }

  private static float anyFloat(SplittableRandom random) {
    return Float.intBitsToFloat(random.nextInt());
  }

  /** A float with a few random bits of fraction only. */
  private static float sparse(SplittableRandom random) {
    return Float.intBitsToFloat(random.nextInt() & -1 << random.nextInt(24));
  }

  private static void check(float a, float b, float c) {
    int expected = Float.floatToIntBits(Math.fma(a, b, c));
    int actual = Float.floatToIntBits(Fma.exact(a, b, c));
    if (expected != actual) {
      assertEquals(Math.fma(a, b, c), Fma.exact(a, b, c), "fma(" + a + ", " + b + ", " + c + "), or its sign");
    }
  }
}
