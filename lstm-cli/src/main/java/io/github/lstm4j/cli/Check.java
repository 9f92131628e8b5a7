package io.github.lstm4j.cli;

/** Checks of option values, whose messages name the option, what it was and what was expected. */
public final class Check {
  private Check() {}

  /**
   * Checks a whole number.
   *
   * @param option its name
   * @param value what it was
   * @param least the smallest that serves
   * @throws IllegalArgumentException if it is smaller
   */
  public static void atLeast(String option, int value, int least) {
    if (value < least) {
      throw new IllegalArgumentException(option + " is " + value + "; expected a whole number of " + least
          + " or more");
    }
  }

  /**
   * Checks a whole number that has a range.
   *
   * @param option its name
   * @param value what it was
   * @param least the smallest that serves
   * @param most the largest that serves
   * @throws IllegalArgumentException if it is outside
   */
  public static void within(String option, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(option + " is " + value + "; expected a whole number from " + least + " to "
          + most);
    }
  }

  /**
   * Checks a number above 0.
   *
   * @param option its name
   * @param value what it was
   * @throws IllegalArgumentException if it is not, or not finite
   */
  public static void positive(String option, double value) {
    if (!(value > 0 && Double.isFinite(value))) {
      throw new IllegalArgumentException(option + " is " + value + "; expected a number above 0");
    }
  }

  /**
   * Checks a number of an open range.
   *
   * @param option its name
   * @param value what it was
   * @param above below the smallest that serves
   * @param below above the largest that serves
   * @throws IllegalArgumentException if it is outside
   */
  public static void between(String option, double value, double above, double below) {
    if (!(value > above && value < below)) {
      throw new IllegalArgumentException(
          option + " is " + value + "; expected a number above " + above + " and below " + below);
    }
  }

  /**
   * Checks a share of 0 up to, not including, 1.
   *
   * @param option its name
   * @param value what it was
   * @throws IllegalArgumentException if it is outside
   */
  public static void share(String option, double value) {
    if (!(value >= 0 && value < 1)) {
      throw new IllegalArgumentException(option + " is " + value
          + "; expected a number from 0 up to, not including, 1");
    }
  }
}
