package io.github.lstm4j.cli;

import io.github.lstm4j.cli.Choices.Transform;
import java.util.Locale;

/**
 * What is done to the column to forecast before everything else, and how a forecast is brought back.
 *
 * <p>Bringing back the mean of the transformed value would forecast too low (Jensen's inequality): with an error
 * variance s² in transformed space, E[z²] = ẑ² + s² and, for a normally distributed error, E[eᶻ] = e^(ẑ + s²/2).
 */
enum SeriesTransform {
  NONE {
    @Override
    double forward(double value) {
      return value;
    }

    @Override
    double inverse(double z, double variance) {
      return z;
    }
  },
  /** For counts: the variance of √(count + 3/8) hardly depends on the count. Source: Anscombe, Biometrika 35, 1948. */
  SQRT {
    @Override
    double forward(double value) {
      return Math.sqrt(value + ANSCOMBE);
    }

    @Override
    double inverse(double z, double variance) {
      double root = Math.max(z, 0);
      return Math.max(0, root * root + variance - ANSCOMBE);
    }
  },
  /** For what grows by a factor. */
  LOG {
    @Override
    double forward(double value) {
      return StrictMath.log(value);
    }

    @Override
    double inverse(double z, double variance) {
      return StrictMath.exp(z + variance / 2);
    }
  };

  private static final double ANSCOMBE = 0.375;

  static SeriesTransform of(Transform choice) {
    return valueOf(choice.name());
  }

  abstract double forward(double value);

  /**
   * A forecast in the column's own unit.
   *
   * @param z in transformed space
   * @param variance of the error in transformed space; 0 for the end of an interval, which is no mean
   */
  abstract double inverse(double z, double variance);

  /** Transforms a column; the first value that can't be transformed is named. */
  double[] forward(String column, double[] values) {
    double[] transformed = new double[values.length];
    for (int row = 0; row < values.length; row++) {
      boolean possible = this == NONE || (this == SQRT ? values[row] >= 0 : values[row] > 0);
      if (!possible) {
        throw new IllegalArgumentException(
            "--transform " + name().toLowerCase(Locale.ROOT) + ": row " + (row + 1) + " of column '" + column
                + "' is " + values[row] + "; expected " + (this == SQRT ? "0 or more" : "a positive number"));
      }
      transformed[row] = forward(values[row]);
    }
    return transformed;
  }
}
