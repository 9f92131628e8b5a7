package io.github.lstm4j.bench;

/**
 * The main figure of one benchmark with its parameters, as JMH's JSON holds it.
 *
 * @param key benchmark and parameters
 * @param lowerIsBetter whether it is a time, not a throughput
 * @param value the mean
 * @param error half of its 99.9 % confidence interval, NaN where there were too few iterations
 * @param unit such as {@code ms/op}
 */
record Score(String key, boolean lowerIsBetter, double value, double error, String unit) {
  /** The best that the interval allows. */
  private double best() {
    return lowerIsBetter ? value - error : value + error;
  }

  /** The worst that the interval allows. */
  private double worst() {
    return lowerIsBetter ? value + error : value - error;
  }

  /** Whether even the best of this is worse than the worst of another: the intervals do not meet. */
  boolean worseThan(Score other) {
    return lowerIsBetter ? best() > other.worst() : best() < other.worst();
  }

  /** How many times as fast as another. */
  double speedup(Score other) {
    return lowerIsBetter ? other.value / value : value / other.value;
  }
}
