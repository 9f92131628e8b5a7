package io.github.lstm4j.bench.contest;

import io.github.lstm4j.bench.peer.Operands;
import io.github.lstm4j.bench.peer.Task;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * One task at one number of threads: all contestants are started, made ready and warmed up, then take turns, one busy
 * at a time. The machine drifts by 10 to 20 % within minutes; turns that follow each other drift together.
 */
final class Match {
  private final Task task;
  private final int threads;
  private final Pace pace;
  private final Path scratch;
  private final PrintStream log;
  private final List<Entrant> entrants = new ArrayList<>();

  /** A contestant that is in the race. */
  private record Entrant(PeerProcess process, int calls, double difference, List<Double> nanosPerCall) {}

  Match(Task task, int threads, Pace pace, Path scratch, PrintStream log) {
    this.task = task;
    this.threads = threads;
    this.pace = pace;
    this.scratch = scratch;
    this.log = log;
  }

  /** Runs it. Contestants that can't do the task are not in the result. */
  MatchResult run(List<PeerCommand> commands) throws IOException {
    Path operands = scratch.resolve("operands");
    Operands.make(task).write(operands);
    try {
      float[] ours = null;
      for (PeerCommand command : commands) {
        float[] results = enter(command, operands, ours);
        ours = command.name().equals(PeerCommand.OURS) ? results : ours;
      }
      for (int round = 0; round < pace.rounds(); round++) {
        for (Entrant entrant : entrants) {
          entrant.nanosPerCall().add(entrant.process().run(entrant.calls()) / (double) entrant.calls());
          entrant.process().awaitIdle();
        }
      }
    } finally {
      entrants.forEach(entrant -> entrant.process().close());
      Files.deleteIfExists(operands);
    }
    SequencedMap<String, Timing> timings = new LinkedHashMap<>();
    for (Entrant entrant : entrants) {
      timings.put(
          entrant.process().name(), Timing.of(entrant.nanosPerCall(), entrant.calls(), entrant.difference()));
    }
    Timing peak = timings.remove(PeerCommand.PEAK);
    double rate = peak == null ? Double.NaN : threads * pace.peakTask().flops() / (peak.median() * 1e-9);
    return new MatchResult(task, threads, rate, timings);
  }

  /** Starts a contestant and warms it up. Returns what it computed, null for the peak or if it is not in the race. */
  private float @Nullable [] enter(PeerCommand command, Path operands, float @Nullable [] ours) throws IOException {
    PeerProcess process = PeerProcess.start(command, threads, scratch.resolve(command.name() + ".log"));
    try {
      boolean peak = command.name().equals(PeerCommand.PEAK);
      Task own = peak ? pace.peakTask() : task;
      process.prepare(own, peak ? Files.write(scratch.resolve("nothing"), new byte[0]) : operands);
      float[] results = peak ? null : process.check(scratch.resolve("results"));
      double difference = ours == null || results == null ? Double.NaN : Agreement.difference(ours, results);
      if (difference > Agreement.limit(task)) {
        throw new PeerException(command.name(), "computes something else: it differs by " + difference);
      }
      entrants.add(new Entrant(process, warm(process), difference, new ArrayList<>()));
      process.awaitIdle();
      return results;
    } catch (PeerException e) {
      process.close();
      if (!e.unsupported()) {
        log.println("bench: " + task + ": " + e.getMessage());
      }
      return null;
    }
  }

  /** Warms up and says how many calls make a round. */
  private int warm(PeerProcess process) throws IOException {
    long begin = System.nanoTime();
    long calls = 1;
    double nanos = process.run(1);
    long least = process.name().equals(PeerCommand.OURS) ? pace.ownWarmNanos() : pace.warmNanos();
    while (System.nanoTime() - begin < least || calls < pace.leastWarmCalls()) {
      int times = (int) Math.clamp(pace.warmNanos() / (10 * nanos), 1, 1e6);
      nanos = Math.max(process.run(times) / (double) times, 1);
      calls += times;
    }
    return (int) Math.clamp(pace.roundNanos() / nanos, 1, 1e7);
  }
}
