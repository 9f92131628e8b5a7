package io.github.lstm4j.bench.peer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OperandsTest {
  private static final Task TASK = new Task(TaskMode.INFER, "B2-T3-I4-H5-L2");

  @TempDir Path folder = Path.of("");

  @Test
  void aFileGivesBackWhatWasWritten() throws IOException {
    Operands made = Operands.make(TASK);
    made.write(folder.resolve("operands"));
    Operands read = Operands.read(TASK, folder.resolve("operands"));
    assertArrayEquals(made.input(), read.input());
    for (int layer = 0; layer < 2; layer++) {
      assertArrayEquals(made.inputWeight(layer), read.inputWeight(layer));
      assertArrayEquals(made.recurrentWeight(layer), read.recurrentWeight(layer));
      assertArrayEquals(made.inputBias(layer), read.inputBias(layer));
      assertArrayEquals(made.recurrentBias(layer), read.recurrentBias(layer));
    }
  }

  @Test
  void partsHaveTheirSizesAndDoNotOverlap() {
    Operands operands = Operands.make(TASK);
    assertEquals(3 * 2 * 4, operands.input().length);
    assertEquals(20 * 4, operands.inputWeight(0).length);
    assertEquals(20 * 5, operands.inputWeight(1).length);
    assertEquals(20 * 5, operands.recurrentWeight(1).length);
    assertEquals(20, operands.recurrentBias(1).length);
    float[] bias = operands.bias(1);
    for (int i = 0; i < bias.length; i++) {
      assertEquals(operands.inputBias(1)[i] + operands.recurrentBias(1)[i], bias[i]);
    }
  }

  @Test
  void aFileOfAnotherTaskIsRefused() throws IOException {
    Operands.make(TASK).write(folder.resolve("operands"));
    IOException refusal =
        assertThrows(
            IOException.class, () -> Operands.read(new Task(TaskMode.GEMM, "M2-N3-K4"), folder.resolve("operands")));
    assertTrue(String.valueOf(refusal.getMessage()).contains("expected 20 for gemm M2-N3-K4"), refusal.getMessage());
  }
}
