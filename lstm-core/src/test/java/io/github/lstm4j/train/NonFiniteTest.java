package io.github.lstm4j.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.github.lstm4j.data.Batch;
import io.github.lstm4j.data.BatchSource;
import io.github.lstm4j.memory.Memory;
import io.github.lstm4j.memory.Tensor;
import io.github.lstm4j.model.SequenceModel;
import io.github.lstm4j.testing.ModelBits;
import io.github.lstm4j.testing.Refusal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers that are none stop the training before they get into a parameter. */
final class NonFiniteTest {
  @TempDir private Path folder;

  private static Batch with(float value, boolean inTarget) {
    Batch batch = Toy.batch(3, 3, 6);
    Tensor spoilt = inTarget ? batch.target() : batch.input();
    spoilt.data()[7] = value;
    return batch;
  }

  private static Map<String, String> after(int updates, List<Batch> batches) {
    try (SequenceModel model = Toy.model(1)) {
      new Trainer(model, Toy.options().updates(updates)).fit(BatchSource.of(batches));
      return ModelBits.of(model);
    }
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void stopBeforeTheUpdate(float value) {
    for (boolean inTarget : new boolean[] {false, true}) {
      if (!inTarget && Float.isInfinite(value)) {
        continue; // an infinite input saturates the gates; see below
      }
      List<Batch> batches = List.of(Toy.batch(1, 3, 6), Toy.batch(2, 3, 6), with(value, inTarget));
      long before = Memory.liveBytes();
      try (SequenceModel model = Toy.model(2)) {
        TrainingException e =
            Refusal.of(
                TrainingException.class,
                () -> new Trainer(model, Toy.options().clipping(new Clipping.ByValue(1))).fit(BatchSource.of(batches)),
                "update 2", "the loss is", "the gradient of rnn.weight_ih_l0 is not finite", "before this update");
        assertEquals(2, e.update());
        assertFalse(String.valueOf(e.getMessage()).contains("checkpoint"));
      }
      assertEquals(before, Memory.liveBytes());
    }
  }

  @Test
  void theParametersAreThoseBefore() {
    List<Batch> batches = List.of(Toy.batch(1, 3, 6), Toy.batch(2, 3, 6), with(Float.NaN, false));
    try (SequenceModel model = Toy.model(1)) {
      Refusal.of(
          TrainingException.class, () -> new Trainer(model, Toy.options()).fit(BatchSource.of(batches)), "update 2");
      assertEquals(after(2, batches), ModelBits.of(model));
      // And the model is as good as any: the same batches without the bad one train on.
      new Trainer(model, Toy.options()).fit(BatchSource.of(batches.subList(0, 2)));
      assertFalse(ModelBits.of(model).toString().contains(String.valueOf(Float.floatToIntBits(Float.NaN))));
    }
  }

  @Test
  void anInfiniteInputThatSpoilsTheGradientAloneStops() {
    try (SequenceModel model = Toy.model(1)) {
      BatchSource source = BatchSource.of(List.of(with(Float.POSITIVE_INFINITY, false)));
      Map<String, String> old = ModelBits.of(model);
      Refusal.of(
          TrainingException.class, () -> new Trainer(model, Toy.options()).fit(source),
          "update 0", "rnn.weight_ih_l0 is not finite");
      assertEquals(old, ModelBits.of(model));
    }
  }

  @Test
  void theLastCheckpointIsNamed() {
    Path checkpoint = folder.resolve("m.safetensors");
    BatchSource source =
        epoch -> List.of(Toy.batch(1, 3, 6), epoch < 2 ? Toy.batch(2, 3, 6) : with(Float.NaN, true)).iterator();
    try (SequenceModel model = Toy.model(1)) {
      Refusal.of(
          TrainingException.class,
          () -> new Trainer(model, Toy.options().epochs(5).checkpoint(checkpoint)).fit(source),
          "update 5", checkpoint + " of epoch 2");
    }
  }
}
