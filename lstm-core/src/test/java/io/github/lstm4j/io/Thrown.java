package io.github.lstm4j.io;

import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.function.Executable;

/** What a refusal says. */
final class Thrown {
  private Thrown() {}

  /** The message of the exception, which must be of the type. */
  static String message(Class<? extends Throwable> type, Executable body) {
    return String.valueOf(assertThrows(type, body).getMessage());
  }
}
