package io.github.lstm4j.bench;

import io.github.lstm4j.layer.CellKind;
import io.github.lstm4j.memory.Matrix;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;

/** GRU stacks as a user with a tight loop runs them: buffers made once, nothing allocated per call. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(3)
public class GruBenchmark {
  /** The benchmarks, as JMH makes them. */
  public GruBenchmark() {}

  /** A forward pass of a GRU. */
  public static class Forward extends ForwardState {
    /** The state, as JMH makes it. */
    public Forward() {}

    @Override
    protected CellKind cell() {
      return CellKind.GRU;
    }
  }

  /** A training step of a GRU. */
  public static class Training extends TrainingState {
    /** The state, as JMH makes it. */
    public Training() {}

    @Override
    protected CellKind cell() {
      return CellKind.GRU;
    }
  }

  /** A stream through a GRU. */
  public static class Stream extends StreamState {
    /** The state, as JMH makes it. */
    public Stream() {}

    @Override
    protected CellKind cell() {
      return CellKind.GRU;
    }
  }

  /**
   * Inference over whole sequences, from zero states.
   *
   * @param state stack and buffers
   * @return the outputs
   */
  @Benchmark
  public Matrix forward(Forward state) {
    return state.run();
  }

  /**
   * Forward, backward of the sum of the outputs, gradients of all weights and of the input.
   *
   * @param state stack, tape and buffers
   * @return a gradient
   */
  @Benchmark
  public Matrix trainingStep(Training state) {
    return state.run();
  }

  /**
   * One time step of a stream, the state carried. The shape's T is not used.
   *
   * @param state model and session
   * @return the outputs
   */
  @Benchmark
  public float[] streamStep(Stream state) {
    return state.run();
  }
}
