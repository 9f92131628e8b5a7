package io.github.lstm4j.cli.classify;

import io.github.lstm4j.data.Batch;
import io.github.lstm4j.data.LabelledSequences;
import io.github.lstm4j.memory.Tensor;
import io.github.lstm4j.model.SequenceModel;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The class that a network tells.
 *
 * @param label its index
 * @param probability what the network gives it, 0 to 1
 */
record Prediction(int label, double probability) {
  private static final int BATCH = 64;

  /** Predictions of scaled sequences, one for each. */
  static List<Prediction> of(SequenceModel model, LabelledSequences sequences) {
    List<Prediction> all = new ArrayList<>();
    for (int from = 0; from < sequences.count(); from += BATCH) {
      Batch batch = sequences.batch(IntStream.range(from, Math.min(from + BATCH, sequences.count())).toArray());
      Tensor logits = model.predict(batch.input(), batch.lengths());
      for (int row = 0; row < logits.size(0); row++) {
        all.add(softmax(logits, row));
      }
    }
    return all;
  }

  private static Prediction softmax(Tensor logits, int row) {
    int best = 0;
    for (int j = 1; j < logits.size(1); j++) {
      best = logits.get(row, j) > logits.get(row, best) ? j : best;
    }
    double sum = 0;
    for (int j = 0; j < logits.size(1); j++) {
      sum += StrictMath.exp((double) logits.get(row, j) - logits.get(row, best));
    }
    return new Prediction(best, 1 / sum);
  }
}
