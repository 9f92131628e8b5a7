package io.github.lstm4j.data;

import io.github.lstm4j.memory.Tensor;
import java.util.Iterator;
import java.util.stream.IntStream;

/**
 * Windows in shuffled batches, for training. Each epoch goes through all windows once, in an order that depends on
 * (seed, epoch) alone. Batches are as equal as can be: a small rest would make an update as large as any other from
 * little evidence.
 */
public final class WindowBatches implements BatchSource {
  private final Windows windows;
  private final int batches;
  private final long seed;

  /**
   * Batches of windows.
   *
   * @param windows the windows
   * @param batchSize windows in a batch, about
   * @param seed of the shuffling
   * @throws IllegalArgumentException if the batch size is below 1
   */
  public WindowBatches(Windows windows, int batchSize, long seed) {
    if (batchSize < 1) {
      throw new IllegalArgumentException("batch size is " + batchSize + "; expected 1 or more");
    }
    this.windows = windows;
    this.batches = Math.max(1, Math.round((float) windows.count() / batchSize));
    this.seed = seed;
  }

  @Override
  public Iterator<Batch> epoch(int epoch) {
    int[] order = windows.shuffled(seed, epoch);
    return IntStream.range(0, batches).mapToObj(batch -> batch(order, batch)).iterator();
  }

  private Batch batch(int[] order, int batch) {
    int from = (int) ((long) order.length * batch / batches);
    int size = (int) ((long) order.length * (batch + 1) / batches) - from;
    WindowShape shape = windows.shape();
    int steps = shape.inputSteps();
    int features = shape.features().size();
    int targets = shape.targets().size();
    boolean everyStep = shape.targetSteps() == WindowTargets.EVERY_STEP;
    Tensor input = Tensor.zeros(size, steps, features);
    Tensor target = everyStep ? Tensor.zeros(size, steps, targets) : Tensor.zeros(size, targets);
    for (int i = 0; i < size; i++) {
      windows.copyInput(order[from + i], input.data(), i * steps * features);
      windows.copyTargets(order[from + i], target.data(), i * windows.targetSteps() * targets);
    }
    return Batch.of(input, target);
  }
}
