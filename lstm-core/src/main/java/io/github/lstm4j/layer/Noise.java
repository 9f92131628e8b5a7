package io.github.lstm4j.layer;

import io.github.lstm4j.random.CounterRandom;

/**
 * The key of the random masks of one update: the same key gives the same masks, on any number of threads.
 *
 * @param seed the trainer's seed
 * @param update the number of the update, or of the pass within it
 */
public record Noise(long seed, long update) {
  /** For passes without random masks. */
  public static final Noise NONE = new Noise(0, 0);

  /**
   * The key of one place in the network.
   *
   * @param place the stream of a name, such as a layer's
   * @return a key for {@link CounterRandom}
   */
  long key(long place) {
    return CounterRandom.bits(seed, place, update);
  }
}
