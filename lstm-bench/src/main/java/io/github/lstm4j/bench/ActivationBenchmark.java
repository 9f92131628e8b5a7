package io.github.lstm4j.bench;

import io.github.lstm4j.kernels.scalar.Activations;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The activation functions one float at a time; their vector forms live inside the gates ({@link GatesBenchmark}). */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
@State(Scope.Benchmark)
public class ActivationBenchmark {
  private static final int LENGTH = 4096;

  private final float[] x = RandomMatrix.array(LENGTH);
  private final float[] y = new float[LENGTH];

  /** The benchmark, as JMH makes it. */
  public ActivationBenchmark() {}

  /** States the work. */
  @Setup
  public void open() {
    Work.units(LENGTH);
  }

  /**
   * The library's tanh.
   *
   * @return the values
   */
  @Benchmark
  public float[] tanh() {
    for (int i = 0; i < LENGTH; i++) {
      y[i] = Activations.tanh(x[i]);
    }
    return y;
  }

  /**
   * The library's logistic function.
   *
   * @return the values
   */
  @Benchmark
  public float[] sigmoid() {
    for (int i = 0; i < LENGTH; i++) {
      y[i] = Activations.sigmoid(x[i]);
    }
    return y;
  }

  /**
   * The JDK's tanh, in double precision, for comparison.
   *
   * @return the values
   */
  @Benchmark
  public float[] jdkTanh() {
    for (int i = 0; i < LENGTH; i++) {
      y[i] = (float) Math.tanh(x[i]);
    }
    return y;
  }
}
