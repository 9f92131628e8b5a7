package io.github.lstm4j.cli;

import java.math.BigDecimal;
import java.util.List;

/**
 * A series, and what was forecast one step ahead for its held-out tail.
 *
 * @param column what was forecast
 * @param labels the date, or the number, of each row of the whole series
 * @param values the whole series
 * @param predicted the forecasts of the last rows
 * @param lower the lower ends of their prediction intervals
 * @param upper the upper ends of their prediction intervals
 * @param level the share of points that the intervals are meant to hold, in (0, 1)
 */
@SuppressWarnings("ArrayRecordComponent") // handed from the forecaster to the report, never compared
record ForecastResult(
    String column,
    List<String> labels,
    double[] values,
    double[] predicted,
    double[] lower,
    double[] upper,
    double level) {
  ForecastResult {
    labels = List.copyOf(labels);
    if (labels.size() != values.length) {
      throw new IllegalArgumentException(labels.size() + " labels for " + values.length + " values; expected as many");
    }
    if (predicted.length < 1 || predicted.length > values.length) {
      throw new IllegalArgumentException(
          predicted.length + " forecasts for " + values.length + " values; expected 1 to " + values.length);
    }
    if (lower.length != predicted.length || upper.length != predicted.length) {
      throw new IllegalArgumentException(
          "intervals [" + lower.length + ", " + upper.length + "] for " + predicted.length
              + " forecasts; expected as many");
    }
  }

  /** The level in percent, such as 90 or 99.5. */
  String levelPercent() {
    return BigDecimal.valueOf(level).movePointRight(2).stripTrailingZeros().toPlainString();
  }

  /** The first row that was held out. */
  int testStart() {
    return values.length - predicted.length;
  }

  /** The share of the tail that lies inside its interval. */
  double coverage() {
    int inside = 0;
    for (int i = 0; i < predicted.length; i++) {
      double actual = values[testStart() + i];
      inside += actual >= lower[i] && actual <= upper[i] ? 1 : 0;
    }
    return inside / (double) predicted.length;
  }
}
