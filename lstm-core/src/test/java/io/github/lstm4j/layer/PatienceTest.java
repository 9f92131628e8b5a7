package io.github.lstm4j.layer;

import static io.github.lstm4j.layer.Patience.LONG_NANOS;
import static io.github.lstm4j.layer.Patience.SHORT_NANOS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** What a thread learns from how long it waited. */
class PatienceTest {
  private final Patience patience = new Patience();

  @Test
  void whoNeverSleptWaitsShortly() {
    assertEquals(SHORT_NANOS, patience.nanos());
  }

  @Test
  void aSleepThatWasSoonOverTeachesPatience() {
    patience.slept(SHORT_NANOS + 30_000);
    assertEquals(LONG_NANOS, patience.nanos());
  }

  @Test
  void aPauseMakesImpatient() {
    patience.slept(LONG_NANOS - 1);
    patience.slept(LONG_NANOS);
    assertEquals(SHORT_NANOS, patience.nanos());
  }

  /** Regular pauses, however long, never cost more than the short wait; only jobs in close succession earn the long. */
  @Test
  void regularPausesCostTheShortWait() {
    for (long pause = LONG_NANOS; pause < 1_000 * LONG_NANOS; pause *= 3) {
      patience.slept(pause);
      assertEquals(SHORT_NANOS, patience.nanos());
    }
    assertTrue(LONG_NANOS < 1_000_000, "an idle library burns nothing");
  }
}
