package io.github.lstm4j.forecast;

/**
 * Whether one forecaster is better than another on the same points, or only luckier: the test of Diebold and Mariano,
 * "Comparing predictive accuracy", 1995, for squared errors one step ahead, whose differences are taken to be
 * uncorrelated.
 *
 * @param lead the mean of the other's squared errors less this one's: above 0 where this one is better
 * @param standardErrors the lead in its standard errors; about normally distributed where neither is better. 0 where
 *     all differences are 0, infinite where they are all the same
 */
public record PairedErrors(double lead, double standardErrors) {
  /**
   * The lead, in standard errors, that chance alone passes in one of twenty cases: the normal distribution's 95 %
   * point.
   */
  public static final double CHANCE = 1.645;

  /**
   * Compares two forecasters.
   *
   * @param squaredErrors this one's squared errors, at least two
   * @param others the other's, on the same points
   * @return the comparison
   * @throws IllegalArgumentException if the lengths differ or are below 2
   */
  public static PairedErrors of(double[] squaredErrors, double[] others) {
    int n = squaredErrors.length;
    if (n != others.length || n < 2) {
      throw new IllegalArgumentException(n + " squared errors and " + others.length + "; expected as many, at least 2");
    }
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += others[i] - squaredErrors[i];
    }
    double lead = sum / n;
    double squares = 0;
    for (int i = 0; i < n; i++) {
      double deviation = others[i] - squaredErrors[i] - lead;
      squares += deviation * deviation;
    }
    double standardError = Math.sqrt(squares / (n - 1) / n);
    return new PairedErrors(lead, lead == 0 ? 0 : lead / standardError);
  }

  /**
   * Whether the lead is more than chance easily gives.
   *
   * @return whether it passes {@link #CHANCE}
   */
  public boolean beyondChance() {
    return standardErrors > CHANCE;
  }
}
