package io.github.lstm4j.io;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A file that is not what safetensors promises, or that lacks what was asked of it. The message names the file, the
 * culprit and what was expected.
 */
public final class SafetensorsException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * A problem with a file.
   *
   * @param file the file
   * @param problem the culprit, what it was and what was expected
   */
  public SafetensorsException(Path file, String problem) {
    super(Printable.of(file.toString()) + ": " + problem);
  }

  /**
   * A problem with a file that a parser found.
   *
   * @param file the file
   * @param problem the culprit, what it was and what was expected
   * @param cause what the parser said
   */
  public SafetensorsException(Path file, String problem, Throwable cause) {
    super(Printable.of(file.toString()) + ": " + problem, cause);
  }
}
