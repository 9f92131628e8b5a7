package io.github.lstm4j.bench.contest;

import java.util.List;

/**
 * A contestant's time at a task.
 *
 * @param median of the rounds' means, in nanoseconds a call
 * @param least the shortest of them
 * @param most the longest of them
 * @param rounds how many rounds
 * @param calls calls in each round
 * @param difference the largest difference of what it computed from what this library computed, as a share of the
 *     largest number there; NaN where nothing was compared
 */
record Timing(double median, double least, double most, int rounds, int calls, double difference) {
  static Timing of(List<Double> nanosPerCall, int calls, double difference) {
    double[] sorted = nanosPerCall.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int middle = sorted.length / 2;
    double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    return new Timing(median, sorted[0], sorted[sorted.length - 1], sorted.length, calls, difference);
  }

  /** Milliseconds a call. */
  double millis() {
    return median / 1e6;
  }

  /** How far the rounds lie apart, as a share of the median. */
  double spread() {
    return (most - least) / median;
  }
}
