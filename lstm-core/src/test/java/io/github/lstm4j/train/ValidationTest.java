package io.github.lstm4j.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.github.lstm4j.memory.Memory;
import io.github.lstm4j.model.SequenceModel;
import io.github.lstm4j.testing.ModelBits;
import io.github.lstm4j.testing.Refusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept, when training stops, and what lies in the checkpoint. */
final class ValidationTest {
  @TempDir private Path folder;

  /** A measure that gives these numbers, one after the other. */
  private static ToDoubleFunction<SequenceModel> script(double... losses) {
    int[] next = {0};
    return model -> losses[next[0]++];
  }

  @Test
  void theBestParametersAreKeptAndPatienceStops() throws IOException {
    Path checkpoint = folder.resolve("best.safetensors");
    try (SequenceModel model = Toy.model(1)) {
      List<Map<String, String>> seen = new ArrayList<>();
      TrainerOptions options =
          Toy.options().epochs(20).patience(3).checkpoint(checkpoint)
              .validateBy(script(3, 2, 1, 5, 1, 7, 0, 0, 0))
              .onEpoch(epoch -> seen.add(ModelBits.of(model)));
      History history = new Trainer(model, options).fit(Toy.source(2));
      assertEquals(6, history.epochs().size(), "epoch 3 and three without a lower loss; an equal one is none");
      assertEquals(3, history.bestEpoch());
      assertEquals(1.0, history.best().validationLoss());
      assertEquals(
          List.of(true, true, true, false, false, false), history.epochs().stream().map(EpochRecord::best).toList());
      assertEquals(seen.get(2), ModelBits.of(model));
      assertFalse(seen.get(2).equals(seen.get(5)));
      try (SequenceModel opened = SequenceModel.open(checkpoint)) {
        assertEquals(seen.get(2), ModelBits.of(opened), "the checkpoint is the best epoch's");
        Trainer.evaluate(opened, options.loss, Toy.source(1)); // packed weights are the restored ones
        assertEquals(
            Trainer.evaluate(opened, options.loss, Toy.source(1)),
            Trainer.evaluate(model, options.loss, Toy.source(1)));
      }
    }
  }

  @Test
  void validationIsTheLossOnItsSource() {
    try (SequenceModel model = Toy.model(2)) {
      TrainerOptions options = Toy.options().epochs(3).validation(Toy.source(3));
      List<Double> measured = new ArrayList<>();
      options.onEpoch(epoch -> measured.add(Trainer.evaluate(model, options.loss, Toy.source(3))));
      History history = new Trainer(model, options).fit(Toy.source(2));
      assertEquals(history.epochs().stream().map(EpochRecord::validationLoss).toList(), measured);
      double lowest = measured.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
      assertEquals(lowest, history.best().validationLoss());
      assertEquals(lowest, Trainer.evaluate(model, options.loss, Toy.source(3)));
    }
  }

  /** Evaluating between epochs is no part of the training: it changes no bit of it. */
  @Test
  void validationDoesNotDisturb() {
    List<Map<String, String>> seen = new ArrayList<>();
    for (boolean validate : new boolean[] {false, true}) {
      try (SequenceModel model = Toy.model(1)) {
        TrainerOptions options = Toy.options().epochs(3).onEpoch(epoch -> seen.add(ModelBits.of(model)));
        new Trainer(model, validate ? options.validation(Toy.source(2)) : options).fit(Toy.source(2));
      }
    }
    assertEquals(seen.subList(0, 3), seen.subList(3, 6));
  }

  /** Epochs of two updates, a validation after every three: what is counted are the validations. */
  @Test
  void validationsMayComeAfterUpdates() {
    try (SequenceModel model = Toy.model(1)) {
      TrainerOptions options = Toy.options().updates(8).validateEvery(3).validateBy(script(3, 1, 2));
      History history = new Trainer(model, options).fit(Toy.source(2));
      assertEquals(8, history.updates().size());
      assertEquals(List.of(3L, 6L, 8L), history.epochs().stream().map(EpochRecord::updates).toList());
      assertEquals(List.of(1, 2, 3), history.epochs().stream().map(EpochRecord::epoch).toList());
      assertEquals(6, history.best().updates());
      for (EpochRecord record : history.epochs()) {
        int from = record.epoch() == 1 ? 0 : (int) history.epochs().get(record.epoch() - 2).updates();
        List<UpdateRecord> part = history.updates().subList(from, (int) record.updates());
        double norm = part.stream().mapToDouble(UpdateRecord::gradientNorm).max().orElseThrow();
        assertEquals(norm, record.gradientNorm());
      }
    }
  }

  @Test
  void validationsAfterUpdatesDoNotDisturbAndPatienceCountsThem() {
    List<Map<String, String>> trained = new ArrayList<>();
    for (int every : new int[] {1, 3, 100}) {
      try (SequenceModel model = Toy.model(1)) {
        TrainerOptions options = Toy.options().updates(7).validateEvery(every);
        new Trainer(model, options).fit(Toy.source(2));
        trained.add(ModelBits.of(model));
      }
    }
    assertEquals(trained.getFirst(), trained.get(1));
    assertEquals(trained.getFirst(), trained.get(2));
    try (SequenceModel model = Toy.model(1)) {
      TrainerOptions options = Toy.options().updates(100).validateEvery(3).patience(2).validateBy(script(1, 2, 3, 4));
      assertEquals(9, new Trainer(model, options).fit(Toy.source(2)).updates().size());
      TrainerOptions stopped = Toy.options().updates(9).validateEvery(3).validateBy(script(1, Double.NaN));
      Refusal.of(
          TrainingException.class, () -> new Trainer(model, stopped).fit(Toy.source(2)),
          "after validation 2, update 6", "those of validation 1");
      Refusal.of(
          IllegalArgumentException.class, () -> Toy.options().validateEvery(0), "updates between validations is 0");
    }
  }

  @Test
  void withoutValidationTheCheckpointIsTheLatest() throws IOException {
    Path checkpoint = folder.resolve("latest.safetensors");
    try (SequenceModel model = Toy.model(1)) {
      new Trainer(model, Toy.options().epochs(2).checkpoint(checkpoint)).fit(Toy.source(2));
      try (SequenceModel opened = SequenceModel.open(checkpoint)) {
        assertEquals(ModelBits.of(model), ModelBits.of(opened));
      }
    }
  }

  @Test
  void aValidationLossThatIsNoNumberStops() throws IOException {
    Path checkpoint = folder.resolve("best.safetensors");
    long before = Memory.liveBytes();
    try (SequenceModel model = Toy.model(1)) {
      for (double loss : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
        TrainerOptions options = Toy.options().epochs(9).checkpoint(checkpoint).validateBy(script(2, 1, loss));
        TrainingException e =
            Refusal.of(
                TrainingException.class, () -> new Trainer(model, options).fit(Toy.source(2)),
                "after epoch 3", "validation loss is " + loss, checkpoint + " of epoch 2. A lower learning rate");
        assertEquals(6, e.update());
      }
      Refusal.of(
          TrainingException.class,
          () -> new Trainer(model, Toy.options().validateBy(script(Double.NaN))).fit(Toy.source(2)), "after epoch 1");
    }
    assertEquals(before, Memory.liveBytes());
  }

  @Test
  void aCheckpointThatCannotBeWrittenSaysSo() {
    try (SequenceModel model = Toy.model(1)) {
      Path nowhere = folder.resolve("no/such/folder.safetensors");
      Refusal.of(
          UncheckedIOException.class,
          () -> new Trainer(model, Toy.options().checkpoint(nowhere)).fit(Toy.source(1)), nowhere.toString());
      assertFalse(Files.exists(nowhere));
    }
  }
}
