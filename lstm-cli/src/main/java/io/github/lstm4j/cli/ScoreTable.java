package io.github.lstm4j.cli;

import io.github.lstm4j.forecast.PairedErrors;
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
  static final String PERSISTENCE = "persistence";

  /**
   * One line.
   *
   * @param name what forecast
   * @param rmse its root mean squared error, in the unit of the series
   * @param squaredErrors its squared error at each point, or their mean over seeds
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  record Score(String name, double rmse, double[] squaredErrors) {}

  ScoreTable {
    baselines = List.copyOf(baselines);
  }

  /** The baseline with the lowest error. */
  Score bestBaseline() {
    return baselines.stream()
        .min(Comparator.comparingDouble(Score::rmse))
        .orElseThrow(() -> new IllegalStateException("no baselines; expected persistence at least"));
  }

  /** Whether the network was worth it; it beats a baseline if its lead is more than chance easily gives. */
  String verdict() {
    Score best = bestBaseline();
    if (beats(best)) {
      return String.format(
          Locale.ROOT, "The network beats every baseline: %s against %s for %s (%s).", figure(network.rmse()),
          figure(best.rmse()), best.name(), difference(best));
    }
    Score persistence = best;
    for (Score score : baselines) {
      persistence = score.name().equals(PERSISTENCE) ? score : persistence;
    }
    if (!best.equals(persistence) && network.rmse() < best.rmse()) {
      return "The network is not ahead of " + best.name() + " by more than chance gives: " + shortfall(best) + ". "
          + (beats(persistence) ? "It beats " + PERSISTENCE + "." : notBeaten(persistence));
    }
    String verdict = notBeaten(best) + " Use " + best.name() + ".";
    return best.equals(persistence) || beats(persistence) ? verdict : verdict + " " + notBeaten(persistence);
  }

  private String notBeaten(Score baseline) {
    return "The network does NOT beat " + baseline.name() + ": " + shortfall(baseline) + ".";
  }

  private boolean beats(Score baseline) {
    return network.rmse() < baseline.rmse() && points > 1 && paired(baseline).beyondChance();
  }

  private PairedErrors paired(Score baseline) {
    return PairedErrors.of(network.squaredErrors(), baseline.squaredErrors());
  }

  private String difference(Score baseline) {
    double percent = 100 * (network.rmse() / baseline.rmse() - 1);
    return String.format(Locale.ROOT, "%.1f %% %s", Math.abs(percent), percent < 0 ? "lower" : "higher");
  }

  private String shortfall(Score baseline) {
    String figures = figure(network.rmse()) + " against " + figure(baseline.rmse());
    if (network.rmse() == baseline.rmse()) {
      return figures + ", they are equal";
    }
    if (network.rmse() > baseline.rmse() || points < 2) {
      return figures + " (" + difference(baseline) + ")";
    }
    return String.format(
        Locale.ROOT, "%s (%s) is a lead of %.1f standard errors, and chance easily gives %.1f", figures,
        difference(baseline), paired(baseline).standardErrors(), PairedErrors.CHANCE);
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
