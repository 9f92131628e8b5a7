package io.github.lstm4j.data;

/** What is done to a value before it is scaled, so that large values don't outweigh the others. */
public enum ValueTransform {
  /** Nothing. */
  IDENTITY,

  /** The square root, for counts, whose variance grows with their mean; values ≥ 0. */
  SQRT,

  /** The natural logarithm, for values that grow by a factor; values &gt; 0. */
  LOG;

  /** Whether {@link #apply} is defined. NaN is: it stays missing. */
  boolean accepts(double value) {
    return switch (this) {
      case IDENTITY -> true;
      case SQRT -> !(value < 0);
      case LOG -> !(value <= 0);
    };
  }

  /** The values that {@link #apply} is defined for, for messages. */
  String domain() {
    return switch (this) {
      case IDENTITY -> "any value";
      case SQRT -> "values >= 0";
      case LOG -> "values > 0";
    };
  }

  /** StrictMath, because a model's inputs must not depend on the platform. */
  double apply(double value) {
    return switch (this) {
      case IDENTITY -> value;
      case SQRT -> Math.sqrt(value);
      case LOG -> StrictMath.log(value);
    };
  }

  /**
   * Monotone on all numbers, so that the ends of an interval stay in order: under SQRT all that is negative means 0.
   */
  double invert(double transformed) {
    return switch (this) {
      case IDENTITY -> transformed;
      case SQRT -> transformed < 0 ? 0 : transformed * transformed;
      case LOG -> StrictMath.exp(transformed);
    };
  }
}
