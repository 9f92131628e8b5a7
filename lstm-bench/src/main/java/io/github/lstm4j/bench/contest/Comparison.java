package io.github.lstm4j.bench.contest;

import java.util.Locale;
import java.util.Optional;

/**
 * Says what got slower between two reports. Times are taken in units of the peak measured in the same turns, so that a
 * machine that runs slower as a whole does not count. Slower means that even the best round now is worse than the worst
 * then.
 */
final class Comparison {
  private final StringBuilder text = new StringBuilder();
  private int common;
  private int slower;

  Comparison(Report before, Report after) {
    for (MatchResult then : before.results()) {
      Timing thenOurs = then.ours();
      Optional<MatchResult> same =
          after.results().stream()
              .filter(now -> now.task().equals(then.task()) && now.threads() == then.threads())
              .findFirst();
      Timing nowOurs = same.map(MatchResult::ours).orElse(null);
      if (thenOurs == null || nowOurs == null) {
        text.append("gone       ").append(then.task()).append('\n');
        continue;
      }
      add(then, thenOurs, same.get(), nowOurs);
    }
    text.append(slower).append(" of ").append(common).append(" got slower\n");
  }

  private void add(MatchResult then, Timing thenOurs, MatchResult now, Timing nowOurs) {
    common++;
    boolean worse = nowOurs.least() * now.peak() > thenOurs.most() * then.peak();
    boolean better = nowOurs.most() * now.peak() < thenOurs.least() * then.peak();
    slower += worse ? 1 : 0;
    text.append(
        String.format(
            Locale.ROOT, "%-10s %6.3fx  %s, threads: %d: %.1f %% of peak -> %.1f %%%n",
            worse ? "slower" : better ? "faster" : "same", now.shareOfPeak() / then.shareOfPeak(), then.task(),
            then.threads(), 100 * then.shareOfPeak(), 100 * now.shareOfPeak()));
  }

  /** Whether something got slower, or nothing could be compared. */
  boolean failed() {
    return slower > 0 || common == 0;
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
