package io.github.lstm4j.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.lstm4j.kernels.Kernels;
import io.github.lstm4j.kernels.RowOrder;
import io.github.lstm4j.kernels.scalar.ScalarKernels;
import io.github.lstm4j.memory.Matrix;
import io.github.lstm4j.memory.Tensor;
import io.github.lstm4j.oracle.Cell;
import io.github.lstm4j.oracle.OracleCase;
import io.github.lstm4j.oracle.RecurrentConfig;
import io.github.lstm4j.testing.WatchedKernels;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The products with initial states that nobody gave are really left out, and no others: they are counted. */
class StartProductsTest {
  private static final int INPUT = 3;
  private static final int HIDDEN = 20; // two blocks of units; not the input's size, which tells the products apart
  private static final int STEPS = 5;
  private static final int BATCH = 4;

  /** Products whose left or, in a weight's gradient, right operand has as many columns as there are hidden units. */
  private final AtomicInteger forward = new AtomicInteger();

  private final AtomicInteger back = new AtomicInteger();
  private final AtomicInteger pairs = new AtomicInteger();

  private Execution counting(int threads, Split split) {
    Kernels counting = WatchedKernels.of(new ScalarKernels(), this::count);
    return new Execution(counting, threads, (batch, gates, hidden, count) -> split, 128);
  }

  /** All that reads states forward; all that multiplies gates and gives no input's gradient backward; its pairs. */
  private void count(String operation, Object[] arguments) {
    switch (operation) {
      case "gemm" -> {
        if (((Matrix) arguments[1]).columns() == HIDDEN && ((Matrix) arguments[0]).columns() != INPUT) {
          forward.incrementAndGet();
        }
        if (((Matrix) arguments[1]).columns() > INPUT && ((Matrix) arguments[0]).columns() != INPUT) {
          back.incrementAndGet();
        }
      }
      case "gemmTransposedA" -> countPairs(arguments[2], arguments[3]);
      case "gemmTransposedAPair" -> {
        countPairs(arguments[1], arguments[2]);
        countPairs(arguments[4], arguments[5]);
      }
      default -> {}
    }
  }

  private void countPairs(Object right, Object order) {
    if (((Matrix) right).columns() == HIDDEN) {
      pairs.addAndGet(((RowOrder) order).size());
    }
  }

  /**
   * What one run forward and backward counted.
   *
   * @param forward recurrent products forward
   * @param back those backward
   * @param pairs of the recurrent weight's gradient
   */
  private record Counts(int forward, int back, int pairs) {}

  private Counts forward(StackRun run) {
    forward.set(0);
    run.forward();
    return new Counts(forward.get(), 0, 0);
  }

  private Counts forwardAndBack(StackRun run) {
    Counts ahead = forward(run);
    back.set(0);
    pairs.set(0);
    run.backward(true);
    return new Counts(ahead.forward, back.get(), pairs.get());
  }

  private static OracleCase values(Cell cell, boolean bidirectional, int batch, int steps, List<Integer> lengths) {
    RecurrentConfig config =
        new RecurrentConfig(cell, INPUT, HIDDEN, 1, true, bidirectional, 0, batch, steps, lengths);
    return OracleCase.random(config, 7, 1);
  }

  private static Tensor zeros(OracleCase values) {
    return Tensor.zeros(values.config().shape("in.h0").stream().mapToInt(Integer::intValue).toArray());
  }

  @ParameterizedTest
  @CsvSource({
    "LSTM,1,NONE,1", "LSTM,2,BATCH,2", "LSTM,2,UNITS,8", "GRU,1,NONE,2", "GRU,2,BATCH,4", "GRU,2,UNITS,6",
    "RNN_TANH,1,NONE,1", "RNN_TANH,2,BATCH,2", "RNN_RELU,2,UNITS,2"
  })
  void oneStepFewer(Cell cell, int threads, Split split, int products) {
    OracleCase values = values(cell, false, BATCH, STEPS, List.of());
    int backProducts = (cell == Cell.GRU ? 2 : 1) * threads;
    try (StackRun run = new StackRun(values, Mode.TRAINING, counting(threads, split))) {
      run.states().setInitial(zeros(values), null);
      Counts all = forwardAndBack(run);
      assertEquals(STEPS * products, all.forward);
      assertEquals(STEPS * backProducts, all.back);
      assertEquals(0, all.pairs % (STEPS * BATCH));
      run.states().setInitial(null, null);
      Counts fewer = forwardAndBack(run);
      int weights = all.pairs / STEPS; // of one step
      assertEquals(
          new Counts((STEPS - 1) * products, (STEPS - 1) * backProducts, (STEPS - 1) * weights), fewer);
      run.states().carry();
      assertEquals(new Counts(all.forward, fewer.back, all.pairs), forwardAndBack(run), "carried");
      run.states().setInitial(null, null);
      assertEquals(fewer, forwardAndBack(run), "again");
    }
  }

  @ParameterizedTest
  @EnumSource(Cell.class)
  void servingToo(Cell cell) {
    OracleCase values = values(cell, false, BATCH, STEPS, List.of());
    int products = cell == Cell.GRU ? 2 : 1;
    try (StackRun run = new StackRun(values, Mode.INFERENCE, counting(1, Split.NONE))) {
      assertEquals((STEPS - 1) * products, forward(run).forward);
      run.states().carry();
      assertEquals(STEPS * products, forward(run).forward);
    }
  }

  /**
   * Lengths 4 and 2. Forward both start at step 0: of 4 calls 3 are left, and of 6 pairs 4. Backwards in time the
   * second starts at step 1, in a call of its own: of 5 calls 3 are left; of the pairs all, since those that start are
   * not at the end.
   */
  @Test
  void sequencesThatStartLaterStartFromZerosToo() {
    OracleCase values = values(Cell.RNN_TANH, true, 2, 4, List.of(4, 2));
    try (StackRun run = new StackRun(values, Mode.TRAINING, counting(1, Split.NONE))) {
      run.states().setInitial(zeros(values), null);
      assertEquals(new Counts(4 + 5, 4 + 5, 6 + 6), forwardAndBack(run));
      run.states().setInitial(null, null);
      assertEquals(new Counts(3 + 3, 3 + 3, 4 + 6), forwardAndBack(run));
    }
  }

  /** The gradient of states that nobody gave is computed where a tape asks for it. */
  @Test
  void tapesGoBackwardThroughAllSteps() {
    OracleCase values = values(Cell.LSTM, false, BATCH, STEPS, List.of());
    RecurrentInput input = CaseRun.input(values).withState(null, null).withoutInputGradient();
    try (Execution execution = counting(1, Split.NONE);
        Recurrent layer = CaseRun.layer(values, CaseRun.options(values.config()), execution);
        RecurrentTape tape = layer.run(input, Mode.TRAINING, Noise.NONE)) {
      assertEquals(STEPS - 1, forward.get());
      back.set(0);
      tape.backward(CaseRun.tensor(values, "seed.y"), null, null);
      assertEquals(STEPS, back.get());
      assertEquals((STEPS - 1) * BATCH, pairs.get());
    }
  }
}
