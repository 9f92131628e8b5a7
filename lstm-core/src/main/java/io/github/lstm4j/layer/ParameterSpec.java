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
   */
  public ParameterSpec {
    shape = List.copyOf(shape);
    if (shape.isEmpty() || shape.size() > 2) {
      throw new IllegalArgumentException("parameter " + name + " has shape " + shape + "; expected a vector or a matrix");
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
