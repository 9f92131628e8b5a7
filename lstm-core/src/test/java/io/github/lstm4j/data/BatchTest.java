package io.github.lstm4j.data;

import io.github.lstm4j.memory.Tensor;
import io.github.lstm4j.testing.Refusal;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a batch refuses. */
final class BatchTest {
  private static void refused(Tensor input, Tensor target, String... parts) {
    Refusal.of(IllegalArgumentException.class, () -> Batch.of(input, target), parts);
  }

  @Test
  void shapesThatDoNotFit() {
    refused(Tensor.zeros(2, 3), Tensor.zeros(2, 3, 1), "input [2, 3]", "target [2, 3, 1]");
    refused(Tensor.zeros(2, 3, 1), Tensor.zeros(2), "input [2, 3, 1]", "target [2]");
    refused(Tensor.zeros(2, 3, 1), Tensor.zeros(3, 3, 1), "input [2, 3, 1]", "target [3, 3, 1]");
    refused(Tensor.zeros(2, 3, 1), Tensor.zeros(2, 4, 1), "input [2, 3, 1]", "target [2, 4, 1]");
    refused(Tensor.zeros(0, 3, 1), Tensor.zeros(0, 1), "input [0, 3, 1] is empty");
    refused(Tensor.zeros(2, 0, 1), Tensor.zeros(2, 1), "input [2, 0, 1] is empty");
  }

  @Test
  void lengthsThatDoNotFit() {
    int[][] wrong = {{3}, {3, 3, 3}, {0, 3}, {3, 4}, {-1, 2}};
    for (int[] lengths : wrong) {
      Refusal.of(
          IllegalArgumentException.class,
          () -> Batch.of(Tensor.zeros(2, 3, 1), Tensor.zeros(2, 1)).withLengths(lengths),
          "lengths are [" + lengths[0], "input [2, 3, 1]", "expected 2 of them, 1 to 3");
    }
  }

  @Test
  void aSourceOfNothing() {
    Refusal.of(IllegalArgumentException.class, () -> BatchSource.of(List.of()), "none");
  }
}
