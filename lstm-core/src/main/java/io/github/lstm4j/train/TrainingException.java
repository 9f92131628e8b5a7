package io.github.lstm4j.train;

/**
 * A training that can't go on. Where a loss or a gradient is not finite, the parameters are those before the failed
 * update; where the validation loss is not, those of the best epoch so far, if there was one.
 */
public final class TrainingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Which update failed, from 0, or how many there were where validation failed. */
  private final long update;

  TrainingException(long update, String message) {
    super(message);
    this.update = update;
  }

  /**
   * Where training stopped.
   *
   * @return the number of the failed update, from 0; where validation failed, how many updates there were
   */
  public long update() {
    return update;
  }
}
