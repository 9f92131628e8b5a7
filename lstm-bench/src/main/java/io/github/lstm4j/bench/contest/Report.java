package io.github.lstm4j.bench.contest;

import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;

/**
 * What a run of {@code ./lstm bench} found.
 *
 * @param started when it began, in UTC
 * @param command what was asked
 * @param machine the {@linkplain MachineCard machine's card}
 * @param results matches, in their order
 */
record Report(String started, String command, SequencedMap<String, String> machine, List<MatchResult> results) {
  /** Several reports as one: a later result of the same task and threads takes the place of an earlier one. */
  static Report merge(List<Report> reports) {
    List<MatchResult> merged = new ArrayList<>();
    for (Report report : reports) {
      for (MatchResult result : report.results()) {
        merged.removeIf(old -> old.task().equals(result.task()) && old.threads() == result.threads());
        merged.add(result);
      }
    }
    List<String> commands = reports.stream().map(Report::command).distinct().toList();
    Report last = reports.getLast();
    return new Report(last.started(), String.join("; ", commands), last.machine(), merged);
  }
}
