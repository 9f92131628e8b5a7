package io.github.lstm4j.bench.peers;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemm;

import io.github.lstm4j.bench.peer.Contestant;
import io.github.lstm4j.bench.peer.Operands;
import io.github.lstm4j.bench.peer.Product;
import io.github.lstm4j.bench.peer.Task;
import io.github.lstm4j.bench.peer.TaskMode;
import io.github.lstm4j.bench.peer.Workload;
import java.util.List;
import org.bytedeco.javacpp.FloatPointer;

/** OpenBLAS: sgemm. Its threads are set by the environment, OPENBLAS_NUM_THREADS. */
final class OpenBlasPeer implements Contestant {
  @Override
  public Workload prepare(Task task, Operands operands, int threads) {
    if (task.mode() != TaskMode.GEMM) {
      throw new UnsupportedOperationException("OpenBLAS has products only");
    }
    return new Sgemm(task.product(), operands);
  }

  private static final class Sgemm implements Workload {
    private final Product product;
    private final FloatPointer a;
    private final FloatPointer b;
    private final FloatPointer c;

    Sgemm(Product product, Operands operands) {
      this.product = product;
      a = new FloatPointer(operands.a());
      b = new FloatPointer(operands.b());
      c = new FloatPointer((long) product.m() * product.n());
    }

    @Override
    public void call() {
      cblas_sgemm(
          CblasRowMajor, CblasNoTrans, CblasNoTrans, product.m(), product.n(), product.k(), 1, a, product.k(), b,
          product.n(), 0, c, product.n());
    }

    @Override
    public List<float[]> results() {
      float[] result = new float[product.m() * product.n()];
      c.get(result);
      return List.of(result);
    }

    @Override
    public void close() {
      a.close();
      b.close();
      c.close();
    }
  }
}
