package io.github.lstm4j.bench;

import java.io.IOException;
import java.util.Arrays;

/** JMH's own main, with {@link RateProfiler} always on. Takes all of JMH's arguments: try {@code -h}. */
public final class Main {
  private Main() {}

  /**
   * Runs benchmarks.
   *
   * @param arguments as JMH takes them
   * @throws IOException if the list of benchmarks or a result file can't be read or written
   */
  public static void main(String[] arguments) throws IOException {
    if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
      System.err.println(
          "lstm-bench: the module jdk.incubator.vector is not resolved, so the simd kernels and RooflineBenchmark will"
              + " fail; start with java @jdk-flags.txt -jar benchmarks.jar");
    }
    String[] extended = Arrays.copyOf(arguments, arguments.length + 2);
    extended[arguments.length] = "-prof";
    extended[arguments.length + 1] = RateProfiler.class.getName();
    org.openjdk.jmh.Main.main(extended);
  }
}
