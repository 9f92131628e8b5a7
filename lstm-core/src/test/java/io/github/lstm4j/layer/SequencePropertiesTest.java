package io.github.lstm4j.layer;

import static io.github.lstm4j.layer.CaseRun.assertSameBits;
import static io.github.lstm4j.layer.CaseRun.cellTensor;
import static io.github.lstm4j.layer.CaseRun.tensor;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.github.lstm4j.kernels.KernelSelection;
import io.github.lstm4j.memory.Tensor;
import io.github.lstm4j.oracle.OracleCase;
import io.github.lstm4j.oracle.OracleCases;
import io.github.lstm4j.oracle.RecurrentConfig;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** What a batch, a layout, a length and a cut in time must not change: all of it bit for bit. */
class SequencePropertiesTest {
  @Provide
  Arbitrary<OracleCase> cases() {
    return OracleCases.any();
  }

  @Provide
  Arbitrary<OracleCase> casesToCut() {
    return OracleCases.with(c -> !c.bidirectional() && c.steps() > 1 && c.lengths().isEmpty());
  }

  @Provide
  Arbitrary<OracleCase> casesWithLengths() {
    return OracleCases.with(c -> !c.lengths().isEmpty());
  }

  private static Recurrent layer(OracleCase values, boolean batchFirst) {
    RecurrentOptions options = CaseRun.options(values.config()).withBatchFirst(batchFirst);
    return CaseRun.layer(values, options, KernelSelection.best(), 1);
  }

  @Property(tries = 100)
  void inferenceHasTheBitsOfTraining(@ForAll("cases") OracleCase values) {
    Map<String, float[]> served = CaseRun.serve(values, KernelSelection.best(), 1);
    Map<String, float[]> trained = CaseRun.train(values, KernelSelection.best(), 1, 0);
    served.forEach((name, outputs) -> assertSameBits(name, CaseRun.result(trained, name), outputs, values));
  }

  /** Dropout is for training: a layer that has some serves as if it had none. */
  @Property(tries = 30)
  void inferenceKnowsNoDropout(@ForAll("cases") OracleCase values) {
    RecurrentOptions options = CaseRun.options(values.config()).withDropout(0.5f);
    try (Recurrent layer = CaseRun.layer(values, options, KernelSelection.best(), 1)) {
      Map<String, float[]> outputs = CaseRun.outputs(layer.run(CaseRun.input(values)));
      assertSameBits(CaseRun.serve(values, KernelSelection.best(), 1), outputs, values);
    }
  }

  @Property(tries = 100)
  void timeFirstIsTheTransposeOfBatchFirst(@ForAll("cases") OracleCase values) {
    Map<String, float[]> expected = CaseRun.train(values, KernelSelection.best(), 1, 0);
    RecurrentInput input = CaseRun.input(values);
    try (Recurrent layer = layer(values, false);
        RecurrentTape tape =
            layer.run(
                new RecurrentInput(transposed(input.x()), input.h0(), input.c0(), input.lengths(), true),
                Mode.TRAINING)) {
      RecurrentOutput out = tape.output();
      assertSameBits("y", CaseRun.result(expected, "out.y"), transposed(out.y()).data(), values);
      assertSameBits("hn", CaseRun.result(expected, "out.hn"), out.hn().data(), values);
      RecurrentGradients gradients =
          tape.backward(
              transposed(tensor(values, "seed.y")), tensor(values, "seed.hn"), cellTensor(values, "seed.cn"));
      Tensor dX = Objects.requireNonNull(gradients.x());
      assertSameBits("grad.x", CaseRun.result(expected, "grad.x"), transposed(dX).data(), values);
      assertSameBits("grad.h0", CaseRun.result(expected, "grad.h0"), gradients.h0().data(), values);
    }
  }

  /** Swaps the first two dimensions of three. */
  private static Tensor transposed(Tensor tensor) {
    int features = tensor.size(2);
    Tensor swapped = Tensor.zeros(tensor.size(1), tensor.size(0), features);
    for (int i = 0; i < tensor.size(0); i++) {
      for (int j = 0; j < tensor.size(1); j++) {
        System.arraycopy(
            tensor.data(), (i * tensor.size(1) + j) * features, swapped.data(), (j * tensor.size(0) + i) * features,
            features);
      }
    }
    return swapped;
  }

  /** Every sequence of a padded batch, run alone without padding and without a batch dimension. */
  @Property(tries = 100)
  void aSequenceOfABatchIsWhatItIsAlone(@ForAll("cases") OracleCase values, @ForAll boolean batchFirst) {
    RecurrentConfig config = values.config();
    RecurrentInput input = CaseRun.input(values);
    Map<String, float[]> all = CaseRun.train(values, KernelSelection.best(), 2, 0);
    for (int b = 0; b < config.batch(); b++) {
      int length = config.length(b);
      RecurrentInput alone =
          RecurrentInput.of(steps(input.x(), b, 0, length))
              .withState(of(tensor(values, "in.h0"), b), cellOf(values, "in.c0", b));
      try (Recurrent layer = layer(values, batchFirst); RecurrentTape tape = layer.run(alone, Mode.TRAINING)) {
        RecurrentOutput out = tape.output();
        assertArrayEquals(new int[] {length, config.shape("out.y").getLast()}, out.y().shape());
        assertArrayEquals(new int[] {config.layers() * config.directions(), config.outputSize()}, out.hn().shape());
        RecurrentGradients back =
            tape.backward(
                steps(tensor(values, "seed.y"), b, 0, length), of(tensor(values, "seed.hn"), b),
                cellOf(values, "seed.cn", b));
        assertSameSequence(values, "out.y", all, b, out.y());
        assertSameSequence(values, "grad.x", all, b, Objects.requireNonNull(back.x()));
        assertSameState(values, "out.hn", all, b, out.hn());
        assertSameState(values, "grad.h0", all, b, back.h0());
        if (config.hasCellState()) {
          assertSameState(values, "out.cn", all, b, Objects.requireNonNull(out.cn()));
          assertSameState(values, "grad.c0", all, b, Objects.requireNonNull(back.c0()));
        }
      }
    }
  }

  private static void assertSameSequence(
      OracleCase values, String name, Map<String, float[]> all, int b, Tensor alone) {
    Tensor batch = Tensor.of(CaseRun.result(all, name), tensorShape(values, name));
    assertSameBits(name, steps(batch, b, 0, alone.size(0)).data(), alone.data(), "sequence " + b + " of " + values);
    float[] padding = steps(batch, b, alone.size(0), batch.size(1) - alone.size(0)).data();
    assertSameBits(name + " past its length", new float[padding.length], padding, values);
  }

  private static void assertSameState(OracleCase values, String name, Map<String, float[]> all, int b, Tensor alone) {
    Tensor batch = Tensor.of(CaseRun.result(all, name), tensorShape(values, name));
    assertSameBits(name, of(batch, b).data(), alone.data(), "sequence " + b + " of " + values);
  }

  private static int[] tensorShape(OracleCase values, String name) {
    return values.config().shape(name).stream().mapToInt(Integer::intValue).toArray();
  }

  /** The steps [from, from + count) of a sequence: [count, features] of [batch, steps, features]. */
  private static Tensor steps(Tensor tensor, int sequence, int from, int count) {
    int features = tensor.size(2);
    int at = (sequence * tensor.size(1) + from) * features;
    return Tensor.of(Arrays.copyOfRange(tensor.data(), at, at + count * features), count, features);
  }

  /** The states of a sequence: [D·layers, size] of [D·layers, batch, size]. */
  private static Tensor of(Tensor states, int sequence) {
    Tensor swapped = transposed(states);
    return steps(swapped, sequence, 0, states.size(0));
  }

  private static @Nullable Tensor cellOf(OracleCase values, String name, int sequence) {
    Tensor states = cellTensor(values, name);
    return states == null ? null : of(states, sequence);
  }

  @Property(tries = 50)
  void aCutInTimeChangesNothing(@ForAll("casesToCut") OracleCase values, @ForAll long cut) {
    RecurrentConfig config = values.config();
    int first = 1 + (int) Math.floorMod(cut, (long) config.steps() - 1);
    Tensor x = tensor(values, "in.x");
    Tensor timeFirst = transposed(x);
    int step = config.batch() * config.inputSize();
    Tensor before = Tensor.of(Arrays.copyOf(timeFirst.data(), first * step), first, config.batch(), config.inputSize());
    Tensor after =
        Tensor.of(
            Arrays.copyOfRange(timeFirst.data(), first * step, timeFirst.data().length), config.steps() - first,
            config.batch(), config.inputSize());
    try (Recurrent layer = layer(values, false)) {
      RecurrentInput whole = CaseRun.input(values);
      RecurrentOutput expected = layer.run(RecurrentInput.of(timeFirst).withState(whole.h0(), whole.c0()));
      RecurrentOutput one = layer.run(RecurrentInput.of(before).withState(whole.h0(), whole.c0()));
      RecurrentOutput two = layer.run(RecurrentInput.of(after).withState(one.hn(), one.cn()));
      float[] y = Arrays.copyOf(one.y().data(), expected.y().data().length);
      System.arraycopy(two.y().data(), 0, y, one.y().data().length, two.y().data().length);
      assertSameBits("y", expected.y().data(), y, values);
      assertSameBits("hn", expected.hn().data(), two.hn().data(), values);
      if (config.hasCellState()) {
        assertSameBits(
            "cn", Objects.requireNonNull(expected.cn()).data(), Objects.requireNonNull(two.cn()).data(), values);
      }
    }
  }

  /** What lies past a length is not read: not in x, not in the gradient of y. */
  @Property(tries = 100)
  void paddingNeverLeaks(@ForAll("casesWithLengths") OracleCase values) {
    RecurrentConfig config = values.config();
    Map<String, float[]> expected = CaseRun.train(values, KernelSelection.best(), 1, 0);
    RecurrentInput input = CaseRun.input(values);
    Tensor dY = tensor(values, "seed.y");
    poison(input.x(), config);
    poison(dY, config);
    try (Recurrent layer = layer(values, true); RecurrentTape tape = layer.run(input, Mode.TRAINING)) {
      Map<String, float[]> actual = CaseRun.outputs(tape.output());
      RecurrentGradients gradients = tape.backward(dY, tensor(values, "seed.hn"), cellTensor(values, "seed.cn"));
      actual.putAll(CaseRun.gradients(gradients, layer.parameters()));
      assertSameBits(expected, actual, values);
    }
  }

  private static void poison(Tensor padded, RecurrentConfig config) {
    int row = padded.size(2);
    for (int b = 0; b < config.batch(); b++) {
      int sequence = b * config.steps() * row;
      Arrays.fill(padded.data(), sequence + config.length(b) * row, sequence + config.steps() * row, Float.NaN);
    }
  }
}
