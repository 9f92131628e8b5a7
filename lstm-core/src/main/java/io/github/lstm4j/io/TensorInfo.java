package io.github.lstm4j.io;

import java.util.List;

/**
 * What a safetensors header says about a tensor.
 *
 * @param name the tensor's name
 * @param dtype the type of its elements
 * @param shape its sizes, empty for a scalar
 * @param begin where its first byte lies, in bytes from the start of the data
 * @param end one past its last byte, in bytes from the start of the data
 */
public record TensorInfo(String name, DType dtype, List<Long> shape, long begin, long end) {
  /**
   * Takes a copy of the shape.
   *
   * @param name the tensor's name
   * @param dtype the type of its elements
   * @param shape its sizes, empty for a scalar
   * @param begin where its first byte lies
   * @param end one past its last byte
   */
  public TensorInfo {
    shape = List.copyOf(shape);
  }

  /**
   * The number of elements.
   *
   * @return the product of the sizes, 1 for a scalar
   * @throws ArithmeticException if the product is past {@link Long#MAX_VALUE}, which no opened file allows
   */
  public long elements() {
    long product = 1;
    for (long size : shape) {
      product = Math.multiplyExact(product, size);
    }
    return product;
  }

  /**
   * The number of dimensions.
   *
   * @return 0 for a scalar
   */
  public int rank() {
    return shape.size();
  }

  /**
   * The shape as the rest of the library writes it.
   *
   * @return a new array of the sizes
   * @throws ArithmeticException if a size is past {@link Integer#MAX_VALUE}
   */
  public int[] sizes() {
    int[] sizes = new int[shape.size()];
    for (int d = 0; d < sizes.length; d++) {
      sizes[d] = Math.toIntExact(shape.get(d));
    }
    return sizes;
  }
}
