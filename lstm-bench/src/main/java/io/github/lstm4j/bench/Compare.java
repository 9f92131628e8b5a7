package io.github.lstm4j.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/**
 * Says what got slower between two runs:
 * {@code java -cp benchmarks.jar io.github.lstm4j.bench.Compare old.json new.json}.
 *
 * <p>Slower means that the 99.9 % confidence intervals that JMH gives for both do not meet; without an interval (a
 * single iteration) nothing is judged. Machines drift by more than that between runs: what it finds, a run that
 * alternates old and new has to confirm.
 */
public final class Compare {
  /** Nothing got slower. */
  static final int SAME = 0;

  /** Something got slower. */
  static final int SLOWER = 1;

  /** The arguments or files are wrong. */
  static final int USAGE = 2;

  private Compare() {}

  /**
   * Compares two results; the exit status is 0 if nothing got slower, 1 if something did, 2 if there is nothing to
   * compare.
   *
   * @param arguments the older and the newer JSON
   */
  public static void main(String[] arguments) {
    System.exit(run(arguments, System.out, System.err));
  }

  static int run(String[] arguments, PrintStream out, PrintStream problems) {
    if (arguments.length != 2) {
      problems.println("compare: expected two files that JMH wrote with -rf json, the older one first");
      return USAGE;
    }
    try {
      return report(ResultFile.read(Path.of(arguments[0])), ResultFile.read(Path.of(arguments[1])), out, problems);
    } catch (IOException e) {
      problems.println("compare: " + e.getMessage());
      return USAGE;
    }
  }

  private static int report(
      Map<String, Score> before, Map<String, Score> after, PrintStream out, PrintStream problems) {
    int common = 0;
    int slower = 0;
    for (Score then : before.values()) {
      Score now = after.get(then.key());
      if (now == null) {
        out.println("gone       " + then.key());
        continue;
      }
      if (!now.unit().equals(then.unit()) || now.lowerIsBetter() != then.lowerIsBetter()) {
        problems.println("compare: " + then.key() + " is in " + then.unit() + " and in " + now.unit());
        return USAGE;
      }
      common++;
      String verdict = verdict(then, now);
      slower += verdict.equals("slower") ? 1 : 0;
      out.println(line(verdict, then, now));
    }
    after.keySet().stream().filter(key -> !before.containsKey(key)).forEach(key -> out.println("new        " + key));
    if (common == 0) {
      problems.println("compare: the files have no benchmark in common");
      return USAGE;
    }
    out.println(slower + " of " + common + " got slower");
    return slower > 0 ? SLOWER : SAME;
  }

  private static String verdict(Score then, Score now) {
    if (Double.isNaN(then.error()) || Double.isNaN(now.error())) {
      return "unjudged";
    }
    return now.worseThan(then) ? "slower" : then.worseThan(now) ? "faster" : "same";
  }

  private static String line(String verdict, Score then, Score now) {
    return String.format(
        Locale.ROOT, "%-10s %6.3fx  %s: %.4g ± %.2g -> %.4g ± %.2g %s", verdict, now.speedup(then), then.key(),
        then.value(), then.error(), now.value(), now.error(), now.unit());
  }
}
