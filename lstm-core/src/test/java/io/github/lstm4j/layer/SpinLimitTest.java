package io.github.lstm4j.layer;

import static io.github.lstm4j.layer.SpinLimit.LONG_NANOS;
import static io.github.lstm4j.layer.SpinLimit.SHORT_NANOS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** What a thread learns from how long it waited. */
class SpinLimitTest {
  private final SpinLimit limit = new SpinLimit();

  @Test
  void isShortAtFirst() {
    assertEquals(SHORT_NANOS, limit.nanos());
  }

  @Test
  void isLongAfterWaitsThatItCovers() {
    limit.parked(SHORT_NANOS + 1);
    assertEquals(LONG_NANOS, limit.nanos());
    limit.parked(LONG_NANOS - 1);
    assertEquals(LONG_NANOS, limit.nanos());
  }

  @Test
  void isShortAgainAfterALongerWait() {
    limit.parked(SHORT_NANOS + 1);
    limit.parked(LONG_NANOS);
    assertEquals(SHORT_NANOS, limit.nanos());
  }

  /** Regular pauses, however long, never cost more than the short spin. */
  @Test
  void staysShortWhilePausesAreLong() {
    for (long pause = LONG_NANOS; pause < 1_000 * LONG_NANOS; pause *= 3) {
      limit.parked(pause);
      assertEquals(SHORT_NANOS, limit.nanos());
    }
    assertTrue(LONG_NANOS < 1_000_000, "an idle library burns nothing");
  }
}
