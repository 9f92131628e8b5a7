package io.github.lstm4j.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.github.lstm4j.kernels.KernelSelection;
import io.github.lstm4j.layer.CellKind;
import io.github.lstm4j.layer.Mode;
import io.github.lstm4j.layer.Noise;
import io.github.lstm4j.layer.RecurrentOptions;
import io.github.lstm4j.layer.StepAllocationTest;
import io.github.lstm4j.layer.StepPlan;
import io.github.lstm4j.model.ModelPass;
import io.github.lstm4j.model.SequenceModel;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Passes that run again on the SIMD kernels: a vector that is boxed anywhere would show here. What C2 inlines into what
 * depends on the sizes (rows shorter than a vector, of one, of a few) and on what it compiled before, so many sizes run
 * here one after the other, in one JVM, through whole layers.
 */
class SimdStepAllocationTest extends StepAllocationTest {
  private static final int CALLS = 30;
  private static final int MOST_ROUNDS = 400;

  @Override
  protected String expectedKernels() {
    return "simd-" + System.getProperty(VectorBits.PROPERTY, "");
  }

  @ParameterizedTest
  @CsvSource({
    "LSTM, 8", "GRU, 9", "RNN_TANH, 16", "LSTM, 9", "GRU, 100", "RNN_TANH, 33",
    "LSTM, 64", "GRU, 17", "RNN_TANH, 8", "RNN_RELU, 17", "LSTM, 31", "GRU, 8",
    "RNN_TANH, 9", "LSTM, 17", "GRU, 32", "RNN_TANH, 100", "LSTM, 16", "GRU, 33",
    "RNN_TANH, 31", "LSTM, 32", "GRU, 31", "RNN_TANH, 64", "LSTM, 100", "GRU, 16",
    "RNN_TANH, 17", "LSTM, 33", "GRU, 64", "RNN_TANH, 32"
  })
  void forwardAndBackward(CellKind cell, int hidden) {
    assertNoneOn(1, cell, hidden);
  }

  /** Shared by hidden units (batches of 1 and 3) and by the batch (64). */
  @ParameterizedTest
  @CsvSource({"LSTM, 100", "GRU, 128", "RNN_TANH, 200", "LSTM, 64", "GRU, 90", "RNN_RELU, 160"})
  void forwardAndBackwardOnTwoThreads(CellKind cell, int hidden) {
    assertNoneOn(2, cell, hidden);
  }

  private static void assertNoneOn(int threads, CellKind cell, int hidden) {
    assumeFalse(Lanes.emulated(), "the vectors of an emulated width are objects");
    assertEquals("simd-" + Lanes.BITS, KernelSelection.best().name());
    for (int batch : new int[] {1, 64, 3}) {
      try (SequenceModel model =
              SequenceModel.builder(3)
                  .threads(threads)
                  .recurrent("rnn", in -> RecurrentOptions.of(cell, in, hidden))
                  .build();
          ModelPass pass = model.pass(StepPlan.of(batch, 3), Mode.TRAINING)) {
        Allocations.assertNone(CALLS, MOST_ROUNDS, () -> {
          pass.forward(Noise.NONE);
          pass.outputGradient().fill(0.1f);
          pass.backward();
          model.zeroGradients();
        });
      }
    }
  }
}
