package io.github.lstm4j.io;

import java.io.IOException;

/**
 * Something to be done with a stream or a channel.
 *
 * @param <T> what it is done with
 */
@FunctionalInterface
public interface IoConsumer<T> {
  /**
   * Does it.
   *
   * @param target what to do it with
   * @throws IOException if that fails
   */
  void accept(T target) throws IOException;
}
