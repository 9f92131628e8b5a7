package io.github.lstm4j.forecast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lstm4j.random.CounterRandom;
import io.github.lstm4j.testing.Refusal;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PairedErrorsTest {
  @Test
  void aFewByHand() {
    // differences 1, 3: mean 2, variance 2, standard error of the mean 1
    PairedErrors paired = PairedErrors.of(new double[] {0, 0}, new double[] {1, 3});
    assertEquals(2, paired.lead());
    assertEquals(2, paired.standardErrors(), 2 * Math.ulp(2.0));
    assertTrue(paired.beyondChance());
    assertFalse(PairedErrors.of(new double[] {1, 3}, new double[] {0, 0}).beyondChance(), "the other is better");
    PairedErrors same = PairedErrors.of(new double[] {1, 3}, new double[] {1, 3});
    assertEquals(new PairedErrors(0, 0), same);
    assertTrue(PairedErrors.of(new double[] {1, 3}, new double[] {2, 4}).beyondChance(),
        "better by as much everywhere");
  }

  /**
   * Where neither is better, about one in twenty passes: of 2,000, 100 with a standard deviation of 9.7, so 5 of them.
   */
  @Test
  void chanceIsFoundBeyondChanceInOneOfTwenty() {
    int found = 0;
    for (int run = 0; run < 2000; run++) {
      double[] a = errors(run, 1);
      double[] b = errors(run, 2);
      found += PairedErrors.of(a, b).beyondChance() ? 1 : 0;
    }
    assertEquals(100, found, 5 * Math.sqrt(2000 * 0.05 * 0.95));
  }

  private static double[] errors(long seed, long stream) {
    double[] squares = new double[200];
    Arrays.setAll(squares, i -> Math.pow(CounterRandom.normal(seed, stream, i), 2));
    return squares;
  }

  @Test
  void badInputIsRefused() {
    Refusal.of(
        IllegalArgumentException.class, () -> PairedErrors.of(new double[3], new double[2]),
        "3 squared errors and 2; expected as many, at least 2");
    Refusal.of(IllegalArgumentException.class, () -> PairedErrors.of(new double[1], new double[1]), "at least 2");
  }
}
