package io.github.lstm4j.loss;

/** A target that no loss can be computed of. The row is one of the rows that were evaluated. */
public final class BadTargetException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /** The row of the target. */
  private final int row;

  BadTargetException(int row, String message) {
    super(message);
    this.row = row;
  }

  /**
   * Which row.
   *
   * @return the row of the target among those evaluated
   */
  public int row() {
    return row;
  }
}
