package io.github.lstm4j.bench.peers;

import io.github.lstm4j.bench.Shape;
import io.github.lstm4j.bench.peer.Operands;
import io.github.lstm4j.bench.peer.Task;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.LSTMImpl;
import org.bytedeco.pytorch.LSTMOptions;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** {@code torch::nn::LSTM} with a task's weights. */
final class LibtorchLstm implements AutoCloseable {
  final LSTMImpl module;

  /** For each layer: input weight, recurrent weight, input bias, recurrent bias. */
  final List<Tensor> weights = new ArrayList<>();

  LibtorchLstm(Task task, Operands operands) {
    Shape shape = task.shape();
    LSTMOptions options = new LSTMOptions(shape.input(), shape.hidden());
    options.num_layers().put((long) shape.layers());
    module = new LSTMImpl(options);
    TensorVector all = module.all_weights();
    for (long i = 0; i < all.size(); i++) {
      weights.add(new Tensor(all.get(i))); // its own reference: those of the list go with it
    }
    int gates = 4 * shape.hidden();
    try (AutoGradMode _ = new AutoGradMode(false)) {
      for (int layer = 0; layer < shape.layers(); layer++) {
        set(4 * layer, operands.inputWeight(layer), gates, task.inputOf(layer));
        set(4 * layer + 1, operands.recurrentWeight(layer), gates, shape.hidden());
        set(4 * layer + 2, operands.inputBias(layer), gates);
        set(4 * layer + 3, operands.recurrentBias(layer), gates);
      }
    }
  }

  private void set(int index, float[] numbers, long... sizes) {
    try (Tensor values = LibtorchPeer.tensor(numbers, sizes)) {
      weights.get(index).copy_(values);
    }
  }

  /** Zero states (h, c), each [L, B, H]. */
  static T_TensorTensor_T zeroStates(Shape shape) {
    return new T_TensorTensor_T(
        torch.zeros(shape.layers(), shape.batch(), shape.hidden()),
        torch.zeros(shape.layers(), shape.batch(), shape.hidden()));
  }

  @Override
  public void close() {
    module.close();
  }
}
