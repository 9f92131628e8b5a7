package io.github.lstm4j.loss;

/**
 * A sum of loss terms, which can be added to others.
 *
 * @param sum of the terms
 * @param weight their number, or the sum of their weights
 */
public record LossSum(double sum, double weight) {
  /** Nothing yet. */
  public static final LossSum ZERO = new LossSum(0, 0);

  /**
   * The average.
   *
   * @return sum / weight
   */
  public double mean() {
    return sum / weight;
  }

  /**
   * The sum of both.
   *
   * @param other more terms
   * @return terms of both
   */
  public LossSum plus(LossSum other) {
    return new LossSum(sum + other.sum, weight + other.weight);
  }
}
