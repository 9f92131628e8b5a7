package io.github.lstm4j.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.lstm4j.layer.Execution;
import io.github.lstm4j.memory.Matrix;
import io.github.lstm4j.memory.Memory;
import io.github.lstm4j.memory.Tensor;
import io.github.lstm4j.testing.Drawn;
import io.github.lstm4j.testing.Refusal;
import org.junit.jupiter.api.Test;

/** The mean squared error against its formula, which is computed in the same precision and order: equal numbers. */
final class MeanSquaredErrorTest {
  private static Matrix matrix(Memory memory, Tensor tensor) {
    Matrix matrix = memory.matrix(tensor.size(0), tensor.size(1));
    matrix.copyFrom(tensor.data(), 0);
    return matrix;
  }

  @Test
  void isTheFormula() {
    try (Execution execution = Execution.of(1);
        Memory memory = Memory.unlimited("test")) {
      Tensor output = Drawn.tensor(1, 4, 3);
      Tensor target = Drawn.tensor(2, 4, 3);
      Matrix gradient = memory.matrix(4, 3);
      gradient.fill(9f);
      LossSum loss =
          new MeanSquaredError().evaluate(execution, matrix(memory, output), matrix(memory, target), gradient, 0.5);
      double sum = 0;
      for (int i = 0; i < 12; i++) {
        double difference = (double) output.data()[i] - target.data()[i];
        sum += difference * difference;
        assertEquals((float) (2 * 0.5 / 12 * difference), gradient.get(i / 3, i % 3));
      }
      assertEquals(sum, loss.sum());
      assertEquals(12, loss.weight());
      assertEquals(sum / 12, loss.mean());
      LossSum without =
          new MeanSquaredError().evaluate(execution, matrix(memory, output), matrix(memory, target), null, 1);
      assertEquals(loss, without);
      assertEquals(new LossSum(2 * sum, 24), loss.plus(without));
    }
  }

  @Test
  void saysWhichShapesDiffer() {
    try (Execution execution = Execution.of(1);
        Memory memory = Memory.unlimited("test")) {
      MeanSquaredError loss = new MeanSquaredError();
      Refusal.of(
          IllegalArgumentException.class,
          () -> loss.evaluate(execution, memory.matrix(2, 3), memory.matrix(2, 1), null, 1), "[2, 3]", "[2, 1]");
      Refusal.of(
          IllegalArgumentException.class,
          () -> loss.evaluate(execution, memory.matrix(2, 3), memory.matrix(1, 3), null, 1), "[2, 3]", "[1, 3]");
    }
  }
}
