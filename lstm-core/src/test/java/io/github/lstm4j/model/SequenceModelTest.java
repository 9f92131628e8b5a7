package io.github.lstm4j.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lstm4j.layer.CellKind;
import io.github.lstm4j.layer.Parameter;
import io.github.lstm4j.layer.RecurrentOptions;
import io.github.lstm4j.memory.Memory;
import io.github.lstm4j.memory.MemoryLimitException;
import io.github.lstm4j.memory.Tensor;
import io.github.lstm4j.testing.Drawn;
import io.github.lstm4j.testing.ModelBits;
import io.github.lstm4j.testing.Refusal;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Models: how they are built, what they say about themselves, and whole-sequence predictions. */
final class SequenceModelTest {
  private final long before = Memory.liveBytes();

  @AfterEach
  void nothingLeaks() {
    assertEquals(before, Memory.liveBytes());
  }

  private static SequenceModel two() {
    return SequenceModel.builder(10).lstm("rnn", 20, o -> o.withLayers(2).withDropout(0.2f)).seed(3).build();
  }

  @Test
  void aBuilderSaysWhatIsWrong() {
    Class<IllegalArgumentException> type = IllegalArgumentException.class;
    Refusal.of(type, () -> SequenceModel.builder(0), "input size is 0");
    Refusal.of(type, () -> SequenceModel.builder(2).build(), "no layers");
    Refusal.of(type, () -> SequenceModel.builder(2).lstm("a", 3, o -> o).lstm("a", 4, o -> o), "two layers", "\"a\"");
    Refusal.of(type, () -> SequenceModel.builder(2).lstm("a", 3, o -> o).linear("a", 1), "two layers", "\"a\"");
    Refusal.of(type, () -> SequenceModel.builder(2).lstm("", 3, o -> o).linear("", 1), "two layers");
    Refusal.of(type, () -> SequenceModel.builder(2).linear("a", 0).build(), "a.", "0 features");
    Refusal.of(type, () -> SequenceModel.builder(2).lstm("a", 0, o -> o), "hidden_size is 0");
    Refusal.of(type, () -> SequenceModel.builder(2).linear("x", 1).threads(0).build(), "threads is 0");
    Refusal.of(
        type, () -> SequenceModel.builder(2).recurrent("a", size -> RecurrentOptions.of(CellKind.LSTM, 5, 3)),
        "layer a takes 5 features", "gives 2");
    Refusal.of(type, () -> SequenceModel.builder(2).lastStep().lstm("a", 3, o -> o), "a stands above a pooling");
  }

  @Test
  void parametersStandInOrderUnderTheirNames() {
    try (SequenceModel model =
        SequenceModel.builder(3)
            .lstm("enc", 4, o -> o.withBidirectional(true).withProjSize(2))
            .lstm("dec", 5, o -> o.withBias(false).withLayers(2))
            .linear("head", 1)
            .build()) {
      assertEquals(
          List.of(
              "enc.weight_ih_l0[16, 3]", "enc.weight_hh_l0[16, 2]", "enc.bias_ih_l0[16]", "enc.bias_hh_l0[16]",
              "enc.weight_hr_l0[2, 4]", "enc.weight_ih_l0_reverse[16, 3]", "enc.weight_hh_l0_reverse[16, 2]",
              "enc.bias_ih_l0_reverse[16]", "enc.bias_hh_l0_reverse[16]", "enc.weight_hr_l0_reverse[2, 4]",
              "dec.weight_ih_l0[20, 4]", "dec.weight_hh_l0[20, 5]", "dec.weight_ih_l1[20, 5]",
              "dec.weight_hh_l1[20, 5]", "head.weight[1, 5]", "head.bias[1]"),
          model.parameters().stream().map(Parameter::toString).toList());
      Refusal.of(IllegalArgumentException.class, () -> model.parameter("head.weigth"), "head.weigth", "head.weight");
    }
  }

  @Test
  void aSummaryCountsAndLinesUp() {
    try (SequenceModel model = two()) {
      model.setTrainable("rnn.bias_hh_l1", false);
      String[] lines = model.summary().split("\n", -1);
      assertEquals(
          "layer                                         output shape        parameter     shape     elements  bytes  "
              + "trainable",
          lines[0]);
      assertEquals(
          "rnn: LSTM(10, 20, num_layers=2, dropout=0.2)  [batch, steps, 20]  weight_ih_l0  (80, 10)       800  3,200  "
              + "yes",
          lines[2]);
      assertTrue(lines[3].stripLeading().startsWith("weight_hh_l0  (80, 20)     1,600  6,400  yes"), lines[3]);
      assertTrue(lines[9].stripLeading().startsWith("bias_hh_l1    (80)            80    320  no"), lines[9]);
      assertEquals("parameters: 5,920, trainable 5,840, frozen 80; 23,680 bytes", lines[11]);
      int column = lines[0].indexOf("trainable");
      for (String line : Arrays.copyOfRange(lines, 2, 10)) {
        assertTrue(line.startsWith("yes", column) || line.startsWith("no", column), line);
      }
    }
  }

  @Test
  void aSummaryShowsPooling() {
    try (SequenceModel model = SequenceModel.builder(2).lstm("rnn", 3, o -> o).lastStep().linear("", 4).build()) {
      String text = model.summary();
      assertTrue(text.contains("LastStep         [batch, 3]\n"), text);
      assertTrue(text.contains("Linear(3, 4)     [batch, 4]         weight"), text);
    }
  }

  @Test
  void parametersFreezeByPrefix() {
    try (SequenceModel model = SequenceModel.builder(2).lstm("rnn", 3, o -> o).linear("head", 1).build()) {
      model.setTrainable("rnn.", false);
      model.parameters().forEach(p -> assertEquals(p.name().startsWith("head."), p.trainable(), p.name()));
      model.setTrainable("", true);
      model.parameters().forEach(p -> assertTrue(p.trainable(), p.name()));
      Refusal.of(
          IllegalArgumentException.class, () -> model.setTrainable("tail.", false), "\"tail.\"", "head.weight");
    }
  }

  @Test
  void firstValuesDependOnSeedAndNameAlone() {
    try (SequenceModel small = SequenceModel.builder(2).lstm("rnn", 3, o -> o).seed(7).build();
        SequenceModel large = SequenceModel.builder(2).lstm("rnn", 3, o -> o).linear("x", 9).seed(7).build();
        SequenceModel other = SequenceModel.builder(2).lstm("rnn", 3, o -> o).seed(8).build()) {
      String name = "rnn.weight_hh_l0";
      assertEquals(ModelBits.of(small).get(name), ModelBits.of(large).get(name));
      assertFalse(ModelBits.of(small).equals(ModelBits.of(other)));
    }
  }

  @Test
  void predictionsHaveTheirShapes() {
    try (SequenceModel every = SequenceModel.builder(2).lstm("rnn", 3, o -> o).linear("head", 4).seed(1).build();
        SequenceModel last =
            SequenceModel.builder(2).lstm("rnn", 3, o -> o).lastStep().linear("head", 4).seed(1).build()) {
      Tensor x = Drawn.tensor(5, 3, 6, 2);
      int[] lengths = {2, 6, 1};
      Tensor y = every.predict(x, lengths);
      Tensor pooled = last.predict(x, lengths);
      assertEquals("[3, 6, 4]", y.shapeText());
      assertEquals("[3, 4]", pooled.shapeText());
      for (int b = 0; b < 3; b++) {
        Tensor alone = Tensor.of(Arrays.copyOfRange(x.data(), b * 12, b * 12 + lengths[b] * 2), 1, lengths[b], 2);
        float[] expected = every.predict(alone).data();
        for (int i = 0; i < 6 * 4; i++) {
          float one = i < expected.length ? expected[i] : 0;
          assertEquals(Float.floatToIntBits(one), Float.floatToIntBits(y.data()[b * 24 + i]), "sequence " + b);
        }
        ModelBits.assertSame(
            Tensor.of(Arrays.copyOfRange(expected, expected.length - 4, expected.length), 4),
            Tensor.of(Arrays.copyOfRange(pooled.data(), b * 4, b * 4 + 4), 4), "the last step of sequence " + b);
      }
    }
  }

  @Test
  void predictSaysWhatIsWrong() {
    Class<IllegalArgumentException> type = IllegalArgumentException.class;
    try (SequenceModel model = two()) {
      Refusal.of(type, () -> model.predict(Tensor.zeros(2, 3)), "x has shape [2, 3]", "[batch, steps, 10]");
      Refusal.of(type, () -> model.predict(Tensor.zeros(2, 3, 9)), "x has shape [2, 3, 9]", "[batch, steps, 10]");
      Refusal.of(type, () -> model.predict(Tensor.zeros(0, 3, 10)), "batch 0");
      Refusal.of(type, () -> model.predict(Tensor.zeros(2, 0, 10)), "0 steps");
      Tensor x = Tensor.zeros(2, 3, 10);
      Refusal.of(type, () -> model.predict(x, new int[] {3}), "1 lengths", "batch of 2");
      Refusal.of(type, () -> model.predict(x, new int[] {3, 0}), "lengths[1] is 0");
      Refusal.of(type, () -> model.predict(x, new int[] {4, 1}), "lengths[0] is 4");
    }
  }

  @Test
  void aPassBeyondTheLimitLeavesNothing() {
    try (SequenceModel model = SequenceModel.builder(4).lstm("rnn", 8, o -> o).memoryLimit(20_000).build()) {
      model.predict(Tensor.zeros(1, 4, 4)); // packs the weights
      long after = Memory.liveBytes();
      Refusal.of(MemoryLimitException.class, () -> model.predict(Tensor.zeros(8, 64, 4)), "20000 bytes", "a pass");
      assertEquals(after, Memory.liveBytes());
      Refusal.of(MemoryLimitException.class, () -> model.session(1_000), "20000 bytes");
      assertEquals(after, Memory.liveBytes());
      model.predict(Tensor.zeros(1, 4, 4));
    }
  }

  @Test
  void threadsDoNotChangeABit() {
    Tensor x = Drawn.tensor(9, 7, 11, 10);
    int[] lengths = {11, 3, 7, 7, 1, 10, 2};
    Tensor first = null;
    for (int threads = 1; threads <= 4; threads++) {
      try (SequenceModel model =
          SequenceModel.builder(10)
              .lstm("rnn", 19, o -> o.withLayers(2).withBidirectional(true))
              .linear("head", 5)
              .seed(3)
              .threads(threads)
              .build()) {
        Tensor y = model.predict(x, lengths);
        if (first != null) {
          ModelBits.assertSame(first, y, threads + " threads");
        }
        first = y;
      }
    }
  }

  @Test
  void aClosedModelRefusesToServe() {
    SequenceModel model = two();
    Session session = model.session(1);
    model.close();
    model.close();
    Refusal.of(IllegalStateException.class, () -> model.predict(Tensor.zeros(1, 2, 10)), "closed");
    Refusal.of(IllegalStateException.class, () -> session.step(new float[10], new float[20]), "closed");
    session.close();
  }

  @Test
  void stepsFirstIsRefused() {
    Refusal.of(
        IllegalArgumentException.class,
        () -> SequenceModel.builder(1).lstm("rnn", 3, options -> options.withBatchFirst(false)), "rnn", "batch_first");
  }

  @Test
  void unnamedLayersThatPoolDoNotClash() {
    try (SequenceModel model = SequenceModel.builder(1).lstm("", 3).meanOverTime().build()) {
      assertEquals(3, model.outputSize());
    }
  }
}
