package io.github.lstm4j.cli.lesson;

import io.github.lstm4j.data.Batch;
import io.github.lstm4j.data.BatchSource;
import io.github.lstm4j.memory.Tensor;
import io.github.lstm4j.random.CounterRandom;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Sequences of random numbers from 0 to 1, two of which are marked, one in each half: the task is to say their sum at
 * the end. Always saying 1 is wrong by 1/6 (the variance of two uniform numbers, 1/12 each). Source: Hochreiter,
 * Schmidhuber, "Long short-term memory", 1997, section 5.4.
 *
 * @param steps of each sequence
 * @param batchSize sequences in a batch
 * @param seed of the draws
 */
record AddingProblem(int steps, int batchSize, long seed) implements BatchSource {
  /** Endlessly many batches, none twice: nothing to learn by heart. */
  @Override
  public Iterator<Batch> epoch(int epoch) {
    return Stream.iterate(0L, i -> i + 1).map(i -> draw("batch " + epoch + " " + i)).iterator();
  }

  /** One batch that training does not see. */
  BatchSource heldOut() {
    return BatchSource.of(List.of(draw("held out")));
  }

  // tutorial: adding-data
  private Batch draw(String name) {
    long stream = CounterRandom.stream(name);
    Tensor x = Tensor.zeros(batchSize, steps, 2); // a number, and whether it is marked
    Tensor sums = Tensor.zeros(batchSize, 1);
    int half = steps / 2;
    for (int b = 0; b < batchSize; b++) {
      long first = (long) b * (steps + 2);
      int early = (int) (CounterRandom.uniformDouble(seed, stream, first) * half);
      int late = half + (int) (CounterRandom.uniformDouble(seed, stream, first + 1) * (steps - half));
      for (int t = 0; t < steps; t++) {
        float number = CounterRandom.uniform(seed, stream, first + 2 + t);
        x.data()[(b * steps + t) * 2] = number;
        if (t == early || t == late) {
          x.data()[(b * steps + t) * 2 + 1] = 1;
          sums.data()[b] += number;
        }
      }
    }
    return Batch.of(x, sums);
  }
  // tutorial: end
}
