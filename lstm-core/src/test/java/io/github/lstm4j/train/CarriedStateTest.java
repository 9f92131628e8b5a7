package io.github.lstm4j.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.github.lstm4j.data.Batch;
import io.github.lstm4j.data.BatchSource;
import io.github.lstm4j.layer.Mode;
import io.github.lstm4j.layer.Noise;
import io.github.lstm4j.layer.StepPlan;
import io.github.lstm4j.loss.MeanSquaredError;
import io.github.lstm4j.memory.Memory;
import io.github.lstm4j.memory.Tensor;
import io.github.lstm4j.model.ModelPass;
import io.github.lstm4j.model.SequenceModel;
import io.github.lstm4j.testing.Drawn;
import io.github.lstm4j.testing.ModelBits;
import io.github.lstm4j.testing.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Truncated back-propagation through time: the state goes on from batch to batch, the gradient does not. */
final class CarriedStateTest {
  private static final int BATCH = 3;

  private final long before = Memory.liveBytes();

  @AfterEach
  void nothingLeaks() {
    assertEquals(before, Memory.liveBytes());
  }

  private static SequenceModel model() {
    return SequenceModel.builder(2).lstm("a", 4, o -> o.withLayers(2).withProjSize(3)).lstm("b", 3, o -> o)
        .linear("head", 1).seed(6).threads(2).build();
  }

  /** Steps [from, to) of [batch, steps, features]. */
  private static Tensor steps(Tensor x, int from, int to) {
    int features = x.size(2);
    Tensor part = Tensor.zeros(x.size(0), to - from, features);
    for (int b = 0; b < x.size(0); b++) {
      System.arraycopy(
          x.data(), (b * x.size(1) + from) * features, part.data(), b * (to - from) * features, (to - from) * features);
    }
    return part;
  }

  /** A long sequence in parts that continue each other. */
  private static List<Batch> parts(Tensor x, Tensor target, int... bounds) {
    List<Batch> parts = new ArrayList<>();
    int from = 0;
    for (int to : bounds) {
      Batch part = Batch.of(steps(x, from, to), steps(target, from, to));
      parts.add(from > 0 ? part.continuing() : part);
      from = to;
    }
    return parts;
  }

  @Test
  void theOutputsAreThoseOfTheUninterruptedSequence() {
    Tensor x = Drawn.tensor(1, BATCH, 14, 2);
    Tensor target = Drawn.tensor(2, BATCH, 14, 1);
    for (Mode mode : Mode.values()) {
      try (SequenceModel model = model();
          PassCache cache = new PassCache(model, mode)) {
        Tensor whole = model.predict(x);
        for (int epoch = 0; epoch < 2; epoch++) { // the second starts afresh
          int at = 0;
          for (Batch part : parts(x, target, 4, 8, 9, 10, 14)) { // the same and other numbers of steps
            ModelPass pass = cache.load(part);
            pass.forward(Noise.NONE);
            int steps = part.input().size(1);
            ModelBits.assertSame(steps(whole, at, at + steps), pass.output(), mode + ", part from step " + at);
            at += steps;
          }
        }
      }
    }
  }

  @Test
  void statesGoOnFromEachSequencesOwnEnd() {
    Tensor x = Drawn.tensor(1, BATCH, 5, 2);
    int[] lengths = {2, 5, 3};
    Tensor next = Drawn.tensor(3, BATCH, 4, 2);
    try (SequenceModel model = model();
        PassCache cache = new PassCache(model, Mode.INFERENCE)) {
      cache.load(Batch.of(x, Tensor.zeros(BATCH, 5, 1)).withLengths(lengths)).forward(Noise.NONE);
      ModelPass pass = cache.load(Batch.of(next, Tensor.zeros(BATCH, 4, 1)).continuing());
      pass.forward(Noise.NONE);
      Tensor y = pass.output();
      for (int b = 0; b < BATCH; b++) {
        Tensor joined = Tensor.zeros(1, lengths[b] + 4, 2);
        System.arraycopy(x.data(), b * 10, joined.data(), 0, lengths[b] * 2);
        System.arraycopy(next.data(), b * 8, joined.data(), lengths[b] * 2, 8);
        Tensor alone = steps(model.predict(joined), lengths[b], lengths[b] + 4);
        ModelBits.assertSame(alone, steps(y, b), "sequence " + b);
      }
    }
  }

  private static Tensor steps(Tensor y, int sequence) {
    float[] part = new float[4];
    System.arraycopy(y.data(), sequence * 4, part, 0, 4);
    return Tensor.of(part, 1, 4, 1);
  }

  private static void backward(SequenceModel model, ModelPass pass, Tensor target) {
    try (Memory memory = Memory.unlimited("targets")) {
      var rows = memory.matrix(pass.outputRows().rows(), 1);
      pass.packTarget(target, rows);
      new MeanSquaredError().evaluate(model.execution(), pass.outputRows(), rows, pass.outputGradient(), 1);
    }
    pass.backward();
  }

  @Test
  void theGradientIsCut() {
    Tensor x = Drawn.tensor(1, BATCH, 9, 2);
    Tensor target = Drawn.tensor(2, BATCH, 9, 1);
    List<Batch> parts = parts(x, target, 4, 9);
    try (SequenceModel model = model()) {
      Map<String, String> carried;
      try (PassCache cache = new PassCache(model, Mode.TRAINING)) {
        cache.load(parts.get(0)).forward(Noise.NONE);
        ModelPass pass = cache.load(parts.get(1));
        pass.forward(Noise.NONE);
        backward(model, pass, parts.get(1).target());
        carried = ModelBits.ofGradients(model);
      }
      // By hand: the second part alone, from the first one's final states as plain numbers.
      model.zeroGradients();
      try (ModelPass first = model.pass(StepPlan.of(BATCH, 4), Mode.INFERENCE);
          ModelPass second = model.pass(StepPlan.of(BATCH, 5), Mode.TRAINING)) {
        first.setInput(parts.get(0).input());
        first.forward(Noise.NONE);
        for (int layer = 0; layer < 2; layer++) {
          second.states(layer).setInitial(first.states(layer).finalHidden(), first.states(layer).finalCell());
        }
        second.setInput(parts.get(1).input());
        second.forward(Noise.NONE);
        backward(model, second, parts.get(1).target());
        assertEquals(ModelBits.ofGradients(model), carried);
      }
      // Without the cut the gradient is another one: it reaches back into the first part.
      model.zeroGradients();
      try (ModelPass whole = model.pass(StepPlan.of(BATCH, 9), Mode.TRAINING)) {
        whole.setInput(x);
        whole.forward(Noise.NONE);
        whole.outputGradient().fill(0f);
        try (ModelPass shape = model.pass(StepPlan.of(BATCH, 5), Mode.INFERENCE);
            Memory memory = Memory.unlimited("targets")) {
          var rows = memory.matrix(BATCH * 5, 1);
          shape.packTarget(parts.get(1).target(), rows);
          var outputs = whole.outputRows().rows(BATCH * 4, BATCH * 5); // rows are time-major: the last five steps
          var gradient = whole.outputGradient().rows(BATCH * 4, BATCH * 5);
          new MeanSquaredError().evaluate(model.execution(), outputs, rows, gradient, 1);
        }
        whole.backward();
        assertFalse(ModelBits.ofGradients(model).equals(carried));
        assertEquals(ModelBits.ofGradients(model).get("head.weight"), carried.get("head.weight"), "no time in it");
      }
    }
  }

  @Test
  void anotherBatchSizeCannotContinue() {
    try (SequenceModel model = Toy.model(1)) {
      BatchSource source = BatchSource.of(List.of(Toy.batch(1, 3, 4), Toy.continuing(2, 2, 4)));
      Refusal.of(
          IllegalArgumentException.class, () -> new Trainer(model, Toy.options()).fit(source),
          "a batch of 2 sequences continues one of 3");
    }
  }

  @Test
  void whatContinuesNothingStartsAfresh() {
    try (SequenceModel one = Toy.model(1);
        SequenceModel other = Toy.model(1)) {
      new Trainer(one, Toy.options()).fit(BatchSource.of(List.of(Toy.batch(1, 3, 4))));
      new Trainer(other, Toy.options()).fit(BatchSource.of(List.of(Toy.continuing(1, 3, 4))));
      assertEquals(ModelBits.of(one), ModelBits.of(other));
    }
  }
}
