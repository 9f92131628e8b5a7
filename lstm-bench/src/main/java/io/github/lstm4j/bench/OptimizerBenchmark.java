package io.github.lstm4j.bench;

import io.github.lstm4j.kernels.AdamCoefficients;
import io.github.lstm4j.kernels.Kernels;
import io.github.lstm4j.kernels.RowOrder;
import io.github.lstm4j.kernels.Store;
import io.github.lstm4j.memory.Matrix;
import io.github.lstm4j.memory.Memory;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What an update does besides the layers: Adam, the norm of the gradients, sums of columns. Bound by bandwidth. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
@State(Scope.Benchmark)
public class OptimizerBenchmark {
  private static final int COLUMNS = 512;

  /** Rows of 512 elements: 256 KiB, 4 MiB and 64 MiB a matrix. */
  @Param({"128", "2048", "32768"})
  public int rows;

  /** Whose kernels compute. */
  @Param({"simd", "scalar"})
  public String kernels = "";

  private final Memory memory = Memory.unlimited("the operands of a benchmark");
  private final AdamCoefficients coefficients =
      new AdamCoefficients(1e-6f, 1f, 0.999f, 0.1f, 0.001f, 1e-8f, 0f, 1f, 1f);
  private Kernels chosen;
  private Matrix value;
  private Matrix gradient;
  private Matrix firstMoment;
  private Matrix secondMoment;
  private Matrix sums;
  private RowOrder order;

  /** The benchmark, as JMH makes it. */
  public OptimizerBenchmark() {}

  /** Makes the operands. */
  @Setup
  public void open() {
    Work.units((double) rows * COLUMNS);
    chosen = KernelsByName.of(kernels);
    value = RandomMatrix.fill(memory.matrix(rows, COLUMNS));
    gradient = RandomMatrix.fill(memory.matrix(rows, COLUMNS));
    firstMoment = memory.matrix(rows, COLUMNS);
    secondMoment = memory.matrix(rows, COLUMNS);
    sums = memory.vector(COLUMNS);
    order = RowOrder.ascending(rows);
  }

  /**
   * One update: 16 bytes read and 12 written for each element.
   *
   * @return the values
   */
  @Benchmark
  public Matrix adam() {
    chosen.adam(value, gradient, firstMoment, secondMoment, null, coefficients);
    return value;
  }

  /**
   * The square of the norm: 4 bytes read for each element.
   *
   * @return the sum
   */
  @Benchmark
  public double sumOfSquares() {
    return chosen.sumOfSquares(gradient);
  }

  /**
   * The gradient of a bias: 4 bytes read for each element.
   *
   * @return the sums
   */
  @Benchmark
  public Matrix columnSums() {
    chosen.columnSums(sums, gradient, order, Store.OVERWRITE);
    return sums;
  }

  /** Frees the operands. */
  @TearDown
  public void close() {
    memory.close();
  }
}
