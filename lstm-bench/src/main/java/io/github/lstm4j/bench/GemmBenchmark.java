package io.github.lstm4j.bench;

import io.github.lstm4j.kernels.Kernels;
import io.github.lstm4j.kernels.Orientation;
import io.github.lstm4j.kernels.PackedMatrix;
import io.github.lstm4j.kernels.RowOrder;
import io.github.lstm4j.kernels.Store;
import io.github.lstm4j.memory.Matrix;
import io.github.lstm4j.memory.Memory;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

/** The products, on one thread. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
@State(Scope.Benchmark)
public class GemmBenchmark {
  private static final Pattern FORM = Pattern.compile("M([1-9]\\d{0,6})-N([1-9]\\d{0,6})-K([1-9]\\d{0,6})");

  /**
   * c[m, n] = a[m, k]·b[k, n]. After the squares: the recurrent product of a step (B, 4H, H) of H = 64, 256, 512, 1500,
   * the input projections of B64 T50 I512 H512 and of B32 T100 I128 H256, and (4H, I, B·T) as a weight gradient has it.
   */
  @Param({
    "M256-N256-K256", "M512-N512-K512", "M1024-N1024-K1024", "M2048-N2048-K2048",
    "M1-N256-K64", "M32-N1024-K256", "M64-N2048-K512", "M20-N6000-K1500",
    "M3200-N2048-K512", "M3200-N1024-K128", "M2048-N512-K3200"
  })
  public String product = "";

  /** Whose kernels compute. */
  @Param({"simd", "scalar"})
  public String kernels = "";

  private final Memory memory = Memory.unlimited("the operands of a benchmark");
  private Kernels chosen;
  private Matrix c;
  private Matrix a;
  private Matrix aTransposed;
  private Matrix b;
  private PackedMatrix packed;
  private RowOrder order;

  /** The benchmark, as JMH makes it. */
  public GemmBenchmark() {}

  /** Makes the operands. */
  @Setup
  public void open() {
    Matcher form = FORM.matcher(product);
    if (!form.matches()) {
      throw new IllegalArgumentException("product \"" + product + "\"; expected sizes as in M64-N2048-K512");
    }
    int m = Integer.parseInt(form.group(1));
    int n = Integer.parseInt(form.group(2));
    int k = Integer.parseInt(form.group(3));
    Work.flops(2.0 * m * n * k);
    chosen = KernelsByName.of(kernels);
    c = memory.matrix(m, n);
    a = RandomMatrix.fill(memory.matrix(m, k));
    aTransposed = RandomMatrix.fill(memory.matrix(k, m));
    b = RandomMatrix.fill(memory.matrix(k, n));
    packed = chosen.pack(b, Orientation.PLAIN, memory);
    order = RowOrder.ascending(k);
  }

  /**
   * a·b with b packed before: weights that serve.
   *
   * @return the product
   */
  @Benchmark
  public Matrix multiply() {
    chosen.gemm(c, a, packed, Store.OVERWRITE);
    return c;
  }

  /**
   * a·b added to c: the recurrent product of a step.
   *
   * @return the sum
   */
  @Benchmark
  public Matrix accumulate() {
    chosen.gemm(c, a, packed, Store.ACCUMULATE);
    return c;
  }

  /**
   * a·b with b packed on the way: what a BLAS library's sgemm does.
   *
   * @return the product
   */
  @Benchmark
  public Matrix packAndMultiply() {
    chosen.repack(packed, b);
    chosen.gemm(c, a, packed, Store.OVERWRITE);
    return c;
  }

  /**
   * aᵀ·b: the gradient of a weight.
   *
   * @return the product
   */
  @Benchmark
  public Matrix transposedA() {
    chosen.gemmTransposedA(c, aTransposed, b, order, Store.OVERWRITE);
    return c;
  }

  /**
   * aᵀ·b in two halves of its columns, in one call: the gradients of two weights that share their left operand.
   *
   * @return the product
   */
  @Benchmark
  public Matrix transposedAPair() {
    int half = c.columns() / 2;
    int rest = c.columns() - half;
    chosen.gemmTransposedAPair(
        c.columns(0, half), b.columns(0, half), order, c.columns(half, rest), b.columns(half, rest), order,
        aTransposed, Store.OVERWRITE);
    return c;
  }

  /** Frees the operands. */
  @TearDown
  public void close() {
    memory.close();
  }
}
