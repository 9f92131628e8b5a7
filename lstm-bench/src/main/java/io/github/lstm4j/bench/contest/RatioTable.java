package io.github.lstm4j.bench.contest;

import io.github.lstm4j.bench.peer.TaskMode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedSet;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;

/** A report as Markdown: the machine's card, a table for each mode and number of threads, what they come to. */
final class RatioTable {
  private static final Map<TaskMode, String> TITLES =
      new EnumMap<>(
          Map.of(
              TaskMode.INFER, "Inference", TaskMode.TRAIN, "Training", TaskMode.STREAM, "Streaming, one step a call",
              TaskMode.GEMM, "Product of matrices"));

  private final Report report;
  private final StringBuilder text = new StringBuilder();

  private RatioTable(Report report) {
    this.report = report;
  }

  static String markdown(Report report) {
    return new RatioTable(report).write();
  }

  private String write() {
    report.machine().forEach((name, value) -> line("- " + name + ": " + value));
    line("- measured: " + report.started() + ", `./lstm bench " + report.command() + "`");
    for (TaskMode mode : List.of(TaskMode.STREAM, TaskMode.INFER, TaskMode.TRAIN, TaskMode.GEMM)) {
      for (int threads : new TreeSet<>(report.results().stream().map(MatchResult::threads).toList())) {
        List<MatchResult> results =
            report.results().stream().filter(r -> r.task().mode() == mode && r.threads() == threads).toList();
        if (!results.isEmpty()) {
          table(TITLES.get(mode) + ", " + threads + (threads == 1 ? " thread" : " threads"), results);
        }
      }
    }
    summary();
    return text.toString();
  }

  private void table(String title, List<MatchResult> results) {
    SequencedSet<String> contestants = new LinkedHashSet<>();
    results.forEach(result -> contestants.addAll(result.timings().keySet()));
    List<String> heads = new ArrayList<>(List.of("shape"));
    contestants.forEach(name -> heads.add(name + " ms"));
    heads.addAll(List.of("× fastest native", "× PyTorch", "× DL4J", "% of peak"));
    line("");
    line("### " + title);
    line("");
    row(heads);
    line("|---".repeat(heads.size()) + "|");
    for (MatchResult result : results) {
      List<String> cells = new ArrayList<>(List.of(result.task().size()));
      for (String name : contestants) {
        Timing timing = result.timings().get(name);
        cells.add(timing == null ? "–" : digits(timing.millis()));
      }
      String fastest = result.fastestPeer();
      cells.add(fastest == null ? "–" : ratio(result.ratio(fastest)) + " " + fastest);
      cells.add(ratio(result.eagerRatio()));
      cells.add(ratio(result.ratio(MatchResult.DL4J)));
      cells.add(Double.isNaN(result.shareOfPeak()) ? "–" : format("%.0f", 100 * result.shareOfPeak()));
      row(cells);
    }
    line("");
    line(
        "Geometric mean against the fastest native peer: "
            + ratio(mean(results, r -> r.ratio(r.fastestPeer()))) + ".");
  }

  private void summary() {
    List<MatchResult> recurrent = report.results().stream().filter(r -> r.task().mode() != TaskMode.GEMM).toList();
    double mean = mean(recurrent, r -> r.ratio(r.fastestPeer()));
    if (Double.isNaN(mean)) {
      return;
    }
    line("");
    line("### Together");
    line("");
    long slower = recurrent.stream().filter(r -> r.ratio(r.fastestPeer()) < 1).count();
    line("Geometric mean of all ratios of recurrent tasks to the fastest native peer of the same turns: " + ratio(mean)
        + "; slower than it at " + slower + " of " + recurrent.size() + ".");
  }

  /** The geometric mean of those that were measured. */
  static double mean(List<MatchResult> results, ToDoubleFunction<MatchResult> ratio) {
    double logs =
        results.stream().mapToDouble(ratio).filter(Double::isFinite).map(Math::log).average().orElse(Double.NaN);
    return Math.exp(logs);
  }

  private static String ratio(double value) {
    return Double.isNaN(value) ? "–" : format(value < 10 ? "%.2f" : "%.0f", value);
  }

  /** Four digits of a positive number, at most six after the point. */
  static String digits(double value) {
    int beforePoint = (int) Math.floor(Math.log10(Math.max(value, 1e-9))) + 1;
    return format("%." + Math.clamp(4 - beforePoint, 0, 6) + "f", value);
  }

  private static String format(String pattern, double value) {
    return String.format(Locale.ROOT, pattern, value);
  }

  private void row(List<String> cells) {
    line("| " + String.join(" | ", cells) + " |");
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}
