package io.github.lstm4j.cli.lesson;

import io.github.lstm4j.memory.Tensor;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Shapes as PyTorch prints them. */
final class TorchSize {
  private TorchSize() {}

  static String torchSize(int... shape) {
    return Arrays.stream(shape).mapToObj(Integer::toString).collect(Collectors.joining(", ", "torch.Size([", "])"));
  }

  static String torchSize(Tensor tensor) {
    return torchSize(tensor.shape());
  }
}
