package io.github.lstm4j.bench.peer;

import io.github.lstm4j.bench.Shape;

/**
 * One thing to measure.
 *
 * @param mode what is done
 * @param size a {@link Shape}, or a {@link Product} for {@link TaskMode#GEMM}, or how many turns for
 *     {@link TaskMode#PEAK}
 */
public record Task(TaskMode mode, String size) {
  /** The gates of an LSTM. */
  private static final int GATES = 4;

  /**
   * A task.
   *
   * @throws IllegalArgumentException if the size does not read as the mode's; the message says what was expected
   */
  public Task {
    switch (mode) {
      case GEMM -> Product.parse(size);
      case PEAK -> Integer.parseInt(size);
      case STREAM -> {
        if (Shape.parse(size).steps() != 1) {
          throw new IllegalArgumentException("a stream of shape " + size + "; expected T1");
        }
      }
      case INFER, TRAIN -> Shape.parse(size);
    }
  }

  /**
   * The shape of a recurrent task.
   *
   * @return batch, steps, input, hidden, layers
   */
  public Shape shape() {
    return Shape.parse(size);
  }

  /**
   * The sizes of a product.
   *
   * @return m, n, k
   */
  public Product product() {
    return Product.parse(size);
  }

  /**
   * Features that go into a layer.
   *
   * @param layer from 0
   * @return the input's for the first, hidden units for the others
   */
  public int inputOf(int layer) {
    return layer == 0 ? shape().input() : shape().hidden();
  }

  /**
   * Operations of a call, those of the products alone; training counts three times its forward pass.
   *
   * @return operations, a multiplication and its addition counted as two; for {@link TaskMode#PEAK} those of one thread
   */
  public double flops() {
    return switch (mode) {
      case STREAM -> shape().forwardFlops(GATES);
      case INFER -> shape().sequenceFlops(GATES);
      case TRAIN -> 3 * shape().sequenceFlops(GATES);
      case GEMM -> product().flops();
      case PEAK -> Integer.parseInt(size) * Peak.FLOPS_PER_TURN;
    };
  }

  @Override
  public String toString() {
    return mode.word() + " " + size;
  }
}
