package io.github.lstm4j.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lstm4j.data.Batch;
import io.github.lstm4j.data.BatchSource;
import io.github.lstm4j.memory.Memory;
import io.github.lstm4j.memory.Tensor;
import io.github.lstm4j.model.SequenceModel;
import io.github.lstm4j.testing.Drawn;
import io.github.lstm4j.testing.ModelBits;
import io.github.lstm4j.testing.Refusal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Training: determinism, length, what is recorded, what is refused. */
final class TrainerTest {
  private final long before = Memory.liveBytes();

  @AfterEach
  void nothingLeaks() {
    assertEquals(before, Memory.liveBytes());
  }

  private static Map<String, String> trained(int threads, TrainerOptions options, BatchSource source) {
    try (SequenceModel model = Toy.model(threads)) {
      new Trainer(model, options).fit(source);
      return ModelBits.of(model);
    }
  }

  @Test
  void oneSeedGivesTheSameBits() {
    BatchSource source =
        BatchSource.of(
            List.of(
                Toy.batch(1, 5, 6),
                Batch.of(Drawn.tensor(2, 4, 7, 2), Drawn.tensor(3, 4, 7, 1)).withLengths(3, 7, 1, 5),
                Toy.continuing(4, 4, 3),
                Toy.batch(5, 1, 9)));
    TrainerOptions options =
        Toy.options().clipping(new Clipping.ByNorm(0.5)).accumulate(2).epochs(3)
            .schedule(Schedule.cosine(1e-2, 0.1)).validation(Toy.source(2));
    Map<String, String> first = trained(1, options, source);
    for (int threads = 1; threads <= 4; threads++) {
      assertEquals(first, trained(threads, options, source), threads + " threads");
    }
    assertFalse(first.equals(trained(1, options.seed(10), source)), "another seed draws other masks");
  }

  @Test
  void updatesEndInTheMiddleOfAnEpoch() {
    try (SequenceModel model = Toy.model(1)) {
      List<EpochRecord> told = new ArrayList<>();
      List<UpdateRecord> heard = new ArrayList<>();
      History history =
          new Trainer(model, Toy.options().updates(7).onEpoch(told::add).onUpdate(heard::add)).fit(Toy.source(3));
      assertEquals(7, history.updates().size());
      assertEquals(List.of(3L, 6L, 7L), history.epochs().stream().map(EpochRecord::updates).toList());
      assertEquals(List.of(1, 2, 3), history.epochs().stream().map(EpochRecord::epoch).toList());
      assertEquals(history.epochs(), told);
      assertEquals(history.updates(), heard);
      assertEquals(3, history.bestEpoch());
      assertEquals(history.epochs().getLast(), history.best());
      for (int u = 0; u < 7; u++) {
        assertEquals(u, history.updates().get(u).update());
      }
    }
  }

  @Test
  void recordsSumUpTheirUpdates() {
    try (SequenceModel model = Toy.model(1)) {
      BatchSource source = Toy.source(2); // batches of 3 and 4 sequences: means are weighted
      History history = new Trainer(model, Toy.options().epochs(2)).fit(source);
      assertEquals(4, history.updates().size());
      for (EpochRecord epoch : history.epochs()) {
        UpdateRecord a = history.updates().get(2 * epoch.epoch() - 2);
        UpdateRecord b = history.updates().get(2 * epoch.epoch() - 1);
        double mean = (3 * a.loss() + 4 * b.loss()) / 7;
        assertEquals(mean, epoch.trainingLoss(), 8 * Math.ulp(mean)); // the same sum in another order
        assertEquals(Math.max(a.gradientNorm(), b.gradientNorm()), epoch.gradientNorm());
        assertTrue(epoch.gradientNorm() > 0);
        assertEquals(Double.NaN, epoch.validationLoss());
        assertEquals(1e-2, epoch.rate());
        assertTrue(epoch.best());
      }
    }
  }

  @Test
  void theRateFollowsTheSchedule() {
    Schedule progress = (update, done) -> 1e-3 + done;
    try (SequenceModel model = Toy.model(1)) {
      History history = new Trainer(model, Toy.options().schedule(progress).updates(8)).fit(Toy.source(2));
      assertEquals(
          List.of(1e-3 + 1 / 8.0, 1e-3 + 3 / 8.0, 1e-3 + 5 / 8.0, 1e-3 + 7 / 8.0),
          history.epochs().stream().map(EpochRecord::rate).toList());
      // By epochs: the first one's length is not known before its end.
      History byEpochs = new Trainer(model, Toy.options().schedule(progress).epochs(4)).fit(Toy.source(2));
      assertEquals(
          List.of(1e-3, 1e-3 + 3 / 8.0, 1e-3 + 5 / 8.0, 1e-3 + 7 / 8.0),
          byEpochs.epochs().stream().map(EpochRecord::rate).toList());
    }
  }

  @Test
  void aRateThatIsNoneIsRefusedBeforeItSpoilsAnything() {
    try (SequenceModel model = Toy.model(1)) {
      Map<String, String> old = ModelBits.of(model);
      for (double rate : new double[] {Double.NaN, -1, Double.POSITIVE_INFINITY}) {
        Trainer trainer = new Trainer(model, Toy.options().schedule((update, done) -> rate));
        Refusal.of(
            IllegalArgumentException.class, () -> trainer.fit(Toy.source(1)), "learning rate of " + rate, "update 0");
      }
      assertEquals(old, ModelBits.of(model));
    }
  }

  @Test
  void frozenParametersStay() {
    try (SequenceModel model = Toy.model(1)) {
      Map<String, String> old = ModelBits.of(model);
      model.setTrainable("rnn.", false);
      History history = new Trainer(model, Toy.options().epochs(2)).fit(Toy.source(2));
      Map<String, String> now = ModelBits.of(model);
      now.forEach((name, bits) -> assertEquals(name.startsWith("rnn."), bits.equals(old.get(name)), name));
      assertTrue(history.updates().getFirst().gradientNorm() > 0);
    }
  }

  @Test
  void aSourceWithoutBatchesIsRefused() {
    try (SequenceModel model = Toy.model(1)) {
      BatchSource none = epoch -> Collections.emptyIterator();
      BatchSource dries = epoch -> epoch == 0 ? Toy.source(1).epoch(0) : Collections.emptyIterator();
      Class<IllegalArgumentException> type = IllegalArgumentException.class;
      Refusal.of(type, () -> new Trainer(model, Toy.options()).fit(none), "no batch in epoch 0");
      Refusal.of(type, () -> new Trainer(model, Toy.options().updates(5)).fit(dries), "no batch in epoch 1");
      Refusal.of(
          type,
          () -> new Trainer(model, Toy.options().validation(none)).fit(Toy.source(1)), "evaluate on has no batch");
    }
  }

  @Test
  void aBatchThatDoesNotFitIsRefused() {
    try (SequenceModel model = Toy.model(1)) {
      Class<IllegalArgumentException> type = IllegalArgumentException.class;
      Trainer trainer = new Trainer(model, Toy.options());
      Tensor x = Tensor.zeros(2, 3, 2);
      Refusal.of(
          type, () -> trainer.fit(BatchSource.of(List.of(Batch.of(Tensor.zeros(2, 3, 1), Tensor.zeros(2, 3, 1))))),
          "x has shape [2, 3, 1]; expected [2, 3, 2]");
      Refusal.of(
          type, () -> trainer.fit(BatchSource.of(List.of(Batch.of(x, Tensor.zeros(2, 1))))),
          "target has shape [2, 1]; expected [2, 3, 1]");
      Refusal.of(
          type, () -> trainer.fit(BatchSource.of(List.of(Batch.of(x, Tensor.zeros(2, 3, 4))))), "[6, 1]", "[6, 4]");
    }
  }

  @Test
  void optionsAreChecked() {
    Class<IllegalArgumentException> type = IllegalArgumentException.class;
    Refusal.of(type, () -> Toy.options().epochs(0), "epochs is 0");
    Refusal.of(type, () -> Toy.options().updates(-1), "updates is -1");
    Refusal.of(type, () -> Toy.options().accumulate(0), "accumulated batches is 0");
    Refusal.of(type, () -> Toy.options().patience(0), "patience is 0");
    Refusal.of(type, () -> Toy.options().rate(-1), "rate is -1.0");
  }
}
