package io.github.lstm4j.bench.contest;

import io.github.lstm4j.bench.peer.Operands;
import io.github.lstm4j.bench.peer.Task;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** The driver's side of the conversation with a contestant: see {@link io.github.lstm4j.bench.peer.PeerServer}. */
final class PeerProcess implements AutoCloseable {
  private static final String ERROR = "error ";

  /**
   * The resolution at which Linux counts processor time is 10 ms: a process that got none for three of them is idle.
   */
  private static final long QUIET_MILLIS = 30;

  /** Intel's OpenMP threads spin for 200 ms after their work; nobody is waited for much longer. */
  private static final long LONGEST_WAIT_MILLIS = 1_000;

  private final String name;
  private final Process process;
  private final PrintStream requests;
  private final BufferedReader answers;

  private PeerProcess(String name, Process process) {
    this.name = name;
    this.process = process;
    requests = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
    answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /** Starts a contestant's process; what it prints beside its answers goes to a file. */
  static PeerProcess start(PeerCommand command, int threads, Path log) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command.line(threads));
    for (String variable : PeerCommand.THREAD_VARIABLES) {
      builder.environment().put(variable, Integer.toString(threads));
    }
    builder.redirectError(Redirect.appendTo(log.toFile()));
    return new PeerProcess(command.name(), builder.start());
  }

  String name() {
    return name;
  }

  /** Makes a task ready. */
  void prepare(Task task, Path operands) throws IOException {
    ask("prepare " + task + " " + operands);
  }

  /** Calls the task once, or a stream's few steps, and reads what it computed. */
  float[] check(Path scratch) throws IOException {
    ask("check " + scratch);
    float[] results = Operands.readFloats(scratch);
    Files.delete(scratch);
    return results;
  }

  /** Calls the task a number of times and says how long that took, in nanoseconds. */
  long run(int times) throws IOException {
    return Long.parseLong(ask("run " + times));
  }

  /**
   * Waits until the process burns no processor time any more, so that the next contestant has the machine for itself.
   */
  void awaitIdle() {
    long giveUp = System.nanoTime() + Duration.ofMillis(LONGEST_WAIT_MILLIS).toNanos();
    Duration before = burned();
    while (System.nanoTime() < giveUp) {
      try {
        Thread.sleep(QUIET_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
      Duration now = burned();
      if (now.equals(before)) {
        return;
      }
      before = now;
    }
  }

  private Duration burned() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  private String ask(String request) throws IOException {
    requests.println(request);
    for (String line = answers.readLine(); line != null; line = answers.readLine()) {
      if (line.startsWith("= ")) {
        String answer = line.substring(2);
        if (answer.startsWith(ERROR)) {
          throw new PeerException(name, answer.substring(ERROR.length()));
        }
        return answer;
      }
    }
    throw new PeerException(name, "its process ended at \"" + request + "\"");
  }

  @Override
  public void close() {
    requests.close();
    process.destroy();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
