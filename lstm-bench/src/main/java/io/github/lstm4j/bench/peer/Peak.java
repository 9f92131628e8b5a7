package io.github.lstm4j.bench.peer;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The peak of fused multiply-adds, all threads at once: the same chains as in RooflineBenchmark, without JMH. */
final class Peak implements Workload {
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;

  /**
   * Independent chains: more than latency times throughput of any core (4·2 to 5·2), and few enough for 16 registers.
   */
  private static final int CHAINS = 12;

  static final double FLOPS_PER_TURN = 2.0 * CHAINS * FLOATS.length();

  private final int turns;
  private final List<ExecutorService> others = new ArrayList<>();
  private volatile float sink;

  Peak(Task task, int threads) {
    turns = Integer.parseInt(task.size());
    for (int i = 1; i < threads; i++) {
      others.add(Executors.newSingleThreadExecutor());
    }
  }

  @Override
  public void call() {
    List<Future<Float>> running = new ArrayList<>();
    for (ExecutorService other : others) {
      running.add(other.submit(() -> chains(turns, 0.5f)));
    }
    float sum = chains(turns, 0.5f);
    for (Future<Float> one : running) {
      try {
        sum += one.get();
      } catch (InterruptedException | ExecutionException e) {
        throw new IllegalStateException("measuring the peak: " + e.getMessage(), e);
      }
    }
    sink = sum;
  }

  private static float chains(int turns, float factor) {
    FloatVector x = FloatVector.broadcast(FLOATS, factor);
    FloatVector y = FloatVector.broadcast(FLOATS, 1 - factor);
    FloatVector c0 = x;
    FloatVector c1 = x;
    FloatVector c2 = x;
    FloatVector c3 = x;
    FloatVector c4 = x;
    FloatVector c5 = x;
    FloatVector c6 = x;
    FloatVector c7 = x;
    FloatVector c8 = x;
    FloatVector c9 = x;
    FloatVector c10 = x;
    FloatVector c11 = x;
    for (int turn = 0; turn < turns; turn++) {
      c0 = x.fma(y, c0);
      c1 = x.fma(y, c1);
      c2 = x.fma(y, c2);
      c3 = x.fma(y, c3);
      c4 = x.fma(y, c4);
      c5 = x.fma(y, c5);
      c6 = x.fma(y, c6);
      c7 = x.fma(y, c7);
      c8 = x.fma(y, c8);
      c9 = x.fma(y, c9);
      c10 = x.fma(y, c10);
      c11 = x.fma(y, c11);
    }
    FloatVector sum = c0.add(c1).add(c2).add(c3).add(c4).add(c5).add(c6).add(c7).add(c8).add(c9).add(c10).add(c11);
    return sum.reduceLanes(VectorOperators.ADD);
  }

  @Override
  public List<float[]> results() {
    return List.of(new float[] {sink});
  }

  @Override
  public void close() {
    others.forEach(ExecutorService::shutdown);
  }
}
