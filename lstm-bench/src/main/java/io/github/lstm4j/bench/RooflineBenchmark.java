package io.github.lstm4j.bench;

import io.github.lstm4j.memory.Memory;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.concurrent.TimeUnit;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
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

/**
 * What one core could do at best, so that other results read as a share of it: fused multiply-adds in registers, and
 * reading and copying at each level of memory. {@code -t 2} measures two cores.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class RooflineBenchmark {
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
  private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

  /**
   * Chains that do not wait for each other. Latency times throughput is 4·2 = 8 on Zen 3 and recent Intel cores,
   * 5·2 = 10 on older ones; 12 chains and two operands fit into 16 registers.
   */
  private static final int CHAINS = 12;

  private static final int TURNS = 10_000;

  /** The benchmark, as JMH makes it. */
  public RooflineBenchmark() {}

  /** A piece of memory that is read again and again, and one of the same size to copy it to. */
  @State(Scope.Thread)
  public static class Buffer {
    /** Its size in KiB. The defaults lie in L1, L2, L3 and memory of most machines; the copy takes twice as much. */
    @Param({"16", "128", "4096", "524288"})
    public int kib;

    private final Memory memory = Memory.unlimited("the buffer of a benchmark");
    private MemorySegment from;
    private MemorySegment to;

    /** The state, as JMH makes it. */
    public Buffer() {}

    /** Makes it, and writes to it so that its pages are there. */
    @Setup
    public void open() {
      Work.bytes(kib * 1024.0);
      from = memory.allocate(kib * 1024L).fill((byte) 1);
      to = memory.allocate(kib * 1024L).fill((byte) 2);
    }

    /** Frees it. */
    @TearDown
    public void close() {
      memory.close();
    }
  }

  /** How much the fused multiply-adds of a call are. */
  @State(Scope.Benchmark)
  public static class Peak {
    /** A factor that C2 can't know. */
    public float factor = 0.5f;

    /** The state, as JMH makes it. */
    public Peak() {}

    /** States the work. */
    @Setup
    public void open() {
      Work.flops(2.0 * FLOATS.length() * CHAINS * TURNS);
    }

    /** Forgets it. */
    @TearDown
    public void close() {
    }
  }

  /**
   * Peak fused multiply-adds.
   *
   * @param peak the operand
   * @return what keeps C2 from leaving it out
   */
  @Benchmark
  public float fma(Peak peak) {
    FloatVector x = FloatVector.broadcast(FLOATS, peak.factor);
    FloatVector y = FloatVector.broadcast(FLOATS, 1 - peak.factor);
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
    for (int turn = 0; turn < TURNS; turn++) {
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

  /**
   * Reading: bytes read count.
   *
   * @param buffer what is read
   * @return what keeps C2 from leaving it out
   */
  @Benchmark
  public int read(Buffer buffer) {
    MemorySegment from = buffer.from;
    int step = INTS.vectorByteSize();
    IntVector x0 = IntVector.zero(INTS);
    IntVector x1 = x0;
    IntVector x2 = x0;
    IntVector x3 = x0;
    long at = 0;
    long end = from.byteSize();
    while (at != end) { // not counted: C2 would unroll it on top
      x0 = x0.or(IntVector.fromMemorySegment(INTS, from, at, ORDER));
      x1 = x1.or(IntVector.fromMemorySegment(INTS, from, at + step, ORDER));
      x2 = x2.or(IntVector.fromMemorySegment(INTS, from, at + 2L * step, ORDER));
      x3 = x3.or(IntVector.fromMemorySegment(INTS, from, at + 3L * step, ORDER));
      at += 4L * step;
    }
    return x0.or(x1).or(x2).or(x3).reduceLanes(VectorOperators.OR);
  }

  /**
   * Copying: bytes copied count once.
   *
   * @param buffer what is copied, and where to
   * @return the copy
   */
  @Benchmark
  public MemorySegment copy(Buffer buffer) {
    return buffer.to.copyFrom(buffer.from);
  }
}
