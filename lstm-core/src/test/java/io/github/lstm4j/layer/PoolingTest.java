package io.github.lstm4j.layer;

import static io.github.lstm4j.layer.CaseRun.assertSameBits;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lstm4j.memory.Matrix;
import io.github.lstm4j.memory.Memory;
import io.github.lstm4j.memory.Tensor;
import io.github.lstm4j.model.SequenceModel;
import io.github.lstm4j.testing.Drawn;
import io.github.lstm4j.testing.Refusal;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Last step, mean and maximum over each sequence's own steps, and a dropout layer: forward and backward. */
class PoolingTest {
  private static final int UNITS = 3;

  /** Unsorted on purpose: what comes out stands in the caller's order. */
  private static final int[] LENGTHS = {2, 5, 1, 5, 4};

  private record Run(Tensor output, Tensor dX) {
    float[] y() {
      return output.data();
    }
  }

  private static Run run(Layer layer, Tensor x, Tensor dY, Noise noise) {
    StepPlan plan = StepPlan.of(x.size(1), LENGTHS);
    try (Memory memory = Memory.unlimited("test")) {
      Matrix input = memory.matrix(plan.rows(), UNITS);
      Matrix dInput = memory.matrix(plan.rows(), UNITS);
      dInput.fill(Float.NaN); // must be overwritten, never read
      SequenceRows.pack(x, true, plan, input);
      LayerPass pass = layer.pass(plan, input, dInput, Mode.TRAINING, memory);
      pass.forward(noise);
      Tensor y = SequenceRows.unpack(pass.output(), true, pass.plan());
      SequenceRows.pack(dY, true, pass.plan(), Objects.requireNonNull(pass.outputGradient()));
      pass.backward();
      return new Run(y, SequenceRows.unpack(dInput, true, plan));
    }
  }

  private static float at(Tensor tensor, int b, int t, int u) {
    return tensor.data()[(b * tensor.size(1) + t) * UNITS + u];
  }

  @Test
  void eachSequenceIsPooledOverItsOwnSteps() {
    Tensor x = Drawn.tensor(3, LENGTHS.length, 5, UNITS);
    Tensor dY = Drawn.tensor(4, LENGTHS.length, 1, UNITS);
    Run last = run(new LastStep(UNITS), x, dY, Noise.NONE);
    Run mean = run(new PoolOverTime(PoolOverTime.Kind.MEAN, UNITS), x, dY, Noise.NONE);
    Run max = run(new PoolOverTime(PoolOverTime.Kind.MAX, UNITS), x, dY, Noise.NONE);
    for (int b = 0; b < LENGTHS.length; b++) {
      for (int u = 0; u < UNITS; u++) {
        float sum = 0;
        int largest = 0;
        for (int t = 0; t < LENGTHS[b]; t++) {
          sum += at(x, b, t, u);
          largest = at(x, b, t, u) > at(x, b, largest, u) ? t : largest;
        }
        float d = dY.data()[b * UNITS + u];
        assertEquals(at(x, b, LENGTHS[b] - 1, u), last.y()[b * UNITS + u]);
        assertEquals(sum / LENGTHS[b], mean.y()[b * UNITS + u]);
        assertEquals(at(x, b, largest, u), max.y()[b * UNITS + u]);
        for (int t = 0; t < 5; t++) {
          assertEquals(t == LENGTHS[b] - 1 ? d : 0, at(last.dX, b, t, u));
          assertEquals(t < LENGTHS[b] ? d / LENGTHS[b] : 0, at(mean.dX, b, t, u));
          assertEquals(t == largest ? d : 0, at(max.dX, b, t, u));
        }
      }
    }
  }

  /** Sequence 1 over its five steps, as PyTorch's max along a dimension decides. */
  @Test
  void theFirstOfEqualsWinsAndNaNBeforeAll() {
    float nan = Float.NaN;
    float low = Float.NEGATIVE_INFINITY;
    float[][] columns = {{1, 3, 3, 2, 3}, {1, nan, 9, nan, 2}, {low, low, low, low, low}};
    int[] winner = {1, 1, 0};
    Tensor x = Tensor.zeros(LENGTHS.length, 5, UNITS);
    for (int u = 0; u < UNITS; u++) {
      for (int t = 0; t < 5; t++) {
        x.data()[(5 + t) * UNITS + u] = columns[u][t];
      }
    }
    Tensor dY = Drawn.tensor(4, LENGTHS.length, 1, UNITS);
    Run max = run(new PoolOverTime(PoolOverTime.Kind.MAX, UNITS), x, dY, Noise.NONE);
    for (int u = 0; u < UNITS; u++) {
      assertEquals(columns[u][winner[u]], max.y()[UNITS + u]);
      for (int t = 0; t < 5; t++) {
        assertEquals(t == winner[u] ? dY.data()[UNITS + u] : 0, at(max.dX, 1, t, u), "unit " + u + ", step " + t);
      }
    }
    Run mean = run(new PoolOverTime(PoolOverTime.Kind.MEAN, UNITS), x, dY, Noise.NONE);
    assertTrue(Float.isNaN(mean.y()[UNITS + 1]));
  }

  @Test
  void dropoutHasOneMaskForBothWaysAndAnotherForEachKeyAndName() {
    Tensor ones = Tensor.zeros(LENGTHS.length, 5, UNITS);
    Arrays.fill(ones.data(), 1);
    Run run = run(new Dropout("a", UNITS, 0.5f), ones, ones, new Noise(1, 2));
    assertSameBits("mask", run.y(), run.dX.data(), "forward and backward");
    assertSameBits("mask", run.y(), run(new Dropout("a", UNITS, 0.5f), ones, ones, new Noise(1, 2)).y(), "same key");
    assertFalse(Arrays.equals(run.y(), run(new Dropout("a", UNITS, 0.5f), ones, ones, new Noise(1, 3)).y()));
    assertFalse(Arrays.equals(run.y(), run(new Dropout("a", UNITS, 0.5f), ones, ones, new Noise(2, 2)).y()));
    assertFalse(Arrays.equals(run.y(), run(new Dropout("b", UNITS, 0.5f), ones, ones, new Noise(1, 2)).y()));
    Tensor x = Drawn.tensor(3, LENGTHS.length, 5, UNITS);
    Run none = run(new Dropout("a", UNITS, 0), x, x, Noise.NONE);
    assertSameBits("rate 0", none.y(), none.dX.data(), "there and back");
  }

  @Test
  void aModelWithDropoutServesAsIfItHadNone() {
    try (SequenceModel with = SequenceModel.builder(3).dropout("d", 0.9f).linear("l", 2).dropout("e", 1).build();
        SequenceModel without = SequenceModel.builder(3).linear("l", 2).build()) {
      Tensor x = Drawn.tensor(1, 4, 5, 3);
      assertSameBits("y", without.predict(x).data(), with.predict(x).data(), "inference");
    }
    for (float rate : new float[] {-0.1f, 1.1f, Float.NaN}) {
      Refusal.of(
          IllegalArgumentException.class, () -> SequenceModel.builder(3).dropout("d", rate), "dropout is " + rate);
    }
  }

  /** A pooling has no name, so it can't clash with a layer whose name is empty. */
  @Test
  void poolingStandsAboveALayerWithoutAName() {
    try (SequenceModel model = SequenceModel.builder(3).gru("", 4, o -> o).maxOverTime().linear("head", 2).build()) {
      assertEquals("[2, 2]", model.predict(Drawn.tensor(1, 2, 5, 3)).shapeText());
    }
    Refusal.of(
        IllegalArgumentException.class, () -> SequenceModel.builder(3).meanOverTime().gru("rnn", 4, o -> o),
        "rnn stands above a pooling over time");
  }

  @Test
  void aStreamCanNotBePooled() {
    try (SequenceModel mean = SequenceModel.builder(3).gru("rnn", 4, o -> o).meanOverTime().build();
        SequenceModel last = SequenceModel.builder(3).gru("rnn", 4, o -> o).lastStep().build()) {
      Refusal.of(IllegalStateException.class, () -> mean.session(1), "over time", "whole sequences");
      last.session(1).close();
    }
  }
}
