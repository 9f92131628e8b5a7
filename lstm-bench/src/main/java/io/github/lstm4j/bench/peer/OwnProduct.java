package io.github.lstm4j.bench.peer;

import io.github.lstm4j.kernels.Kernels;
import io.github.lstm4j.kernels.Orientation;
import io.github.lstm4j.kernels.PackedMatrix;
import io.github.lstm4j.kernels.Store;
import io.github.lstm4j.layer.Execution;
import io.github.lstm4j.memory.Matrix;
import io.github.lstm4j.memory.Memory;
import java.util.List;

/** A product with the right operand packed on the way, which is what a BLAS library's sgemm does too. One thread. */
final class OwnProduct implements Workload {
  private final Memory memory = Memory.unlimited("the operands of a benchmark");
  private final Execution execution;
  private final Matrix a;
  private final Matrix b;
  private final Matrix c;
  private final PackedMatrix packed;

  OwnProduct(Task task, Operands operands, Kernels kernels, int threads) {
    if (threads != 1) {
      throw new UnsupportedOperationException("a kernel runs on the thread that calls it: products have one thread");
    }
    Product product = task.product();
    execution = new Execution(kernels, threads);
    a = memory.matrix(product.m(), product.k());
    b = memory.matrix(product.k(), product.n());
    c = memory.matrix(product.m(), product.n());
    a.copyFrom(operands.a(), 0);
    b.copyFrom(operands.b(), 0);
    packed = kernels.pack(b, Orientation.PLAIN, memory);
  }

  @Override
  public void call() {
    execution.kernels().repack(packed, b);
    execution.kernels().gemm(c, a, packed, Store.OVERWRITE);
  }

  @Override
  public List<float[]> results() {
    return List.of(c.toArray());
  }

  @Override
  public void close() {
    execution.close();
    memory.close();
  }
}
