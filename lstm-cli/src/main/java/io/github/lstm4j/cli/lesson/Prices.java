package io.github.lstm4j.cli.lesson;

import io.github.lstm4j.random.CounterRandom;

/**
 * A series of prices.
 *
 * @param name what it is
 * @param values one for each day, oldest first
 */
@SuppressWarnings("ArrayRecordComponent") // a parameter object, never compared
public record Prices(String name, double[] values) {
  private static final int DAYS = 1500;

  /**
   * A price that goes nowhere in particular: each day's change is drawn afresh, 1 % up or down as a rule. No past says
   * anything about the next day, so nothing can beat persistence but by luck.
   *
   * @param seed of the draws
   * @return the prices
   */
  public static Prices randomWalk(long seed) {
    double[] values = new double[DAYS];
    double price = 1000;
    for (int day = 0; day < DAYS; day++) {
      values[day] = price;
      price *= Math.exp(0.01 * CounterRandom.normal(seed, CounterRandom.stream("random walk"), day));
    }
    return new Prices("a random walk", values);
  }
}
