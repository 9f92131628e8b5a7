package io.github.lstm4j.bench.contest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lstm4j.bench.peer.Task;
import io.github.lstm4j.bench.peer.TaskMode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** This library against itself, in processes as the command starts them. */
class MatchTest {
  private static final Pace HURRIED = new Pace(2, 1_000_000, 1_000_000, 1, 1_000_000);

  @TempDir Path scratch = Path.of("");

  private final ByteArrayOutputStream log = new ByteArrayOutputStream();

  @ParameterizedTest
  @CsvSource({"INFER, B3-T4-I5-H6-L2", "TRAIN, B3-T4-I5-H6-L2", "STREAM, B2-T1-I5-H6-L2", "GEMM, M3-N4-K5"})
  void contestantsThatComputeTheSameAreMeasured(TaskMode mode, String size) throws IOException {
    PeerCommand ours = ours();
    MatchResult result = match(new Task(mode, size), List.of(ours, new PeerCommand("twin", ours.command())));
    assertEquals(List.of("lstm4j", "twin"), new ArrayList<>(result.timings().keySet()), log::toString);
    Timing twin = Objects.requireNonNull(result.timings().get("twin"));
    assertEquals(0.0, twin.difference());
    assertTrue(twin.median() > 0);
  }

  @Test
  void aContestantThatCanNotStartIsLeftOutAndNamed() throws IOException {
    PeerCommand broken = new PeerCommand("broken", List.of(ours().command().getFirst(), "NoSuchClass"));
    MatchResult result = match(new Task(TaskMode.INFER, "B1-T2-I3-H4-L1"), List.of(ours(), broken));
    assertEquals(List.of("lstm4j"), new ArrayList<>(result.timings().keySet()));
    assertTrue(log.toString(StandardCharsets.UTF_8).contains("broken: its process ended at"), log::toString);
  }

  @Test
  void aContestantWithoutTheModeIsLeftOutSilently() throws IOException {
    // our products have one thread
    MatchResult result = matchOf(new Task(TaskMode.GEMM, "M3-N4-K5"), 2, List.of(ours()));
    assertEquals(List.of(), new ArrayList<>(result.timings().keySet()));
    assertEquals("", log.toString(StandardCharsets.UTF_8));
  }

  private MatchResult match(Task task, List<PeerCommand> commands) throws IOException {
    return matchOf(task, 1, commands);
  }

  private MatchResult matchOf(Task task, int threads, List<PeerCommand> commands) throws IOException {
    PrintStream print = new PrintStream(log, true, StandardCharsets.UTF_8);
    return new Match(task, threads, HURRIED, scratch, print).run(commands);
  }

  private static PeerCommand ours() {
    Path root = Path.of(System.getProperty("bench.flags", "jdk-flags.txt")).toAbsolutePath().resolveSibling("");
    return Objects.requireNonNull(PeerCommand.all(root).get(PeerCommand.OURS));
  }
}
