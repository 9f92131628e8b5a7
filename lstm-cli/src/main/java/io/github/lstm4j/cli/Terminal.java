package io.github.lstm4j.cli;

import java.io.Console;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the place where the output appears.
 *
 * @param stderrIsTerminal whether a person watches standard error
 * @param width characters in a line
 */
public record Terminal(boolean stderrIsTerminal, int width) {
  /** The launcher knows whether standard error is a terminal; Java has no way to ask. */
  static final String PROPERTY = "lstm4j.stderrIsTerminal";

  /** Where nobody watches, lines need not fit; where somebody may, too long a bar would not stay in its line. */
  private static final int WIDTH_OF_LOGS = 100;
  private static final int USUAL_WIDTH = 80;
  private static final int NARROWEST = 40;
  private static final int WIDEST = 160;

  /**
   * Asks the launcher, the environment and the JVM.
   *
   * @return what they know
   */
  public static Terminal detect() {
    return detect(System.getProperty(PROPERTY), System.getenv("COLUMNS"), System.console());
  }

  static Terminal detect(@Nullable String told, @Nullable String columns, @Nullable Console console) {
    boolean terminal = told == null ? console != null && console.isTerminal() : Boolean.parseBoolean(told);
    boolean known = columns != null && columns.matches("[1-9]\\d{0,4}");
    int width = known ? Integer.parseInt(columns) : terminal ? USUAL_WIDTH : WIDTH_OF_LOGS;
    return new Terminal(terminal, Math.clamp(width, NARROWEST, WIDEST));
  }
}
