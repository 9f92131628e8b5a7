package io.github.lstm4j.bench.peers;

import io.github.lstm4j.bench.peer.Operands;
import io.github.lstm4j.bench.peer.Product;
import io.github.lstm4j.bench.peer.Task;
import io.github.lstm4j.bench.peer.Workload;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** {@code at::mm_out}: the sgemm that this build of libtorch was linked against. */
final class LibtorchProduct implements Workload {
  private final Tensor a;
  private final Tensor b;
  private final Tensor c;

  LibtorchProduct(Task task, Operands operands) {
    Product product = task.product();
    a = LibtorchPeer.tensor(operands.a(), product.m(), product.k());
    b = LibtorchPeer.tensor(operands.b(), product.k(), product.n());
    c = torch.zeros(product.m(), product.n());
  }

  @Override
  public void call() {
    try (PointerScope _ = new PointerScope()) {
      torch.mm_out(c, a, b);
    }
  }

  @Override
  public List<float[]> results() {
    return List.of(LibtorchPeer.numbers(c));
  }

  @Override
  public void close() {
    a.close();
    b.close();
    c.close();
  }
}
