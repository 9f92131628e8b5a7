package io.github.lstm4j.testing;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.function.Executable;

/** What a refusal must say. */
public final class Refusal {
  private Refusal() {}

  /** Fails unless the body throws the type with a message that holds every part. */
  public static <T extends Throwable> T of(Class<T> type, Executable body, String... parts) {
    T thrown = assertThrows(type, body);
    String message = String.valueOf(thrown.getMessage());
    for (String part : parts) {
      assertTrue(message.contains(part), () -> "\"" + message + "\" lacks \"" + part + "\"");
    }
    return thrown;
  }
}
