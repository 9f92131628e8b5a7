package io.github.lstm4j.testing;

import io.github.lstm4j.memory.Tensor;
import io.github.lstm4j.random.CounterRandom;

/** Tensors of random numbers, the same for the same seed. */
public final class Drawn {
  private Drawn() {}

  /** Uniform in [−1, 1]. */
  public static Tensor tensor(long seed, int... shape) {
    Tensor tensor = Tensor.zeros(shape);
    for (int i = 0; i < tensor.data().length; i++) {
      tensor.data()[i] = (float) (2 * CounterRandom.uniformDouble(seed, 77, i) - 1);
    }
    return tensor;
  }
}
