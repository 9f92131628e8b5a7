package io.github.lstm4j.bench.peers;

import io.github.lstm4j.bench.peer.Operands;
import io.github.lstm4j.bench.peer.Product;
import io.github.lstm4j.bench.peer.Task;
import io.github.lstm4j.bench.peer.Workload;
import java.util.List;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.FloatPointer;

/** {@code dnnl_sgemm}, row-major. */
final class OneDnnProduct implements Workload {
  private final Product product;
  private final FloatPointer a;
  private final FloatPointer b;
  private final FloatPointer c;

  OneDnnProduct(Task task, Operands operands) {
    product = task.product();
    a = new FloatPointer(operands.a());
    b = new FloatPointer(operands.b());
    c = new FloatPointer((long) product.m() * product.n());
  }

  @Override
  public void call() {
    dnnl.dnnl_sgemm(
        (byte) 'N', (byte) 'N', product.m(), product.n(), product.k(), 1, a, product.k(), b, product.n(), 0, c,
        product.n());
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
