package io.github.lstm4j.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.lstm4j.kernels.scalar.ScalarKernels;
import io.github.lstm4j.memory.Matrix;
import io.github.lstm4j.oracle.Cell;
import io.github.lstm4j.oracle.OracleCase;
import io.github.lstm4j.oracle.RecurrentConfig;
import io.github.lstm4j.testing.WatchedKernels;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From which size on two threads share the gradients of an LSTM: their calls are counted, a part each. */
class SharedProductsTest {
  private static final int THREADS = 2;
  private static final int UNITS = 16; // of the input too; the loop is too small to be shared

  private final AtomicInteger weights = new AtomicInteger();
  private final AtomicInteger biases = new AtomicInteger();
  private final AtomicInteger inputs = new AtomicInteger();

  /** A row costs 64·(16 + 16) multiplications for the weights, 64·16 for the input, 64 elements of 16 for biases. */
  @ParameterizedTest
  @CsvSource({"7, 73, 1, 1, 1", "8, 64, 2, 1, 1", "11, 93, 2, 1, 1", "8, 128, 2, 2, 8"})
  void gradients(int batch, int steps, int ofWeights, int ofBiases, int ofInput) {
    RecurrentConfig config =
        new RecurrentConfig(Cell.LSTM, UNITS, UNITS, 1, true, false, 0, batch, steps, List.of());
    Execution execution = new Execution(
        WatchedKernels.of(new ScalarKernels(), (operation, arguments) -> count(operation, arguments, batch)), THREADS);
    try (StackRun run = new StackRun(OracleCase.random(config, 3, 1), Mode.TRAINING, execution)) {
      run.forward();
      run.backward(true);
    }
    assertEquals(ofWeights, weights.get(), "both weights");
    assertEquals(ofBiases, biases.get(), "biases");
    assertEquals(ofInput, inputs.get(), "input");
  }

  private void count(String operation, Object[] arguments, int batch) {
    switch (operation) {
      case "gemmTransposedAPair" -> weights.incrementAndGet();
      case "columnSums" -> biases.incrementAndGet();
      case "gemm" -> {
        boolean ofGates = ((Matrix) arguments[1]).columns() == 4 * UNITS;
        if (ofGates && ((Matrix) arguments[0]).rows() > batch) { // those of a step have as many rows as sequences
          inputs.incrementAndGet();
        }
      }
      default -> {}
    }
  }
}
