package io.github.lstm4j.layer;

import java.util.List;

/**
 * A parameter before it has storage.
 *
 * @param name its name, PyTorch's with the layer's prefix, such as {@code rnn.weight_ih_l0}
 * @param shape its sizes: one for a vector, two for a matrix
 */
public record ParameterSpec(String name, List<Integer> shape) {
  /**
   * A parameter's name and shape.
   *
   * @param name its name
   * @param shape its sizes
   * @throws IllegalArgumentException if it has no size or more than two, or a negative one
   */
  public ParameterSpec {
    shape = List.copyOf(shape);
    if (shape.isEmpty() || shape.size() > 2) {
      throw new IllegalArgumentException(
          "parameter " + name + " has shape " + shape + "; expected a vector or a matrix");
    }
    if (shape.getFirst() < 0 || shape.getLast() < 0) {
      throw new IllegalArgumentException("parameter " + name + " has shape " + shape + "; expected sizes of 0 or more");
    }
  }

  int rows() {
    return shape.size() == 1 ? 1 : shape.getFirst();
  }

  int columns() {
    return shape.getLast();
  }

  /**
   * The number of elements.
   *
   * @return rows · columns
   */
  public long elements() {
    return (long) rows() * columns();
  }
}
