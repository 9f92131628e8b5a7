package io.github.lstm4j.layer;

import static io.github.lstm4j.layer.CaseRun.assertSameBits;
import static io.github.lstm4j.layer.CaseRun.cellTensor;
import static io.github.lstm4j.layer.CaseRun.tensor;

import io.github.lstm4j.kernels.KernelSelection;
import io.github.lstm4j.memory.Matrix;
import io.github.lstm4j.memory.Memory;
import io.github.lstm4j.memory.Tensor;
import io.github.lstm4j.oracle.OracleCase;
import io.github.lstm4j.oracle.OracleCases;
import io.github.lstm4j.oracle.RecurrentConfig;
import io.github.lstm4j.random.CounterRandom;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/**
 * Two layers with dropout are the lower layer, a mask, and the upper layer: forward, and backward with the same mask in
 * reverse. Composed here out of layers of their own, bit for bit.
 */
class DropoutCompositionTest {
  private static final float RATE = 0.4f;

  @Provide
  Arbitrary<OracleCase> cases() {
    return OracleCases.with(config -> config.layers() == 2);
  }

  @Property(tries = 100)
  void stackIsLowerThenMaskThenUpper(@ForAll("cases") OracleCase values) {
    RecurrentConfig config = values.config();
    Map<String, float[]> whole = CaseRun.train(values, KernelSelection.best(), 1, RATE);
    RecurrentInput input = CaseRun.input(values);
    Tensor h0 = tensor(values, "in.h0");
    Tensor c0 = cellTensor(values, "in.c0");
    try (Recurrent lower = part(values, 0); Recurrent upper = part(values, 1);
        RecurrentTape below = lower.run(input.withState(half(h0, 0), half(c0, 0)), Mode.TRAINING)) {
      Tensor between = masked(below.output().y(), config);
      RecurrentInput above =
          RecurrentInput.of(between)
              .withState(half(h0, 1), half(c0, 1))
              .withLengths(input.lengths());
      try (RecurrentTape top = upper.run(above, Mode.TRAINING)) {
        assertSameBits("y", CaseRun.result(whole, "out.y"), top.output().y().data(), values);
        RecurrentGradients dTop =
            top.backward(tensor(values, "seed.y"), half(tensor(values, "seed.hn"), 1),
                half(cellTensor(values, "seed.cn"), 1));
        Tensor dBetween = masked(Objects.requireNonNull(dTop.x()), config);
        RecurrentGradients dBelow =
            below.backward(dBetween, half(tensor(values, "seed.hn"), 0), half(cellTensor(values, "seed.cn"), 0));
        Tensor dX = Objects.requireNonNull(dBelow.x());
        assertSameBits("grad.x", CaseRun.result(whole, "grad.x"), dX.data(), values);
        assertSameParameters(whole, upper, "_l0", "_l1", values);
        assertSameParameters(whole, lower, "_l0", "_l0", values);
      }
    }
  }

  /** One layer of the stack, as a stack of its own. */
  private static Recurrent part(OracleCase values, int layer) {
    RecurrentOptions stack = CaseRun.options(values.config());
    RecurrentOptions options =
        RecurrentOptions.of(stack.cell(), layer == 0 ? stack.inputSize() : stack.outputSize(), stack.hiddenSize())
            .withBias(stack.bias())
            .withBidirectional(stack.bidirectional())
            .withProjSize(stack.projSize());
    Recurrent part = Recurrent.of(options, 0, new Execution(KernelSelection.best(), 1));
    for (Parameter parameter : part.parameters().all()) {
      parameter.set(tensor(values, parameter.name().replace("_l0", "_l" + layer)));
    }
    return part;
  }

  /** A layer's states of those of both: [D, batch, size] of [2·D, batch, size]. */
  private static @Nullable Tensor half(@Nullable Tensor states, int layer) {
    if (states == null) {
      return null;
    }
    int length = states.data().length / 2;
    float[] data = Arrays.copyOfRange(states.data(), layer * length, (layer + 1) * length);
    return Tensor.of(data, states.size(0) / 2, states.size(1), states.size(2));
  }

  private static Tensor masked(Tensor tensor, RecurrentConfig config) {
    int[] lengths = new int[config.batch()];
    Arrays.setAll(lengths, config::length);
    StepPlan plan = StepPlan.of(config.steps(), lengths);
    try (Memory memory = Memory.unlimited("test")) {
      Matrix rows = memory.matrix(plan.rows(), tensor.size(2));
      SequenceRows.pack(tensor, true, plan, rows);
      new DropoutMask(plan, RATE).apply(rows, rows, CaseRun.NOISE.key(CounterRandom.stream("dropout_l0")));
      return SequenceRows.unpack(rows, true, plan);
    }
  }

  private static void assertSameParameters(
      Map<String, float[]> whole, Recurrent part, String from, String to, OracleCase values) {
    for (Parameter parameter : part.parameters().all()) {
      String name = "grad." + parameter.name().replace(from, to);
      assertSameBits(name, CaseRun.result(whole, name), parameter.gradientTensor().data(), values);
    }
  }
}
