package io.github.lstm4j.cli.lesson;

import io.github.lstm4j.data.Batch;
import io.github.lstm4j.data.BatchSource;
import io.github.lstm4j.memory.Tensor;
import io.github.lstm4j.random.CounterRandom;
import java.util.Iterator;
import java.util.stream.Stream;

/**
 * Sequences of +1 and −1, one of which is marked: the task is to say at the end which it was. All others only disturb.
 *
 * @param steps of each sequence
 * @param batchSize sequences in a batch
 * @param seed of the draws
 */
record MarkedValue(int steps, int batchSize, long seed) implements BatchSource {
  @Override
  public Iterator<Batch> epoch(int epoch) {
    return Stream.iterate(0L, i -> i + 1).map(i -> draw("batch " + epoch + " " + i)).iterator();
  }

  Batch draw(String name) {
    long stream = CounterRandom.stream(name);
    Tensor x = Tensor.zeros(batchSize, steps, 2); // a sign, and whether it is marked
    Tensor marked = Tensor.zeros(batchSize, 1);
    int half = steps / 2; // the mark is in the first
    for (int b = 0; b < batchSize; b++) {
      long first = (long) b * (steps + 1);
      int mark = (int) (CounterRandom.uniformDouble(seed, stream, first) * half);
      for (int t = 0; t < steps; t++) {
        float sign = CounterRandom.uniform(seed, stream, first + 1 + t) < 0.5f ? -1 : 1;
        x.data()[(b * steps + t) * 2] = sign;
        if (t == mark) {
          x.data()[(b * steps + t) * 2 + 1] = 1;
          marked.data()[b] = sign > 0 ? 1 : 0;
        }
      }
    }
    return Batch.of(x, marked);
  }
}
