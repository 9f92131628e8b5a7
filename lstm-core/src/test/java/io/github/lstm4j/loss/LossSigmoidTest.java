package io.github.lstm4j.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.MathContext;
import org.junit.jupiter.api.Test;

/** The losses' logistic function against 40 decimal digits: within 2 ulp of float32, in both tails. */
class LossSigmoidTest {
  private static final MathContext DIGITS = new MathContext(40);

  /** e⁻ˣ of x ≥ 0 by the series of a small argument, squared ten times. */
  private static BigDecimal expOfMinus(double x) {
    BigDecimal small = new BigDecimal(-x).divide(BigDecimal.valueOf(1024), DIGITS);
    BigDecimal term = BigDecimal.ONE;
    BigDecimal sum = BigDecimal.ONE;
    for (int n = 1; n <= 40; n++) {
      term = term.multiply(small, DIGITS).divide(BigDecimal.valueOf(n), DIGITS);
      sum = sum.add(term, DIGITS);
    }
    for (int i = 0; i < 10; i++) {
      sum = sum.multiply(sum, DIGITS);
    }
    return sum;
  }

  @Test
  void withinTwoUlp() {
    for (double x = -103; x <= 103; x += 0.3125 / 3) {
      float logit = (float) x;
      BigDecimal e = expOfMinus(Math.abs(logit));
      BigDecimal truth = (logit < 0 ? e : BigDecimal.ONE).divide(BigDecimal.ONE.add(e), DIGITS);
      float actual = (float) BinaryCrossEntropy.sigmoid(logit);
      double ulps = new BigDecimal(actual).subtract(truth).abs().doubleValue() / Math.ulp(actual);
      assertTrue(ulps <= 2, () -> "sigmoid(" + logit + ") is " + actual + ", off by " + ulps + " ulp");
    }
  }

  @Test
  void ends() {
    assertEquals(0, BinaryCrossEntropy.sigmoid(Double.NEGATIVE_INFINITY));
    assertEquals(1, BinaryCrossEntropy.sigmoid(Double.POSITIVE_INFINITY));
    assertTrue(Double.isNaN(BinaryCrossEntropy.sigmoid(Double.NaN)));
  }
}
