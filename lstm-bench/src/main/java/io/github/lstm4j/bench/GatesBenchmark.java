package io.github.lstm4j.bench;

import io.github.lstm4j.kernels.Kernels;
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

/** The fused gate kernels of one step, on one thread. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
@State(Scope.Benchmark)
public class GatesBenchmark {
  private static final int LSTM_GATES = 4;

  /** Sequences of a step. */
  @Param({"1", "64"})
  public int batch;

  /** Units of the state; 650 fills no whole number of vectors. */
  @Param({"64", "512", "650"})
  public int hidden;

  /** Whose kernels compute. */
  @Param({"simd", "scalar"})
  public String kernels = "";

  private final Memory memory = Memory.unlimited("the operands of a benchmark");
  private Kernels chosen;
  private Matrix sums;
  private Matrix gates;
  private Matrix bias;
  private Matrix cPrev;
  private Matrix c;
  private Matrix tanhC;
  private Matrix h;
  private Matrix dGates;
  private Matrix dC;

  /** The benchmark, as JMH makes it. */
  public GatesBenchmark() {}

  /** Makes the operands. */
  @Setup
  public void open() {
    Work.units((double) batch * hidden);
    chosen = KernelsByName.of(kernels);
    sums = RandomMatrix.fill(memory.matrix(batch, LSTM_GATES * hidden));
    gates = memory.matrix(batch, LSTM_GATES * hidden);
    bias = RandomMatrix.fill(memory.vector(LSTM_GATES * hidden));
    cPrev = RandomMatrix.fill(memory.matrix(batch, hidden));
    c = memory.matrix(batch, hidden);
    tanhC = memory.matrix(batch, hidden);
    h = memory.matrix(batch, hidden);
    dGates = memory.matrix(batch, LSTM_GATES * hidden);
    dC = memory.matrix(batch, hidden);
    gates.copyFrom(sums);
    chosen.lstmGatesForward(gates, bias, cPrev, c, tanhC, h);
  }

  /**
   * Bias, activations, new states; with a copy of the sums, which the kernel overwrites.
   *
   * @return the new hidden states
   */
  @Benchmark
  public Matrix lstmForward() {
    gates.copyFrom(sums);
    chosen.lstmGatesForward(gates, bias, cPrev, c, tanhC, h);
    return h;
  }

  /**
   * Gradients of the sums and of the previous cell states.
   *
   * @return the gradients of the sums
   */
  @Benchmark
  public Matrix lstmBackward() {
    chosen.lstmGatesBackward(dGates, gates, cPrev, tanhC, h, dC);
    return dGates;
  }

  /** Frees the operands. */
  @TearDown
  public void close() {
    memory.close();
  }
}
