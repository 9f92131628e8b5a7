package io.github.lstm4j.train;

/** A training that can't go on: a loss or a gradient is not finite. The parameters are those before the failed update. */
public final class TrainingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Which update failed, from 0. */
  private final long update;

  TrainingException(long update, String message) {
    super(message);
    this.update = update;
  }

  /**
   * Which update failed.
   *
   * @return its number, from 0
   */
  public long update() {
    return update;
  }
}
