package io.github.lstm4j.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collection;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs every benchmark once, small, in this JVM: that it runs and reports a rate, not how fast it is. */
class BenchmarksRunTest {
  private static OptionsBuilder tiny(String include) {
    OptionsBuilder options = new OptionsBuilder();
    options
        .include(include)
        .forks(0)
        .warmupIterations(0)
        .measurementIterations(1)
        .measurementTime(TimeValue.milliseconds(1))
        .verbosity(VerboseMode.SILENT)
        .shouldFailOnError(true)
        .addProfiler(RateProfiler.class);
    return options;
  }

  private static void runs(OptionsBuilder options, int expected, String unit) throws RunnerException {
    Collection<RunResult> results = new Runner(options.build()).run();
    assertEquals(expected, results.size());
    for (RunResult result : results) {
      Result<?> rate = Objects.requireNonNull(result.getSecondaryResults().get(RateProfiler.LABEL));
      assertEquals(unit, rate.getScoreUnit(), result.getParams().getBenchmark());
      assertTrue(rate.getScore() > 0, result.getParams().getBenchmark());
    }
  }

  /** Three methods, on one and two threads, with both kernels. */
  @Test
  void lstm() throws RunnerException {
    OptionsBuilder options = tiny("LstmBenchmark");
    options.param("shape", "B3-T2-I5-H9-L2");
    runs(options, 3 * 2 * 2, "GF/s");
  }

  @Test
  void gemm() throws RunnerException {
    OptionsBuilder options = tiny("GemmBenchmark");
    options.param("product", "M3-N20-K7");
    runs(options, 5 * 2, "GF/s");
  }

  @Test
  void gates() throws RunnerException {
    OptionsBuilder options = tiny("GatesBenchmark");
    options.param("batch", "2").param("hidden", "9");
    runs(options, 2 * 2, "Gunit/s");
  }

  @Test
  void optimizer() throws RunnerException {
    OptionsBuilder options = tiny("OptimizerBenchmark");
    options.param("rows", "2");
    runs(options, 3 * 2, "Gunit/s");
  }

  @Test
  void activations() throws RunnerException {
    runs(tiny("ActivationBenchmark"), 3, "Gunit/s");
  }

  @Test
  void roofline() throws RunnerException {
    runs(tiny("RooflineBenchmark.fma"), 1, "GF/s");
    OptionsBuilder options = tiny("RooflineBenchmark.(read|copy)");
    options.param("kib", "1");
    runs(options, 2, "GB/s");
  }

  /** A benchmark of the wrong kernels would be a lie. */
  @Test
  void kernelsAreThoseAskedFor() {
    assertTrue(KernelsByName.of("simd").name().matches("simd-\\d+"), KernelsByName.of("simd").name());
    assertEquals("scalar", KernelsByName.of("scalar").name());
    String message = assertThrows(IllegalStateException.class, () -> KernelsByName.of("gpu")).toString();
    assertTrue(message.contains("\"gpu\"") && message.contains("simd") && message.contains("scalar"), message);
  }

  @Test
  void aWrongShapeFailsTheRun() {
    OptionsBuilder options = tiny("LstmBenchmark.forward");
    options.param("shape", "64x50").param("threads", "1").param("kernels", "scalar");
    assertThrows(RunnerException.class, () -> new Runner(options.build()).run());
  }
}
