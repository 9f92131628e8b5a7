package io.github.lstm4j.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * A finished run of the program.
 *
 * @param code its exit code
 * @param out what it printed
 * @param err what it printed on standard error
 */
record Program(int code, String out, String err) {
  /** Runs the program in this JVM with a forecaster that needs no network. */
  static Program run(String... args) {
    return run(SyntheticForecaster.engines(), args);
  }

  static Program run(Engines engines, String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code =
        Main.run(
            args,
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            engines,
            new Terminal(false, 100));
    return new Program(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
