package io.github.lstm4j.memory;

import java.util.Arrays;
import java.util.Objects;

/**
 * A dense row-major array of float32 with a shape: what goes into the library and comes out of it.
 *
 * <p>It lives on the heap, so nobody has to close it; layers copy it to and from off-heap storage. The array is not
 * copied on construction: whoever makes a tensor hands its array over.
 */
public final class Tensor {
  private final int[] shape;
  private final float[] data;

  private Tensor(int[] shape, float[] data) {
    this.shape = shape;
    this.data = data;
  }

  /**
   * A tensor around an array.
   *
   * @param data the elements, row-major; not copied
   * @param shape the sizes, none for a scalar
   * @return the tensor
   * @throws IllegalArgumentException if a size is negative or the sizes do not multiply to the array's length
   */
  public static Tensor of(float[] data, int... shape) {
    if (data.length != elements(shape)) {
      throw new IllegalArgumentException(
          "shape " + Arrays.toString(shape) + " has " + elements(shape) + " elements; the array has " + data.length);
    }
    return new Tensor(shape.clone(), data);
  }

  /**
   * A tensor of zeros.
   *
   * @param shape the sizes
   * @return the tensor
   * @throws IllegalArgumentException if a size is negative or there are more elements than an array holds
   */
  public static Tensor zeros(int... shape) {
    return new Tensor(shape.clone(), new float[elements(shape)]);
  }

  /**
   * The number of elements of a shape.
   *
   * @param shape the sizes
   * @return their product
   * @throws IllegalArgumentException if a size is negative or the product is past {@link Integer#MAX_VALUE}
   */
  public static int elements(int... shape) {
    long product = 1;
    for (int size : shape) {
      if (size < 0) {
        throw new IllegalArgumentException("shape " + Arrays.toString(shape) + " has a negative size");
      }
      product = size == 0 ? 0 : product;
    }
    for (int size : shape) {
      product *= size;
      if (product > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            "shape " + Arrays.toString(shape) + " has more elements than an array holds");
      }
    }
    return (int) product;
  }

  /**
   * The sizes.
   *
   * @return a copy of the shape
   */
  public int[] shape() {
    return shape.clone();
  }

  /**
   * One size.
   *
   * @param dimension which dimension, from 0
   * @return its size
   */
  public int size(int dimension) {
    return shape[Objects.checkIndex(dimension, shape.length)];
  }

  /**
   * The number of dimensions.
   *
   * @return 0 for a scalar
   */
  public int rank() {
    return shape.length;
  }

  /**
   * The sizes as text, for messages.
   *
   * @return such as {@code [2, 3]}
   */
  public String shapeText() {
    return Arrays.toString(shape);
  }

  /**
   * The elements themselves, row-major: writing to the array writes to the tensor.
   *
   * @return the array
   */
  public float[] data() {
    return data;
  }

  /**
   * One element.
   *
   * @param index an index for each dimension
   * @return the element
   * @throws IndexOutOfBoundsException if there is no such element
   */
  public float get(int... index) {
    if (index.length != shape.length) {
      throw new IndexOutOfBoundsException(
          "index " + Arrays.toString(index) + " into a tensor of shape " + Arrays.toString(shape));
    }
    int position = 0;
    for (int d = 0; d < shape.length; d++) {
      position = position * shape[d] + Objects.checkIndex(index[d], shape[d]);
    }
    return data[position];
  }

  /**
   * The same elements under another shape; the array is shared.
   *
   * @param newShape the new sizes
   * @return the tensor
   * @throws IllegalArgumentException if the number of elements differs
   */
  public Tensor reshape(int... newShape) {
    return of(data, newShape);
  }

  /**
   * Fails unless the tensor has a shape.
   *
   * @param name what the tensor is, for the message
   * @param expected the sizes
   * @return this tensor
   * @throws IllegalArgumentException if the shape differs; the message names the tensor, its shape and the expected one
   */
  public Tensor require(String name, int... expected) {
    if (!Arrays.equals(shape, expected)) {
      throw new IllegalArgumentException(
          name + " has shape " + Arrays.toString(shape) + "; expected " + Arrays.toString(expected));
    }
    return this;
  }

  @Override
  public String toString() {
    return "Tensor" + Arrays.toString(shape) + (data.length <= 16 ? Arrays.toString(data) : "");
  }
}
