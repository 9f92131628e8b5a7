package io.github.lstm4j.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How often a waiting thread looks at the clock before it parks, on a clock that goes on at each look. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD) // a call that is lost shows as a hang
class MeetingTest {
  private static final int HELPER = 1;
  private static final long TICK_NANOS = 10_000;
  private static final int SHORT_LOOKS = (int) (SpinLimit.SHORT_NANOS / TICK_NANOS) + 1; // the first is the beginning
  private static final int LONG_LOOKS = (int) (SpinLimit.LONG_NANOS / TICK_NANOS) + 1;

  private final AtomicLong now = new AtomicLong(1);
  private final AtomicInteger looks = new AtomicInteger();
  private final AtomicInteger calls = new AtomicInteger();

  /** The second call comes after more than the long limit. */
  @Test
  void aThreadThatIsCalledSoonAfterItParkedSpinsLongerTheNextTime() throws InterruptedException {
    assertLooks(true, 0, SHORT_LOOKS, LONG_LOOKS, SHORT_LOOKS);
  }

  @Test
  void aPauseTeachesNothing() throws InterruptedException {
    assertLooks(true, SpinLimit.LONG_NANOS, SHORT_LOOKS, SHORT_LOOKS);
  }

  /** Not even after a call that came at once. */
  @Test
  void nobodySpinsWhereProcessorsAreTooFew() throws InterruptedException {
    assertLooks(false, 0, 1, 1);
  }

  /** Each wait's looks until the thread parks; it is called so long afterwards. */
  private void assertLooks(boolean spins, long pause, int... expected) throws InterruptedException {
    Meeting meeting = new Meeting(2, spins, this::look);
    Thread helper = start(meeting, expected.length);
    int total = 0;
    for (int wait = 0; wait < expected.length; wait++) {
      total += expected[wait];
      assertParks(helper, wait, total);
      now.addAndGet(pause);
      meeting.call(HELPER, wait + 1);
      total++; // on waking
    }
    helper.join();
  }

  private long look() {
    looks.incrementAndGet();
    return now.addAndGet(TICK_NANOS);
  }

  private Thread start(Meeting meeting, long last) {
    Thread helper = new Thread(() -> {
      for (long number = 0; number < last; calls.incrementAndGet()) {
        number = meeting.awaitCall(HELPER, number);
      }
    });
    helper.setDaemon(true);
    helper.start();
    return helper;
  }

  private void assertParks(Thread helper, int called, int expectedLooks) {
    while (calls.get() < called || helper.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    assertEquals(expectedLooks, looks.get(), "looks at the clock in the wait after call " + called);
  }
}
