package io.github.lstm4j.bench.contest;

import io.github.lstm4j.bench.Shape;
import io.github.lstm4j.bench.peer.TaskMode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How the share of the peak grows with hidden units and batch, as Markdown. */
final class GrowthTable {
  private GrowthTable() {}

  static String markdown(Report report) {
    StringBuilder text = new StringBuilder();
    for (TaskMode mode : List.of(TaskMode.INFER, TaskMode.TRAIN)) {
      if (report.results().stream().noneMatch(result -> result.task().mode() == mode)) {
        continue;
      }
      text.append("\n### ").append(mode == TaskMode.INFER ? "Inference" : "Training").append(
          ", one thread, T = 16, I = H: % of measured peak\n\n| H |");
      for (int batch : Schedule.GROWTH_BATCHES) {
        text.append(" B ").append(batch).append(" |");
      }
      text.append("\n").append("|---".repeat(Schedule.GROWTH_BATCHES.length + 1)).append("|\n");
      for (int size : Schedule.GROWTH_SIZES) {
        text.append("| ").append(size).append(" |");
        for (int batch : Schedule.GROWTH_BATCHES) {
          text.append(' ').append(share(report, mode, batch, size)).append(" |");
        }
        text.append('\n');
      }
    }
    return text.toString();
  }

  private static String share(Report report, TaskMode mode, int batch, int size) {
    return result(report, mode, batch, size)
        .map(result -> String.format(Locale.ROOT, "%.0f", 100 * result.shareOfPeak()))
        .orElse("–");
  }

  static Optional<MatchResult> result(Report report, TaskMode mode, int batch, int size) {
    return report.results().stream()
        .filter(result -> result.task().mode() == mode)
        .filter(result -> {
          Shape shape = result.task().shape();
          return shape.batch() == batch && shape.hidden() == size;
        })
        .findFirst();
  }
}
