package io.github.lstm4j.cli;

/** Checks of option values, whose messages name the option, what it was and what was expected. */
public final class Check {
  private Check() {}

  /**
   * A whole number with a lower bound.
   *
   * @param option its name
   * @param value what was given
   * @param least the smallest that is right
   * @throws IllegalArgumentException if it is out of range
   */
  public static void atLeast(String option, int value, int least) {
    if (value < least) {
      throw new IllegalArgumentException(option + " is " + value + "; expected a whole number of " + least
          + " or more");
    }
  }

  /**
   * A whole number with two bounds.
   *
   * @param option its name
   * @param value what was given
   * @param least the smallest that is right
   * @param most the largest that is right
   * @throws IllegalArgumentException if it is out of range
   */
  public static void within(String option, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(option + " is " + value + "; expected a whole number from " + least + " to "
          + most);
    }
  }

  /**
   * A finite number above 0.
   *
   * @param option its name
   * @param value what was given
   * @throws IllegalArgumentException if it is out of range
   */
  public static void positive(String option, double value) {
    if (!(value > 0 && Double.isFinite(value))) {
      throw new IllegalArgumentException(option + " is " + value + "; expected a number above 0");
    }
  }

  /**
   * A number between two others.
   *
   * @param option its name
   * @param value what was given
   * @param above what it has to exceed
   * @param below what it has to stay under
   * @throws IllegalArgumentException if it is out of range
   */
  public static void between(String option, double value, double above, double below) {
    if (!(value > above && value < below)) {
      throw new IllegalArgumentException(
          option + " is " + value + "; expected a number above " + above + " and below " + below);
    }
  }

  /**
   * A share that is not the whole: from 0 up to, not including, 1.
   *
   * @param option its name
   * @param value what was given
   * @throws IllegalArgumentException if it is out of range
   */
  public static void share(String option, double value) {
    if (!(value >= 0 && value < 1)) {
      throw new IllegalArgumentException(option + " is " + value
          + "; expected a number from 0 up to, not including, 1");
    }
  }
}
