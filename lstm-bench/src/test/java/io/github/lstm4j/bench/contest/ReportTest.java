package io.github.lstm4j.bench.contest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lstm4j.bench.peer.Task;
import io.github.lstm4j.bench.peer.TaskMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
  /** 8·2·(2·2 + 2·1)·1 = 96 operations, no state in the first step; at 75 GF/s peak they take 1.28 ns. */
  private static final Task TASK = new Task(TaskMode.INFER, "B1-T2-I2-H2-L1");

  private static final double PEAK = 75e9;

  @TempDir Path folder = Path.of("");

  @Test
  void jsonGivesBackWhatWasWritten() throws IOException {
    Report report = report(2.56, 5.12);
    Path file = folder.resolve("bench.json");
    ReportWriter.write(report, file);
    assertEquals(report, ReportReader.read(file));
  }

  @Test
  void aFileThatIsNoReportIsRefusedByName() throws IOException {
    Path file = Files.writeString(folder.resolve("bench.json"), "[]");
    IOException refusal = assertThrows(IOException.class, () -> ReportReader.read(file));
    assertTrue(String.valueOf(refusal.getMessage()).startsWith(file + " is no report"), refusal.getMessage());
  }

  @Test
  void ratiosAreToTheFastestNativePeer() {
    MatchResult result = report(2.56, 5.12).results().getFirst();
    assertEquals("onednn", result.fastestPeer());
    assertEquals(2.0, result.ratio("onednn"), 0.0);
    assertEquals(4.0, result.eagerRatio(), 0.0);
    assertEquals(0.5, result.shareOfPeak(), 1e-15); // three roundings of numbers that are exact to 2^-53
  }

  @Test
  void tablesHaveARowForEachShape() {
    String text = RatioTable.markdown(report(2.56, 5.12));
    assertTrue(text.contains("### Inference, 1 thread"), text);
    assertTrue(
        text.contains("| B1-T2-I2-H2-L1 | 0.000003 | 0.000005 | 0.000010 | 2.00 onednn | 4.00 | – | 50 |"), text);
    assertTrue(text.contains("- cpu: a processor"), text);
  }

  @Test
  void picturesAreDrawnOfPartialResultsToo() throws IOException {
    ReportPicture.ratios(report(5.12, 2.56), folder, "bench");
    assertTrue(Files.size(folder.resolve("bench.png")) > 0);
    assertTrue(Files.readString(folder.resolve("bench.svg")).contains("viewBox"));
  }

  @Test
  void aLaterResultOfTheSameTaskWins() {
    Report merged = Report.merge(List.of(report(2.56, 5.12), report(1.28, 5.12)));
    assertEquals(1, merged.results().size());
    assertEquals(1.0, merged.results().getFirst().shareOfPeak(), 1e-15);
  }

  @Test
  void comparisonFindsWhatGotSlower() {
    Comparison slower = new Comparison(report(2.56, 5.12), report(3.0, 5.12));
    assertTrue(slower.failed());
    assertTrue(slower.toString().contains("slower"), slower.toString());
    assertFalse(new Comparison(report(2.56, 5.12), report(2.56, 9)).failed());
    assertFalse(new Comparison(report(2.56, 5.12), report(2.0, 5.12)).failed());
  }

  private static Report report(double ours, double theirs) {
    SequencedMap<String, String> machine = new LinkedHashMap<>();
    machine.put("cpu", "a processor");
    SequencedMap<String, Timing> timings = new LinkedHashMap<>();
    timings.put("lstm4j", Timing.of(List.of(ours, ours, ours), 7, Double.NaN));
    timings.put("onednn", Timing.of(List.of(theirs, theirs, theirs), 7, 1e-7));
    timings.put("pytorch", Timing.of(List.of(2 * theirs, 2 * theirs, 2 * theirs), 7, 1e-7));
    return new Report("2026-01-01T00:00:00Z", "--quick", machine, List.of(new MatchResult(TASK, 1, PEAK, timings)));
  }
}
