package io.github.lstm4j.cli;

/** Checks of option values, whose messages name the option, what it was and what was expected. */
final class Check {
  private Check() {}

  static void atLeast(String option, int value, int least) {
    if (value < least) {
      throw new IllegalArgumentException(option + " is " + value + "; expected a whole number of " + least
          + " or more");
    }
  }

  static void within(String option, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(option + " is " + value + "; expected a whole number from " + least + " to "
          + most);
    }
  }

  static void positive(String option, double value) {
    if (!(value > 0 && Double.isFinite(value))) {
      throw new IllegalArgumentException(option + " is " + value + "; expected a number above 0");
    }
  }

  static void between(String option, double value, double above, double below) {
    if (!(value > above && value < below)) {
      throw new IllegalArgumentException(
          option + " is " + value + "; expected a number above " + above + " and below " + below);
    }
  }

  static void share(String option, double value) {
    if (!(value >= 0 && value < 1)) {
      throw new IllegalArgumentException(option + " is " + value
          + "; expected a number from 0 up to, not including, 1");
    }
  }
}
