package io.github.lstm4j.simd;

import java.lang.foreign.Arena;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * Whether the vectors of one kernel serve yet. Not compiled, they run in the interpreter, where each is an object, and
 * are slower than plain code by far; so both are called beside the program, on operands like its own, until the vectors
 * are quicker. The comparison needs no figure of any machine, and the calls are what has the vectors compiled.
 *
 * <p>It begins with the kernel's first call, on a thread of its own that ends with the verdict: after a delay, so that
 * a program's first inference has the cores and the compilers to itself, one trial at a time. {@link #MOST_NANOS} after
 * the first call it is over, and as soon as plain code has done {@link #MOST_WORK}: then the vectors serve, compiled or
 * not, and it is the program that has them compiled.
 */
final class Trial {
  /** What serves a kernel. */
  interface Contest {
    /** Calls the vectors once. */
    void vectors();

    /** Calls the plain code once, on the same operands. */
    void plain();
  }

  private static final long DELAY_MILLIS = 150;
  private static final long MOST_NANOS = 2_000_000_000;

  /**
   * What plain code may do, in multiply-adds, of which it does one or two a nanosecond: in all, somewhat more than a
   * trial takes; in a call, less than the program itself would take to have vectors compiled. (A first inference of B1
   * T100 H256 is two products of 26 million, one of them in a hundred calls.)
   */
  private static final long MOST_WORK = 1L << 30;

  private static final long MOST_WORK_OF_A_CALL = 1L << 25;

  /** How often in a row the vectors have to win: once may be chance. */
  private static final int WINS = 3;

  private static final ReentrantLock TURN = new ReentrantLock();

  private final AtomicBoolean begun;
  private final AtomicLong plainWork = new AtomicLong();
  private volatile boolean over;

  /**
   * A trial.
   *
   * @param begins whether {@link #begin} begins it: otherwise plain code serves until {@link #end}
   */
  Trial(boolean begins) {
    begun = new AtomicBoolean(!begins);
  }

  /**
   * Whether the vectors serve a call: when it is over, and from a call on that is too much for plain code.
   *
   * @param work what the call takes, in multiply-adds
   */
  boolean vectorsServe(long work) {
    if (!over && (work > MOST_WORK_OF_A_CALL || plainWork.addAndGet(work) > MOST_WORK)) {
      end();
    }
    return over;
  }

  /** Ends it: the vectors serve from now on. */
  void end() {
    over = true;
  }

  /** Whether it has yet to begin: a call asks, so as to make what {@link #begin} takes only then. */
  boolean begins() {
    return !begun.get();
  }

  /**
   * Begins it, unless it has begun.
   *
   * @param name of the kernel, for that of the thread
   * @param contest makes operands, which live as long as the arena
   */
  void begin(String name, Function<Arena, Contest> contest) {
    if (begins() && begun.compareAndSet(false, true)) {
      Thread thread = new Comparing(name, contest);
      thread.setDaemon(true);
      thread.start();
    }
  }

  private final class Comparing extends Thread {
    private final Function<Arena, Contest> contest;

    Comparing(String name, Function<Arena, Contest> contest) {
      super("lstm4j-warm-up-" + name);
      this.contest = contest;
    }

    @Override
    public void run() {
      compare(contest);
    }
  }

  private void compare(Function<Arena, Contest> contest) {
    long end = System.nanoTime() + MOST_NANOS;
    try {
      Thread.sleep(DELAY_MILLIS);
      if (TURN.tryLock(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
        try (Arena arena = Arena.ofShared()) {
          decide(contest.apply(arena), end);
        } finally {
          TURN.unlock();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // ends here
    } finally {
      end();
    }
  }

  /** Calls both in turns until the vectors have won, somebody ends it or the time is up. */
  void decide(Contest contest, long end) {
    long best = Long.MAX_VALUE; // of the plain code
    int wins = 0;
    long now = System.nanoTime();
    while (!over && wins < WINS && now - end < 0) {
      contest.plain();
      long between = System.nanoTime();
      contest.vectors();
      best = Math.min(best, between - now);
      now = System.nanoTime();
      wins = now - between < best ? wins + 1 : 0;
      if (wins == 0) {
        LockSupport.parkNanos(now - between); // while the compiler works, half of a core is enough
        now = System.nanoTime();
      }
    }
  }
}
