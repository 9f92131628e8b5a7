package io.github.lstm4j.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.lstm4j.data.Batch;
import io.github.lstm4j.data.BatchSource;
import io.github.lstm4j.memory.Tensor;
import io.github.lstm4j.model.SequenceModel;
import io.github.lstm4j.testing.ModelBits;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Several batches to an update: gradients are averaged. All numbers are small integers and all divisors powers of two,
 * so every operation is exact and results are equal, whatever the order of sums.
 */
final class AccumulationTest {
  /** One step a sequence: whatever is given, as (x0, x1, target) for each. */
  private static Batch batch(int... numbers) {
    int sequences = numbers.length / 3;
    Tensor x = Tensor.zeros(sequences, 1, 2);
    Tensor target = Tensor.zeros(sequences, 1, 1);
    for (int b = 0; b < sequences; b++) {
      x.data()[2 * b] = numbers[3 * b];
      x.data()[2 * b + 1] = numbers[3 * b + 1];
      target.data()[b] = numbers[3 * b + 2];
    }
    return Batch.of(x, target);
  }

  private static SequenceModel model() {
    SequenceModel model = SequenceModel.builder(2).linear("head", 1).build();
    model.parameter("head.weight").set(Tensor.of(new float[] {2, -3}, 1, 2));
    model.parameter("head.bias").set(Tensor.of(new float[] {1}, 1));
    return model;
  }

  @Test
  void halvesEqualTheWhole() {
    try (SequenceModel whole = model();
        SequenceModel halves = model()) {
      History one =
          new Trainer(whole, Toy.options())
              .fit(BatchSource.of(List.of(batch(1, 2, 3, -1, 4, 2, 3, 3, -5, 2, 0, 7))));
      History two =
          new Trainer(halves, Toy.options().accumulate(2))
              .fit(BatchSource.of(List.of(batch(1, 2, 3, -1, 4, 2), batch(3, 3, -5, 2, 0, 7))));
      assertEquals(one.updates(), two.updates());
      assertEquals(one.epochs(), two.epochs());
      assertEquals(ModelBits.of(whole), ModelBits.of(halves));
    }
  }

  /** An epoch that ends with one batch of two averages over that one, instead of halving it. */
  @Test
  void theRestOfAnEpochIsAveragedOverWhatItIs() {
    Batch first = batch(1, 2, 3, -1, 4, 2);
    Batch second = batch(3, 3, -5, 2, 0, 7);
    Batch third = batch(5, 1, 0, -2, 2, 1);
    try (SequenceModel model = model()) {
      TrainerOptions still = Toy.options().schedule((update, done) -> 0); // parameters stay: updates compare
      History history = new Trainer(model, still.accumulate(2)).fit(BatchSource.of(List.of(first, second, third)));
      History alone = new Trainer(model, still.accumulate(1)).fit(BatchSource.of(List.of(third)));
      assertEquals(2, history.updates().size());
      assertEquals(alone.updates().getFirst().gradientNorm(), history.updates().get(1).gradientNorm());
      assertEquals(alone.updates().getFirst().loss(), history.updates().get(1).loss());
    }
  }

  /** Batches of different sizes count alike in the gradient; the loss that is told is the mean over all elements. */
  @Test
  void batchesCountAlike() {
    Batch large = batch(1, 0, 3, 1, 0, 3);
    Batch small = batch(0, 1, 5);
    try (SequenceModel model = model()) {
      TrainerOptions still = Toy.options().schedule((update, done) -> 0);
      UpdateRecord update =
          new Trainer(model, still.accumulate(2)).fit(BatchSource.of(List.of(large, small))).updates().getFirst();
      // Outputs 3, 3 and −2: no error in the large batch, −7 in the small one. Half of 2·(−7)·(0, 1 and the bias' 1).
      assertEquals((float) Math.sqrt(49 + 49), (float) update.gradientNorm());
      assertEquals(49.0 / 3, update.loss());
    }
  }
}
