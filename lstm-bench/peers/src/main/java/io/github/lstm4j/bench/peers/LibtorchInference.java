package io.github.lstm4j.bench.peers;

import io.github.lstm4j.bench.peer.Operands;
import io.github.lstm4j.bench.peer.Task;
import io.github.lstm4j.bench.peer.Workload;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.InferenceMode;
import org.bytedeco.pytorch.T_TensorT_TensorTensor_T_T;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.Tensor;

/** Eager inference in {@code c10::InferenceMode}. */
final class LibtorchInference implements Workload {
  private final LibtorchLstm lstm;
  private final Tensor x;
  private final boolean stream;
  private final InferenceMode mode = new InferenceMode(true);
  private T_TensorTensor_T states;
  private Tensor y;

  LibtorchInference(Task task, Operands operands) {
    lstm = new LibtorchLstm(task, operands);
    lstm.module.eval();
    x = LibtorchPeer.input(task, operands);
    y = new Tensor(x);
    stream = LibtorchPeer.isStream(task);
    states = LibtorchLstm.zeroStates(task.shape());
  }

  @Override
  public void call() {
    try (PointerScope _ = new PointerScope()) {
      T_TensorT_TensorTensor_T_T result = lstm.module.forward(x, states);
      Tensor output = new Tensor(result.get0());
      output.retainReference();
      y.releaseReference();
      y = output;
      if (stream) {
        T_TensorTensor_T next = new T_TensorTensor_T(result.get1().get0(), result.get1().get1());
        next.retainReference();
        states.releaseReference();
        states = next;
      }
    }
  }

  @Override
  public List<float[]> results() {
    return List.of(LibtorchPeer.numbers(y));
  }

  @Override
  public void close() {
    mode.close();
    lstm.close();
  }
}
