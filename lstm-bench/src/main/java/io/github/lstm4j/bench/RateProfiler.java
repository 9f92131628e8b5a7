package io.github.lstm4j.bench;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/**
 * Adds a rate to each iteration's average time: GF/s, GB/s or Gunit/s, whatever {@link Work} the benchmark states.
 * (JMH's own auxiliary counters either divide time by the counter or sum it over the iterations, so they can't hold a
 * rate beside an average time.)
 */
public final class RateProfiler implements InternalProfiler {
  /** The name of the figure in JMH's results. */
  public static final String LABEL = "rate";

  /** The profiler, as JMH makes it. */
  public RateProfiler() {}

  @Override
  public String getDescription() {
    return "Rates: GF/s, GB/s or Gunit/s from the average time";
  }

  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
    // The rate comes from the iteration's own result.
  }

  @Override
  public Collection<? extends Result<?>> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    Work work = Work.current();
    if (work == null) {
      return List.of();
    }
    double unitsPerSecond = (double) TimeUnit.SECONDS.toNanos(1) / benchmark.getTimeUnit().toNanos(1);
    double seconds = result.getPrimaryResult().getScore() / unitsPerSecond;
    return List.of(new ScalarResult(LABEL, work.billions() / seconds, work.unit(), AggregationPolicy.AVG));
  }
}
