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

  @Test
  void aThreadThatIsCalledSoonAfterItParkedSpinsLongerTheNextTime() throws InterruptedException {
    Meeting meeting = new Meeting(2, true, this::look);
    Thread helper = start(meeting, 3);
    int expected = SHORT_LOOKS;
    assertParks(helper, 0, expected);
    meeting.call(HELPER, 1);
    expected += 1 + LONG_LOOKS; // one on waking
    assertParks(helper, 1, expected);
    meeting.call(HELPER, 2); // after more than the long limit
    expected += 1 + SHORT_LOOKS;
    assertParks(helper, 2, expected);
    meeting.call(HELPER, 3);
    helper.join();
  }

  @Test
  void aPauseTeachesNothing() throws InterruptedException {
    Meeting meeting = new Meeting(2, true, this::look);
    Thread helper = start(meeting, 2);
    assertParks(helper, 0, SHORT_LOOKS);
    now.addAndGet(SpinLimit.LONG_NANOS);
    meeting.call(HELPER, 1);
    assertParks(helper, 1, 2 * SHORT_LOOKS + 1);
    meeting.call(HELPER, 2);
    helper.join();
  }

  @Test
  void nobodySpinsWhereProcessorsAreTooFew() throws InterruptedException {
    Meeting meeting = new Meeting(2, false, this::look);
    Thread helper = start(meeting, 2);
    assertParks(helper, 0, 1);
    meeting.call(HELPER, 1); // at once: the next wait would spin long
    assertParks(helper, 1, 3);
    meeting.call(HELPER, 2);
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
