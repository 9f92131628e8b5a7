package io.github.lstm4j.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.lstm4j.testing.Refusal;
import org.junit.jupiter.api.Test;

/** Learning rates over time. */
final class ScheduleTest {
  @Test
  void constantStays() {
    assertEquals(0.3, Schedule.constant(0.3).rate(0, 0));
    assertEquals(0.3, Schedule.constant(0.3).rate(99, 1));
  }

  @Test
  void cosineFalls() {
    Schedule schedule = Schedule.cosine(2, 0.1);
    double rounding = 8 * Math.ulp(2.0); // a handful of operations on numbers of up to 2
    assertEquals(2, schedule.rate(0, 0), rounding);
    assertEquals(2 * (0.1 + 0.9 * (1 + Math.sqrt(0.5)) / 2), schedule.rate(5, 0.25), rounding);
    assertEquals(2 * 0.55, schedule.rate(9, 0.5), rounding);
    assertEquals(2 * 0.1, schedule.rate(7, 1), rounding);
    assertEquals(0, Schedule.cosine(2, 0).rate(7, 1), rounding);
  }

  @Test
  void numbersAreChecked() {
    Class<IllegalArgumentException> type = IllegalArgumentException.class;
    Refusal.of(type, () -> Schedule.constant(0), "rate is 0.0");
    Refusal.of(type, () -> Schedule.constant(Double.NaN), "rate is NaN");
    Refusal.of(type, () -> Schedule.cosine(Double.POSITIVE_INFINITY, 0), "rate is Infinity");
    Refusal.of(type, () -> Schedule.cosine(1, 1.5), "fraction", "1.5");
  }
}
