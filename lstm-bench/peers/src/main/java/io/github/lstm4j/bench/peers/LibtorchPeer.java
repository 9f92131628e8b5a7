package io.github.lstm4j.bench.peers;

import io.github.lstm4j.bench.Shape;
import io.github.lstm4j.bench.peer.Contestant;
import io.github.lstm4j.bench.peer.Operands;
import io.github.lstm4j.bench.peer.Task;
import io.github.lstm4j.bench.peer.TaskMode;
import io.github.lstm4j.bench.peer.Workload;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** PyTorch's C++ library in eager mode, its threads set by {@code at::set_num_threads}. */
final class LibtorchPeer implements Contestant {
  @Override
  public Workload prepare(Task task, Operands operands, int threads) {
    torch.set_num_threads(threads);
    return switch (task.mode()) {
      case INFER, STREAM -> new LibtorchInference(task, operands);
      case TRAIN -> new LibtorchTraining(task, operands);
      case GEMM -> new LibtorchProduct(task, operands);
      case PEAK -> throw new UnsupportedOperationException("no peak here");
    };
  }

  /** A tensor with numbers of its own. */
  static Tensor tensor(float[] numbers, long... sizes) {
    try (FloatPointer pointer = new FloatPointer(numbers); Tensor view = torch.from_blob(pointer, sizes)) {
      return view.clone();
    }
  }

  static Tensor input(Task task, Operands operands) {
    Shape shape = task.shape();
    return tensor(operands.input(), shape.steps(), shape.batch(), shape.input());
  }

  static float[] numbers(Tensor tensor) {
    try (Tensor dense = tensor.contiguous()) {
      float[] numbers = new float[Math.toIntExact(dense.numel())];
      dense.data_ptr_float().get(numbers);
      return numbers;
    }
  }

  static boolean isStream(Task task) {
    return task.mode() == TaskMode.STREAM;
  }
}
