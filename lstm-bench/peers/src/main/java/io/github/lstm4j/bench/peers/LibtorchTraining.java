package io.github.lstm4j.bench.peers;

import io.github.lstm4j.bench.Shape;
import io.github.lstm4j.bench.peer.Operands;
import io.github.lstm4j.bench.peer.Task;
import io.github.lstm4j.bench.peer.Workload;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.Tensor;

/** Eager training: forward, sum, backward. Gradients are dropped before each call, as {@code zero_grad} does. */
final class LibtorchTraining implements Workload {
  private final LibtorchLstm lstm;
  private final Tensor x;
  private final T_TensorTensor_T states;
  private final Shape shape;

  LibtorchTraining(Task task, Operands operands) {
    shape = task.shape();
    lstm = new LibtorchLstm(task, operands);
    lstm.module.train(true);
    x = LibtorchPeer.input(task, operands).set_requires_grad(true);
    states = LibtorchLstm.zeroStates(shape);
  }

  @Override
  public void call() {
    try (PointerScope _ = new PointerScope()) {
      lstm.module.zero_grad(true);
      x.mutable_grad().reset();
      lstm.module.forward(x, states).get0().sum().backward();
    }
  }

  @Override
  public List<float[]> results() {
    List<float[]> results = new ArrayList<>();
    results.add(LibtorchPeer.numbers(x.grad()));
    for (int layer = 0; layer < shape.layers(); layer++) {
      for (int i = 0; i < 3; i++) {
        results.add(LibtorchPeer.numbers(lstm.weights.get(4 * layer + i).grad()));
      }
    }
    return results;
  }

  @Override
  public void close() {
    lstm.close();
    states.close();
  }
}
