package io.github.lstm4j.bench.contest;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** {@code ./lstm bench}. The launcher says where the project lies: {@code -Dlstm4j.root}. */
public final class Contest {
  private static final int SLOWER = 1;
  private static final int USAGE = 2;

  private final ContestOptions options;
  private final Path root;
  private final Path out;
  private final PrintStream print;

  private Contest(ContestOptions options, Path root, PrintStream print) {
    this.options = options;
    this.root = root;
    this.out = Objects.requireNonNullElse(options.out, root.resolve("lstm-bench/target/bench"));
    this.print = print;
  }

  /**
   * Measures.
   *
   * @param arguments see {@code --help}
   */
  public static void main(String[] arguments) {
    try {
      ContestOptions options = ContestOptions.parse(arguments);
      if (options.help) {
        System.out.print(ContestOptions.HELP);
        return;
      }
      if (!options.compare.isEmpty()) {
        Comparison comparison =
            new Comparison(ReportReader.read(options.compare.getFirst()), ReportReader.read(options.compare.getLast()));
        System.out.print(comparison);
        System.exit(comparison.failed() ? SLOWER : 0);
      }
      new Contest(options, Path.of(System.getProperty("lstm4j.root", "")).toAbsolutePath(), System.out).run();
    } catch (IllegalArgumentException | IOException e) {
      System.err.println("bench: " + e.getMessage());
      System.exit(USAGE);
    }
  }

  private void run() throws IOException {
    if (options.coldStart) {
      print.print(new ColdStart(root).measure());
      return;
    }
    Files.createDirectories(out);
    Report report = options.from.isEmpty() ? measure() : join();
    String name = options.growth ? "growth" : "bench";
    ReportWriter.write(report, out.resolve(name + ".json"));
    String tables = options.growth ? GrowthTable.markdown(report) : RatioTable.markdown(report);
    Files.writeString(out.resolve(name + ".md"), tables);
    if (options.markdown != null) {
      Files.writeString(options.markdown, tables);
    }
    print.println(tables);
    if (options.growth) {
      ReportPicture.growth(report, out, name);
    } else {
      ReportPicture.ratios(report, out, name);
    }
    print.println("written: " + out.resolve(name) + ".json, .md, .svg, .png");
  }

  private Report join() throws IOException {
    List<Report> reports = new ArrayList<>();
    for (Path file : options.from) {
      reports.add(ReportReader.read(file));
    }
    return Report.merge(reports);
  }

  private Report measure() throws IOException {
    String started = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    List<MatchResult> results = new ArrayList<>();
    try (TemporaryFolder scratch = new TemporaryFolder()) {
      for (Schedule.Planned planned : Schedule.matches(options)) {
        Match match = new Match(planned.task(), planned.threads(), options.pace(), scratch.path(), System.err);
        MatchResult result = match.run(contestants(planned.threads()));
        print.println(line(result));
        results.add(result);
      }
    }
    return new Report(started, options.command, MachineCard.read(root), results);
  }

  /** Who takes part: this library first, since the others' results are compared with its. DL4J with one thread only. */
  private List<PeerCommand> contestants(int threads) {
    Map<String, PeerCommand> all = PeerCommand.all(root);
    List<PeerCommand> chosen = new ArrayList<>();
    for (String name : List.of(PeerCommand.OURS, PeerCommand.PEAK)) {
      chosen.add(Objects.requireNonNull(all.remove(name)));
    }
    if (options.growth || List.of("none").equals(options.peers)) {
      return chosen;
    }
    if (options.peers == null) {
      all.values().stream()
          .filter(peer -> !peer.name().equals(MatchResult.DL4J) || (threads == 1 && !options.quick))
          .forEach(chosen::add);
      return chosen;
    }
    for (String name : options.peers) {
      PeerCommand peer = all.get(name);
      if (peer == null) {
        throw new IllegalArgumentException(
            "--peers has \"" + name + "\"; there are " + String.join(", ", all.keySet()));
      }
      chosen.add(peer);
    }
    return chosen;
  }

  private static String line(MatchResult result) {
    StringBuilder line = new StringBuilder(result.task() + ", threads: " + result.threads() + ":");
    result.timings().forEach(
        (name, timing) -> line.append("  ").append(name).append(' ').append(RatioTable.digits(timing.millis())));
    return line.append(" ms").toString();
  }
}
