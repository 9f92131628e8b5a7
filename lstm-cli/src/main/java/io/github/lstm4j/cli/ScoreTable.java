package io.github.lstm4j.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Errors on the same held-out points, next to each other.
 *
 * @param network the network's
 * @param baselines what the network has to beat
 * @param points how many points were held out
 */
record ScoreTable(Score network, List<Score> baselines, int points) {
  /**
   * One line.
   *
   * @param name what forecast
   * @param rmse its root mean squared error, in the unit of the series
   */
  record Score(String name, double rmse) {}

  ScoreTable {
    baselines = List.copyOf(baselines);
  }

  /** The baseline with the lowest error. */
  Score bestBaseline() {
    return baselines.stream()
        .min(Comparator.comparingDouble(Score::rmse))
        .orElseThrow(() -> new IllegalStateException("no baselines; expected persistence at least"));
  }

  /** One sentence on whether the network was worth it. */
  String verdict() {
    Score best = bestBaseline();
    double change = 100 * (network.rmse() / best.rmse() - 1);
    String figures =
        String.format(Locale.ROOT, "%s against %s for %s", figure(network.rmse()), figure(best.rmse()), best.name());
    if (network.rmse() < best.rmse()) {
      return String.format(Locale.ROOT, "The network beats every baseline: %s (%.1f %% lower).", figures, -change);
    }
    if (network.rmse() == best.rmse()) {
      return "The network does NOT beat the best baseline, they are equal: " + figures + ". Use " + best.name() + ".";
    }
    return String.format(
        Locale.ROOT, "The network does NOT beat the best baseline: %s (%.1f %% higher). Use %s.",
        figures, change, best.name());
  }

  /** Prints a line for each score, the lowest error first. */
  void print(PrintWriter out) {
    List<Score> all = new ArrayList<>(baselines);
    all.add(0, network);
    all.sort(Comparator.comparingDouble(Score::rmse));
    int width = all.stream().mapToInt(s -> s.name().length()).max().orElse(0);
    int decimals = decimals(all.getFirst().rmse());
    out.printf("One step ahead, %d held-out points%n%n", points);
    out.printf("  %-" + width + "s  %12s  %s%n", "", "RMSE", "against the network");
    for (Score score : all) {
      String relative =
          score.equals(network) ? "" : String.format(Locale.ROOT, "%+.1f %%",
              100 * (score.rmse() / network.rmse() - 1));
      String rmse = figure(score.rmse(), decimals);
      String line = String.format("  %-" + width + "s  %12s  %s", score.name(), rmse, relative);
      out.println(line.stripTrailing());
    }
  }

  /** Four significant digits or more, without an exponent where that can be read. */
  static String figure(double value) {
    return figure(value, decimals(value));
  }

  private static String figure(double value, int decimals) {
    double size = Math.abs(value);
    boolean readable = size == 0 || (size >= 1e-4 && size < 1e9);
    return String.format(Locale.ROOT, readable ? "%." + decimals + "f" : "%.4e", value);
  }

  private static int decimals(double value) {
    double size = Math.abs(value);
    return size >= 1000 ? 1 : size >= 10 ? 2 : size >= 1 ? 3 : size >= 0.1 ? 4 : 6;
  }
}
