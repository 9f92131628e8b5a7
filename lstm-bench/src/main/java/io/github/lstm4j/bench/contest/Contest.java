package io.github.lstm4j.bench.contest;

import io.github.lstm4j.bench.peer.Task;
import io.github.lstm4j.bench.peer.TaskMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Draft. */
public final class Contest {
  private Contest() {}

  /** Draft. */
  public static void main(String[] a) throws IOException {
    Path root = Path.of(a[0]);
    Path scratch = Files.createTempDirectory("lstm-bench");
    Map<String, PeerCommand> all = PeerCommand.all(root);
    for (String mode : a[1].split(",")) {
      for (String threads : a[2].split(",")) {
        for (String size : a[3].split(",")) {
          List<PeerCommand> commands = new ArrayList<>();
          for (String name : a[4].split(",")) {
            commands.add(all.get(name));
          }
          TaskMode m = TaskMode.parse(mode);
          if (m == TaskMode.INFER && size.contains("T1-")) m = TaskMode.STREAM;
          if (m == TaskMode.TRAIN && size.contains("T1-")) continue;
          Task task = new Task(m, size);
          MatchResult r = new Match(task, Integer.parseInt(threads), a.length > 5 ? Pace.THOROUGH : Pace.QUICK, scratch, System.err).run(commands);
          StringBuilder line = new StringBuilder(task + " " + threads + "t");
          r.timings().forEach((n, t) -> line.append("  " + n + " " + t.millis() + " (" + Timing.digits(t.difference()) + ")"));
          System.out.println(line);
        }
      }
    }
  }
}
