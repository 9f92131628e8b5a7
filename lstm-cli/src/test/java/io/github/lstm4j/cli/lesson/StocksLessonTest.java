package io.github.lstm4j.cli.lesson;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lstm4j.random.CounterRandom;
import io.github.lstm4j.testing.Refusal;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StocksLessonTest {
  /** A lead beyond chance is due to one random walk of twenty; these three are not. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aRandomWalkIsNotBeaten(long seed) {
    Prices prices = Prices.randomWalk(seed);
    StocksLesson.Result result = StocksLesson.forecast(prices, seed, 1);
    int days = prices.values().length;
    assertEquals(days / 5, result.actual().length);
    assertArrayEquals(Arrays.copyOfRange(prices.values(), days - days / 5, days), result.actual());
    assertArrayEquals(
        Arrays.copyOfRange(prices.values(), days - days / 5 - 1, days - 1), result.persistence(), "the day before");
    assertTrue(result.verdict().startsWith("The network does NOT beat persistence: its lead is "), result.verdict());
    // A forecast of what can't be known is persistence, nearly: the trap would be one that is much worse.
    assertEquals(result.persistenceError(), result.networkError(), 0.1 * result.persistenceError());
  }

  /** Changes that go on as they went yesterday, by half: 1/4 of their variance can be known, 13 % of the error. */
  @Test
  void whatCanBeKnownIsFound() {
    double[] values = new double[1500];
    double change = 0;
    values[0] = 1000;
    for (int day = 1; day < values.length; day++) {
      change = 0.5 * change + 0.01 * CounterRandom.normal(4, 0, day);
      values[day] = values[day - 1] * Math.exp(change);
    }
    StocksLesson.Result result = StocksLesson.forecast(new Prices("prices with momentum", values), 1, 1);
    assertTrue(result.verdict().startsWith("The network beats persistence: "), result.verdict());
  }

  @Test
  void badPricesAreRefused() {
    Class<IllegalArgumentException> type = IllegalArgumentException.class;
    Refusal.of(type, () -> StocksLesson.forecast(new Prices("few", new double[100]), 1, 1),
        "few has 100 prices; expected 200 or more");
    double[] values = new double[300];
    Arrays.fill(values, 1);
    values[7] = -1;
    Refusal.of(type, () -> StocksLesson.forecast(new Prices("odd", values), 1, 1),
        "odd: price 8 is -1.0; expected a positive number");
  }
}
