package io.github.lstm4j.cli;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** What the library logs, such as the kernels it chose: nothing but warnings, or all of it with {@code --verbose}. */
final class Logging {
  static final String VERBOSE = "--verbose";

  /** Held here: the JDK forgets the level of a logger that nobody holds. */
  private static final Logger LIBRARY = Logger.getLogger("io.github.lstm4j");

  private static final String FORMAT = "java.util.logging.SimpleFormatter.format";

  private Logging() {}

  /** Reads {@code --verbose} off the arguments, as logging may start before they are parsed. */
  static void configure(String[] args) {
    if (System.getProperty(FORMAT) == null) {
      System.setProperty(FORMAT, "lstm: %5$s%n");
    }
    LIBRARY.setLevel(List.of(args).contains(VERBOSE) ? Level.INFO : Level.WARNING);
  }
}
