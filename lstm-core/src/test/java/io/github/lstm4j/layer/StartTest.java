package io.github.lstm4j.layer;

import static io.github.lstm4j.layer.CaseRun.assertSameBits;
import static io.github.lstm4j.layer.CaseRun.cellTensor;
import static io.github.lstm4j.layer.CaseRun.tensor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lstm4j.kernels.KernelSelection;
import io.github.lstm4j.kernels.RowOrder;
import io.github.lstm4j.memory.Memory;
import io.github.lstm4j.memory.Tensor;
import io.github.lstm4j.oracle.Cell;
import io.github.lstm4j.oracle.OracleCase;
import io.github.lstm4j.oracle.OracleCases;
import io.github.lstm4j.oracle.RecurrentConfig;
import io.github.lstm4j.testing.Refusal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a pass leaves out where it starts from zeros changes no bit: given zeros, it leaves out nothing. */
class StartTest {
  @Provide
  Arbitrary<OracleCase> cases() {
    return OracleCases.any();
  }

  private static Execution execution(int threads, Split split, int chunkRows) {
    return new Execution(KernelSelection.best(), threads, (batch, gates, hidden, count) -> split, chunkRows);
  }

  private static Tensor zeros(OracleCase values, String name) {
    return Tensor.zeros(values.config().shape(name).stream().mapToInt(Integer::intValue).toArray());
  }

  private static @Nullable Tensor zeroCells(OracleCase values) {
    return values.config().hasCellState() ? zeros(values, "in.c0") : null;
  }

  @Property(tries = 300)
  void noStatesAreZeros(
      @ForAll("cases") OracleCase values, @ForAll @IntRange(min = 1, max = 2) int threads, @ForAll Split split,
      @ForAll @IntRange(min = 1, max = 20) int chunkRows, @ForAll Mode mode) {
    assertNoStatesAreZeros(values, mode, threads, split, chunkRows);
  }

  /** The pairs of the recurrent weight's gradient that are left out share a depth block of 512, or have their own. */
  static Stream<RecurrentConfig> large() {
    return Stream.of(
        new RecurrentConfig(Cell.LSTM, 3, 40, 1, true, false, 0, 58, 9, List.of()),
        new RecurrentConfig(Cell.LSTM, 3, 515, 2, true, true, 7, 128, 5, List.of()),
        new RecurrentConfig(Cell.GRU, 3, 40, 2, true, true, 0, 520, 2, List.of()),
        new RecurrentConfig(Cell.GRU, 2, 515, 1, true, false, 0, 7, 40, List.of(3, 40, 17, 39, 40, 1, 22)),
        new RecurrentConfig(Cell.RNN_TANH, 3, 33, 1, true, true, 0, 7, 40, List.of(1, 40, 17, 39, 40, 1, 1)),
        new RecurrentConfig(Cell.RNN_RELU, 3, 5, 1, true, true, 0, 600, 1, List.of()));
  }

  @ParameterizedTest
  @MethodSource("large")
  void noStatesAreZerosInLargeLayers(RecurrentConfig config) {
    OracleCase values = OracleCase.random(config, 5, 1);
    for (Mode mode : Mode.values()) {
      assertNoStatesAreZeros(values, mode, 1, Split.NONE, 128);
      assertNoStatesAreZeros(values, mode, 2, Split.UNITS, 128);
      assertNoStatesAreZeros(values, mode, 2, Split.BATCH, 16);
    }
  }

  private static void assertNoStatesAreZeros(OracleCase values, Mode mode, int threads, Split split, int chunkRows) {
    String context = mode + ", " + split + " on " + threads + " threads, chunks of " + chunkRows + ", " + values;
    try (StackRun run = new StackRun(values, mode, execution(threads, split, chunkRows))) {
      Map<String, float[]> fresh = run.run(); // nobody has set any state
      run.states().setInitial(zeros(values, "in.h0"), zeroCells(values));
      Map<String, float[]> given = run.run();
      assertSameBits(given, fresh, context);
      run.states().setInitial(null, null);
      assertSameBits(given, run.run(), context);
      assertSameBits(given, run.run(), context + ", again");
    }
  }

  /** One pass, run from states, from none, from those it ended with, from states again: as a pass of its own each. */
  @Property(tries = 150)
  void aPassForgetsHowItStartedBefore(
      @ForAll("cases") OracleCase values, @ForAll @IntRange(min = 1, max = 2) int threads, @ForAll Split split,
      @ForAll Mode mode) {
    Tensor h = tensor(values, "in.h0");
    Tensor c = cellTensor(values, "in.c0");
    try (StackRun run = new StackRun(values, mode, execution(threads, split, 16));
        StackRun other = new StackRun(values, mode, execution(1, Split.NONE, 16))) {
      run.states().setInitial(h, c);
      Map<String, float[]> given = run.run();
      run.states().setInitial(null, null);
      Map<String, float[]> none = run.run();
      Tensor hn = run.states().finalHidden();
      Tensor cn = run.states().finalCell();
      run.states().carry();
      Map<String, float[]> carried = run.run();
      run.states().setInitial(h, c);
      assertSameBits(given, run.run(), values);

      other.states().setInitial(hn, cn);
      assertSameBits(other.run(), carried, values);
      other.states().setInitial(h, c);
      assertSameBits(other.run(), given, values);
      other.states().setInitial(zeros(values, "in.h0"), zeroCells(values));
      assertSameBits(other.run(), none, values);
    }
  }

  /** A tape wants the gradients of the initial states, given or not. */
  @Property(tries = 150)
  void tapesHaveTheGradientOfStatesThatNobodyGave(
      @ForAll("cases") OracleCase values, @ForAll @IntRange(min = 1, max = 2) int threads, @ForAll Split split) {
    RecurrentInput input = CaseRun.input(values);
    try (Execution execution = execution(threads, split, 16);
        Recurrent layer = CaseRun.layer(values, CaseRun.options(values.config()), execution);
        Recurrent other = CaseRun.layer(values, CaseRun.options(values.config()), execution)) {
      Map<String, float[]> given =
          CaseRun.train(layer, values, input.withState(zeros(values, "in.h0"), zeroCells(values)));
      assertSameBits(given, CaseRun.train(other, values, input.withState(null, null)), values);
    }
  }

  @Test
  void aGradientThatWasLeftOutIsRefused() {
    RecurrentConfig config = new RecurrentConfig(Cell.LSTM, 3, 5, 2, true, true, 0, 2, 4, List.of());
    OracleCase values = OracleCase.random(config, 3, 1);
    try (StackRun run = new StackRun(values, Mode.TRAINING, execution(1, Split.NONE, 128))) {
      run.states().setInitial(null, null);
      run.run();
      Refusal.of(
          IllegalStateException.class, () -> run.states().initialHiddenGradient(),
          "left out the gradient of the initial hidden state, since none was given or it was carried", "setInitial");
      run.states().setInitial(zeros(values, "in.h0"), null);
      run.run();
      assertEquals("[4, 2, 5]", run.states().initialHiddenGradient().shapeText());
      run.states().carry();
      run.run();
      Refusal.of(IllegalStateException.class, () -> run.states().initialHiddenGradient(), "it was carried");
      run.states().setInitial(null, tensor(values, "in.c0"));
      run.run();
      Refusal.of(IllegalStateException.class, () -> run.states().initialHiddenGradient(), "none was given");
    }
  }

  /** Given or not, there are no gradients of the states of layers that a backward pass did not reach. */
  @Test
  void gradientsAboveFrozenLayersAreRefused() {
    RecurrentOptions options = RecurrentOptions.of(CellKind.LSTM, 3, 5).withLayers(2);
    try (Execution execution = Execution.of(1);
        Memory memory = Memory.unlimited("test");
        Parameters parameters = Parameters.allocate(options.parameters(""));
        RecurrentStack stack = new RecurrentStack(options, parameters, "", execution)) {
      stack.initialise(parameters, 1);
      parameters.allocateGradients();
      parameters.all().stream().filter(p -> p.name().endsWith("_l0")).forEach(p -> p.trainable(false));
      StepPlan plan = StepPlan.of(2, 4);
      RecurrentStackPass pass = stack.pass(plan, memory.matrix(plan.rows(), 3), null, Mode.TRAINING, memory);
      pass.states().setInitial(Tensor.zeros(2, 2, 5), Tensor.zeros(2, 2, 5));
      pass.forward(Noise.NONE);
      pass.backward(false);
      Refusal.of(
          IllegalStateException.class, () -> pass.states().initialHiddenGradient(), "stopped above frozen layers",
          "hidden");
      Refusal.of(
          IllegalStateException.class, () -> pass.states().initialCellGradient(), "stopped above frozen layers",
          "cell");
      pass.backwardToStates();
      assertEquals("[2, 2, 5]", pass.states().initialHiddenGradient().shapeText());
      assertEquals("[2, 2, 5]", Objects.requireNonNull(pass.states().initialCellGradient()).shapeText());
    }
  }

  /** Pairs are left out as long as they meet initial states, from the end: what is left is the start of the order. */
  @Property(tries = 300)
  void ordersLoseTheirEnd(
      @ForAll @Size(min = 1, max = 8) List<@IntRange(min = 1, max = 9) Integer> lengths, @ForAll boolean reverse) {
    StepPlan plan = StepPlan.of(9, lengths.stream().mapToInt(Integer::intValue).toArray());
    RowOrder all = plan.recurrentOrder(reverse);
    RowOrder fewer = Start.withoutInitialEnd(all, plan.batch());
    for (int pair = 0; pair < all.size(); pair++) {
      if (pair < fewer.size()) {
        assertEquals(all.left(pair), fewer.left(pair));
        assertEquals(all.right(pair), fewer.right(pair));
      } else {
        assertTrue(all.right(pair) < plan.batch(), "pair " + pair + " of " + lengths);
      }
    }
    assertTrue(fewer.size() == 0 || fewer.right(fewer.size() - 1) >= plan.batch(), lengths::toString);
    if (!reverse) {
      assertEquals(plan.rows() - plan.batch(), fewer.size(), "all first steps are at the end");
    }
  }
}
