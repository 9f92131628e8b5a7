package io.github.lstm4j.bench;

import org.jspecify.annotations.Nullable;

/**
 * How much one call of the running benchmark does. Static, since a JVM runs one benchmark at a time and JMH offers no
 * other way from a benchmark's state to a profiler.
 *
 * @param billions floating-point operations, bytes or units of one call, in billions
 * @param unit of the rate, such as {@code GF/s}
 */
record Work(double billions, String unit) {
  private static volatile @Nullable Work current;

  /** Floating-point operations of a call. */
  static void flops(double perCall) {
    current = new Work(perCall / 1e9, "GF/s");
  }

  /** Bytes that a call reads and writes. */
  static void bytes(double perCall) {
    current = new Work(perCall / 1e9, "GB/s");
  }

  /** Hidden units, or elements, that a call computes. */
  static void units(double perCall) {
    current = new Work(perCall / 1e9, "Gunit/s");
  }

  /** What the running benchmark said in its set-up, or null if it said nothing. */
  static @Nullable Work current() {
    return current;
  }
}
