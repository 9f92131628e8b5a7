package io.github.lstm4j.bench.peer;

import java.util.List;

/** A task made ready: buffers there, weights packed, nothing left to do but to call it. */
public interface Workload extends AutoCloseable {
  /** Does it once. */
  void call();

  /**
   * What the last call computed, so that contestants can be seen to compute the same. Inference: the outputs [T, B, H].
   * Training: the gradient of the input [T, B, I], then for each layer those of the input weight [4H, in], the
   * recurrent weight [4H, H] and of one of its biases [4H], gates in the order i f g o. A product: c [m, n].
   *
   * @return row-major numbers, one array each
   */
  List<float[]> results();

  /** Frees it. */
  @Override
  void close();
}
