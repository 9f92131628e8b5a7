package io.github.lstm4j.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * How often a waiting thread looks at the clock before it parks, and gives way, on a clock that goes on at each look.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD) // a call that is lost shows as a hang
class MeetingTest {
  private static final int HELPER = 1;
  private static final long TICK_NANOS = 1_000;
  private static final int SHORT_LOOKS = looks(SpinLimit.SHORT_NANOS);
  private static final int LONG_LOOKS = looks(SpinLimit.LONG_NANOS);

  private final Ticks time = new Ticks();
  private final AtomicInteger waits = new AtomicInteger();

  /** Time that goes on at each look, and counts them. */
  private static final class Ticks implements Meeting.Time {
    private final AtomicLong now = new AtomicLong(1);
    private final AtomicInteger looks = new AtomicInteger();
    private final AtomicInteger yields = new AtomicInteger();

    @Override
    public long now() {
      looks.incrementAndGet();
      return now.addAndGet(TICK_NANOS);
    }

    @Override
    public void giveWay() {
      yields.incrementAndGet();
    }
  }

  /** Looks until so many nanoseconds have gone by since the first of them. */
  private static int looks(long nanos) {
    return (int) (nanos / TICK_NANOS) + 1;
  }

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
    assertEquals(0, time.yields.get(), "who does not spin keeps nobody away");
  }

  /** All looks but those that come too soon, and the one after which it parks. */
  @Test
  void aWaitThatGetsLongGivesWayAtEachLook() throws InterruptedException {
    assertLooks(true, 0, SHORT_LOOKS);
    assertEquals(SHORT_LOOKS - looks(Meeting.KEEP_NANOS), time.yields.get());
  }

  @Test
  void whoWaitsForTheOthersOfAJobSpinsLonger() throws InterruptedException {
    Meeting meeting = new Meeting(2, true, time);
    Thread helper = start(() -> meeting.await(HELPER, 2, 1));
    assertParks(helper, 0, looks(Meeting.STAGE_NANOS));
    meeting.reach(0, 1);
    helper.join();
  }

  /** That the others took long says nothing about when the next job comes: soon, as the last one did. */
  @Test
  void aStageTeachesNothingAboutCalls() throws InterruptedException {
    Meeting meeting = new Meeting(2, true, time);
    Thread helper = start(() -> {
      meeting.awaitCall(HELPER, 0);
      waits.incrementAndGet();
      meeting.awaitAll(HELPER, 2, 1);
      waits.incrementAndGet();
      meeting.awaitCall(HELPER, 1);
    });
    int total = SHORT_LOOKS;
    assertParks(helper, 0, total);
    meeting.call(HELPER, 1);
    total += 1 + looks(Meeting.STAGE_NANOS);
    assertParks(helper, 1, total);
    meeting.reach(0, 1);
    assertParks(helper, 2, total + 1 + LONG_LOOKS);
    meeting.call(HELPER, 2);
    helper.join();
  }

  /** Each wait's looks until the thread parks; it is called so long afterwards. */
  private void assertLooks(boolean spins, long pause, int... expected) throws InterruptedException {
    Meeting meeting = new Meeting(2, spins, time);
    Thread helper = start(() -> {
      for (long number = 0; number < expected.length; waits.incrementAndGet()) {
        number = meeting.awaitCall(HELPER, number);
      }
    });
    int total = 0;
    for (int wait = 0; wait < expected.length; wait++) {
      total += expected[wait];
      assertParks(helper, wait, total);
      time.now.addAndGet(pause);
      meeting.call(HELPER, wait + 1);
      total++; // on waking
    }
    helper.join();
  }

  private static Thread start(Runnable waiting) {
    Thread helper = new Thread(waiting);
    helper.setDaemon(true);
    helper.start();
    return helper;
  }

  private void assertParks(Thread helper, int ended, int expectedLooks) {
    while (waits.get() < ended || helper.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    assertEquals(expectedLooks, time.looks.get(), "looks at the clock before it parks in wait " + ended);
  }
}
