package io.github.lstm4j.bench.peer;

/** A library under measurement. */
public interface Contestant {
  /**
   * Makes a task ready.
   *
   * @param task the task
   * @param operands its numbers
   * @param threads how many threads may share the work of a call
   * @return the task, ready
   * @throws UnsupportedOperationException if the library has no such thing; the message says what it lacks
   */
  Workload prepare(Task task, Operands operands, int threads);
}
