package io.github.lstm4j.layer;

import static io.github.lstm4j.layer.CaseRun.assertSameBits;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lstm4j.kernels.KernelSelection;
import io.github.lstm4j.kernels.Kernels;
import io.github.lstm4j.kernels.scalar.ScalarKernels;
import io.github.lstm4j.memory.Memory;
import io.github.lstm4j.memory.Tensor;
import io.github.lstm4j.model.ModelPass;
import io.github.lstm4j.model.SequenceModel;
import io.github.lstm4j.testing.Drawn;
import io.github.lstm4j.testing.Refusal;
import java.util.Arrays;
import java.util.SplittableRandom;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Lookup, the gradient's order, the padding entry, and tokens that are none. lstm-simd runs the same class. */
public class EmbeddingTest {
  private static final Kernels SCALAR = new ScalarKernels();

  /**
   * The kernels that must have been selected, so that green can't mean that others were skipped.
   *
   * @return their name
   */
  protected String expectedKernels() {
    return "scalar";
  }

  private static SequenceModel model(Kernels kernels, int threads, int entries, int size, int padding) {
    return SequenceModel.builder(1).embedding("e", entries, size, padding).kernels(kernels).threads(threads).build();
  }

  private static Tensor tokens(long seed, int batch, int steps, int entries) {
    SplittableRandom random = new SplittableRandom(seed);
    Tensor tokens = Tensor.zeros(batch, steps, 1);
    for (int i = 0; i < tokens.data().length; i++) {
      tokens.data()[i] = random.nextInt(entries);
    }
    return tokens;
  }

  /** Zeros but for a one: such a product has the row's bits, except that it makes +0 of −0. */
  @Property(tries = 60)
  final void lookupIsTheOneHotProduct(
      @ForAll @IntRange(min = 1, max = 20) int entries, @ForAll @IntRange(min = 1, max = 40) int size,
      @ForAll long seed) {
    Tensor tokens = tokens(seed, 3, 4, entries);
    Tensor hot = Tensor.zeros(3, 4, entries);
    for (int i = 0; i < 12; i++) {
      hot.data()[i * entries + (int) tokens.data()[i]] = 1;
    }
    Tensor weight = Drawn.tensor(seed, entries, size);
    Tensor transposed = Tensor.zeros(size, entries);
    for (int i = 0; i < entries * size; i++) {
      weight.data()[i] = weight.data()[i] == 0 ? 1 : weight.data()[i];
      transposed.data()[i % size * entries + i / size] = weight.data()[i];
    }
    try (SequenceModel lookup = model(KernelSelection.best(), 1, entries, size, Embedding.NO_PADDING);
        SequenceModel product = SequenceModel.builder(entries).linear("l", size).build()) {
      lookup.parameter("e.weight").set(weight);
      product.parameter("l.weight").set(transposed);
      product.parameter("l.bias").set(Tensor.zeros(size));
      assertSameBits("y", product.predict(hot).data(), lookup.predict(tokens).data(), seed);
    }
  }

  private static float[] gradient(Kernels kernels, int threads, Tensor tokens, int[] lengths, int size, int padding) {
    try (SequenceModel model = model(kernels, threads, 7, size, padding);
        ModelPass pass = model.pass(StepPlan.of(tokens.size(1), lengths), Mode.TRAINING)) {
      pass.setInput(tokens);
      pass.forward(Noise.NONE);
      pass.packTarget(Drawn.tensor(5, lengths.length, tokens.size(1), size), pass.outputGradient());
      pass.backward();
      return model.parameter("e.weight").gradient().toArray();
    }
  }

  /** Repeated tokens: rows are added in an order that threads and kernels do not change. */
  @Property(tries = 60)
  final void gradientsAddInOneOrder(
      @ForAll @IntRange(min = 1, max = 40) int size, @ForAll @IntRange(min = 1, max = 4) int threads,
      @ForAll @IntRange(min = -1, max = 6) int padding, @ForAll long seed) {
    assertEquals(expectedKernels(), KernelSelection.best().name());
    Tensor tokens = tokens(seed, 5, 9, 7);
    int[] lengths = {3, 9, 1, 9, 7};
    float[] expected = gradient(SCALAR, 1, tokens, lengths, size, padding);
    assertSameBits(
        "gradient", expected, gradient(KernelSelection.best(), threads, tokens, lengths, size, padding), seed);
    // The same sum in double precision: at most 29 additions of numbers of at most 1, each partial sum below 29.
    double[] sums = new double[7 * size];
    Tensor dY = Drawn.tensor(5, 5, 9, size);
    for (int b = 0; b < 5; b++) {
      for (int t = 0; t < lengths[b]; t++) {
        int token = (int) tokens.data()[b * 9 + t];
        for (int u = 0; u < size && token != padding; u++) {
          sums[token * size + u] += dY.data()[(b * 9 + t) * size + u];
        }
      }
    }
    for (int i = 0; i < sums.length; i++) {
      assertEquals(sums[i], expected[i], 29 * 29 * 0x1p-24, "gradient " + i);
    }
  }

  @Example
  final void thePaddingEntryStartsAtZeroAndGetsNoGradient() {
    Tensor tokens = Tensor.of(new float[] {2, 1, 2, 2}, 1, 4, 1);
    float[] gradient = gradient(KernelSelection.best(), 1, tokens, new int[] {4}, 3, 2);
    assertArrayEquals(new float[3], Arrays.copyOfRange(gradient, 6, 9));
    assertTrue(gradient[3] != 0);
    try (SequenceModel model = model(KernelSelection.best(), 1, 7, 3, 2)) {
      assertArrayEquals(new float[3], Arrays.copyOfRange(model.parameter("e.weight").value().toArray(), 6, 9));
      assertArrayEquals(new float[3], Arrays.copyOf(model.predict(tokens).data(), 3));
    }
  }

  @Example
  final void aFrozenTableGetsNoGradient() {
    try (SequenceModel model = model(KernelSelection.best(), 2, 7, 3, -1);
        ModelPass pass = model.pass(StepPlan.of(2, 2), Mode.TRAINING)) {
      model.parameter("e.weight").trainable(false);
      pass.setInput(tokens(1, 2, 2, 7));
      pass.forward(Noise.NONE);
      pass.outputGradient().fill(1f);
      pass.backward();
      assertArrayEquals(new float[21], model.parameter("e.weight").gradient().toArray());
    }
  }

  /** Named by the caller's sequence, not by where sorting put it; what lies past a length is not looked at. */
  @Example
  final void tokensThatAreNoneAreNamedWithTheirPlace() {
    float[] bad = {-1, 7, 0.5f, Float.NaN, Float.POSITIVE_INFINITY, 3e9f, -3e9f};
    String[] named = {"-1", "7", "0.5", "NaN", "Infinity", "3.0E9", "-3.0E9"};
    for (int i = 0; i < bad.length; i++) {
      Tensor tokens = Tensor.zeros(3, 4, 1);
      tokens.data()[6] = bad[i];
      int[] lengths = {1, 3, 4};
      try (SequenceModel model = model(KernelSelection.best(), 1, 7, 3, -1)) {
        long before = Memory.liveBytes();
        Refusal.of(
            IllegalArgumentException.class, () -> model.predict(tokens, lengths),
            "e.weight: token " + named[i] + " of sequence 1, step 2", "0 to 6");
        assertEquals(before, Memory.liveBytes());
        tokens.data()[6] = 0;
        tokens.data()[7] = bad[i];
        model.predict(tokens, lengths);
      }
    }
  }

  @Example
  final void sizesAreChecked() {
    Class<IllegalArgumentException> type = IllegalArgumentException.class;
    Refusal.of(type, () -> model(SCALAR, 1, 0, 3, -1), "embedding e. of 0 entries of size 3");
    Refusal.of(type, () -> model(SCALAR, 1, 3, 0, -1), "of size 0");
    Refusal.of(type, () -> model(SCALAR, 1, (1 << 24) + 1, 1, -1), "of 16777217 entries");
    Refusal.of(type, () -> model(SCALAR, 1, 3, 3, 3), "padding index 3 of an embedding of 3 entries");
    Refusal.of(type, () -> model(SCALAR, 1, 3, 3, -2), "padding index -2");
    Refusal.of(
        type, () -> SequenceModel.builder(1).linear("l", 1).embedding("e", 3, 2), "embedding e stands above another");
  }
}
