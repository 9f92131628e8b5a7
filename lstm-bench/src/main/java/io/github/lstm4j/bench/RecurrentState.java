package io.github.lstm4j.bench;

import io.github.lstm4j.kernels.Kernels;
import io.github.lstm4j.layer.CellKind;
import io.github.lstm4j.layer.RecurrentOptions;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What every benchmark of a recurrent stack is asked: shape, threads, kernels. A cell's benchmark says which cell. */
@State(Scope.Benchmark)
public abstract class RecurrentState {
  /** Batch, steps, input, hidden, layers. The defaults are the shapes at which the peers are measured too. */
  @Param({
    "B1-T1-I64-H64-L1", "B1-T1-I256-H256-L1", "B1-T1-I512-H512-L2", "B1-T100-I64-H64-L1", "B1-T100-I256-H256-L1",
    "B16-T50-I64-H128-L1", "B32-T100-I128-H256-L1", "B64-T100-I128-H256-L2", "B64-T50-I512-H512-L1",
    "B64-T35-I650-H650-L2", "B20-T35-I1500-H1500-L2"
  })
  public String shape = "";

  /** How many threads share the work of a call. */
  @Param({"1", "2"})
  public int threads;

  /** Whose kernels compute. */
  @Param({"simd", "scalar"})
  public String kernels = "";

  /** What a benchmark of any cell starts from. */
  protected RecurrentState() {}

  /**
   * Which cell is measured.
   *
   * @return the cell
   */
  protected abstract CellKind cell();

  Kernels chosenKernels() {
    return KernelsByName.of(kernels);
  }

  RecurrentOptions options(Shape parsed) {
    return RecurrentOptions.of(cell(), parsed.input(), parsed.hidden()).withLayers(parsed.layers());
  }
}
