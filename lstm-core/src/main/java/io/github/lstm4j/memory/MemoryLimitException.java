package io.github.lstm4j.memory;

/** An allocation that its owner's budget does not allow; nothing was allocated. */
public final class MemoryLimitException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MemoryLimitException(String owner, long requested, long held, long limit) {
    super(
        owner + " may hold " + limit + " bytes off-heap and holds " + held + "; " + requested
            + " more were asked for: raise the limit or use smaller batches, fewer steps or a smaller network");
  }
}
