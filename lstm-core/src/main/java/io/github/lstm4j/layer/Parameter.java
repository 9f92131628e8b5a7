package io.github.lstm4j.layer;

import io.github.lstm4j.memory.Matrix;
import io.github.lstm4j.memory.Tensor;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A named parameter: its value, its gradient once somebody trains, and whether training changes it. */
public final class Parameter {
  private final ParameterSpec spec;
  private final Matrix value;
  private @Nullable Matrix gradient;
  private volatile boolean trainable = true;
  private final AtomicInteger version = new AtomicInteger();

  Parameter(ParameterSpec spec, Matrix value) {
    this.spec = spec;
    this.value = value;
  }

  /**
   * Its name.
   *
   * @return PyTorch's name with the layer's prefix
   */
  public String name() {
    return spec.name();
  }

  /**
   * Its sizes.
   *
   * @return one for a vector, two for a matrix
   */
  public List<Integer> shape() {
    return spec.shape();
  }

  /**
   * The number of elements.
   *
   * @return elements
   */
  public long elements() {
    return spec.elements();
  }

  /**
   * Its numbers, without padding between rows. Whoever writes to them calls {@link #changed()} afterwards.
   *
   * @return [rows, columns]; a vector is [1, n]
   */
  public Matrix value() {
    return value;
  }

  /**
   * The gradient, summed over the backward passes since it was last set to zero.
   *
   * @return as {@link #value()}
   * @throws IllegalStateException if no training pass was ever made
   */
  public Matrix gradient() {
    if (gradient == null) {
      throw new IllegalStateException(name() + " has no gradient: no training pass was made");
    }
    return gradient;
  }

  void gradient(Matrix matrix) {
    gradient = matrix;
  }

  /**
   * Whether training changes it.
   *
   * @return false if it is frozen
   */
  public boolean trainable() {
    return trainable;
  }

  /**
   * Freezes or unfreezes it: a frozen parameter gets no gradient and no update.
   *
   * @param trainable whether training changes it
   */
  public void trainable(boolean trainable) {
    this.trainable = trainable;
  }

  /** Tells the layers that the value was written to, so that packed copies are made anew. */
  public void changed() {
    version.incrementAndGet();
  }

  int version() {
    return version.get();
  }

  /**
   * Replaces the value.
   *
   * @param tensor the new numbers, of this parameter's shape
   * @throws IllegalArgumentException if the shape differs
   */
  public void set(Tensor tensor) {
    tensor.require(name(), shape().stream().mapToInt(Integer::intValue).toArray());
    value.copyFrom(tensor.data(), 0);
    changed();
  }

  /**
   * A copy of the value.
   *
   * @return a tensor of this parameter's shape
   */
  public Tensor toTensor() {
    return Tensor.of(value.toArray(), shape().stream().mapToInt(Integer::intValue).toArray());
  }

  /**
   * A copy of the gradient.
   *
   * @return a tensor of this parameter's shape
   */
  public Tensor gradientTensor() {
    return Tensor.of(gradient().toArray(), shape().stream().mapToInt(Integer::intValue).toArray());
  }

  @Override
  public String toString() {
    return name() + shape();
  }
}
