package io.github.lstm4j.train;

import io.github.lstm4j.data.Batch;
import io.github.lstm4j.data.BatchSource;
import io.github.lstm4j.loss.MeanSquaredError;
import io.github.lstm4j.model.SequenceModel;
import io.github.lstm4j.testing.Drawn;
import java.util.ArrayList;
import java.util.List;

/** A small network and random batches for it, as the tests of the trainer need them. */
final class Toy {
  private Toy() {}

  static SequenceModel model(int threads) {
    return SequenceModel.builder(2)
        .lstm("rnn", 5, o -> o.withLayers(2).withDropout(0.3f))
        .linear("head", 1)
        .seed(4)
        .threads(threads)
        .build();
  }

  static Batch batch(long seed, int batch, int steps) {
    return Batch.of(Drawn.tensor(seed, batch, steps, 2), Drawn.tensor(seed + 1_000, batch, steps, 1));
  }

  static Batch continuing(long seed, int batch, int steps) {
    return batch(seed, batch, steps).continuing();
  }

  /** Batches that differ from epoch to epoch. */
  static BatchSource source(int batches) {
    return epoch -> {
      List<Batch> made = new ArrayList<>();
      for (int i = 0; i < batches; i++) {
        made.add(batch(100L * epoch + i, 3 + i % 2, 6));
      }
      return made.iterator();
    };
  }

  static TrainerOptions options() {
    return new TrainerOptions(new MeanSquaredError()).rate(1e-2).seed(9);
  }
}
