package io.github.lstm4j.bench.peer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A contestant's side of the conversation. One line asks, one line that starts with {@code "= "} answers; whatever else
 * a library prints goes to standard error.
 *
 * <pre>
 * prepare MODE SIZE FILE    makes a task ready; FILE holds its {@link Operands}     = ready
 * check FILE                calls it once ({@value #STREAM_STEPS} times for a stream) and
 *                           writes what it computed                                  = ready
 * run N                     calls it N times                                         = the nanoseconds that took
 * </pre>
 *
 * <p>A request that fails is answered with {@code "= error "} and the reason. The end of the input ends the process.
 */
public final class PeerServer {
  /** Steps of a stream before its output is looked at, so that a state that is not carried is seen. */
  public static final int STREAM_STEPS = 3;

  private final Contestant contestant;
  private final int threads;
  private final PrintStream answers;
  private Task task = new Task(TaskMode.PEAK, "1");
  private @Nullable Workload workload;

  private PeerServer(Contestant contestant, int threads, PrintStream answers) {
    this.contestant = contestant;
    this.threads = threads;
    this.answers = answers;
  }

  /**
   * Serves until the input ends.
   *
   * @param contestant who answers
   * @param threads how many threads may share the work of a call
   * @throws IOException if the input can't be read
   */
  public static void serve(Contestant contestant, int threads) throws IOException {
    PrintStream answers = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    System.setOut(System.err);
    PeerServer server = new PeerServer(contestant, threads, answers);
    BufferedReader requests = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = requests.readLine(); line != null; line = requests.readLine()) {
      server.answer(line.split(" ", 4));
    }
    server.close();
  }

  private void answer(String[] words) {
    try {
      answers.println("= " + reply(words));
    } catch (IOException | RuntimeException | LinkageError e) { // whatever fails in there, the driver is told
      answers.println("= error " + String.valueOf(e).replaceAll("\\s+", " "));
    }
  }

  private String reply(String[] words) throws IOException {
    return switch (words[0]) {
      case "prepare" -> {
        close();
        task = new Task(TaskMode.parse(words[1]), words[2]);
        workload = contestant.prepare(task, Operands.read(task, Path.of(words[3])), threads);
        yield "ready";
      }
      case "check" -> {
        check(Path.of(words[1]));
        yield "ready";
      }
      case "run" -> Long.toString(run(Integer.parseInt(words[1])));
      default -> throw new IllegalArgumentException("request \"" + words[0] + "\"; expected prepare, check or run");
    };
  }

  private void check(Path file) throws IOException {
    Workload current = prepared();
    for (int i = 0; i < (task.mode() == TaskMode.STREAM ? STREAM_STEPS : 1); i++) {
      current.call();
    }
    try (OutputStream stream = Files.newOutputStream(file)) {
      for (float[] result : current.results()) {
        Operands.writeFloats(stream, result);
      }
    }
  }

  private long run(int times) {
    Workload current = prepared();
    long start = System.nanoTime();
    for (int i = 0; i < times; i++) {
      current.call();
    }
    return System.nanoTime() - start;
  }

  private Workload prepared() {
    if (workload == null) {
      throw new IllegalStateException("nothing was prepared");
    }
    return workload;
  }

  private void close() {
    if (workload != null) {
      workload.close();
      workload = null;
    }
  }
}
