package io.github.lstm4j.train;

/** The ranges of optimizers' settings. */
final class Check {
  private Check() {}

  /** A number of 0 or more, below an end; infinity stands for any finite number. */
  static void within(String optimizer, String name, double value, double end) {
    if (!(value >= 0 && value < end)) {
      throw new IllegalArgumentException(
          optimizer + "'s " + name + " is " + value + "; expected 0 or more, "
              + (Double.isInfinite(end) ? "finite" : "less than " + end));
    }
  }
}
