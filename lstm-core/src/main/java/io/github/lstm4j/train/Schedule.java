package io.github.lstm4j.train;

/** The learning rate over the course of a training. */
@FunctionalInterface
public interface Schedule {
  /**
   * The rate of an update.
   *
   * @param update which update, from 0
   * @param progress the part of the training that is done, 0 to 1
   * @return the rate
   */
  double rate(long update, double progress);

  /**
   * The same rate throughout.
   *
   * @param rate the rate, positive
   * @return the schedule
   * @throws IllegalArgumentException if the rate is not a positive number
   */
  static Schedule constant(double rate) {
    check(rate);
    return (update, progress) -> rate;
  }

  /**
   * Half a cosine from a rate down to a fraction of it. Source: Loshchilov, Hutter, "SGDR", 2017, without restarts.
   *
   * @param rate the first rate, positive
   * @param finalFraction what is left of it at the end, 0 to 1
   * @return the schedule
   * @throws IllegalArgumentException if an argument is out of range
   */
  static Schedule cosine(double rate, double finalFraction) {
    check(rate);
    if (!(finalFraction >= 0 && finalFraction <= 1)) {
      throw new IllegalArgumentException("the final fraction of the rate is " + finalFraction + "; expected 0 to 1");
    }
    return (update, progress) ->
        rate * (finalFraction + (1 - finalFraction) * 0.5 * (1 + StrictMath.cos(StrictMath.PI * progress)));
  }

  private static void check(double rate) {
    if (!(rate > 0) || Double.isInfinite(rate)) {
      throw new IllegalArgumentException("the learning rate is " + rate + "; expected a positive number");
    }
  }
}
