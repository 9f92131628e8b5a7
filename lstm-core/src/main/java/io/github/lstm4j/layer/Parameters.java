package io.github.lstm4j.layer;

import io.github.lstm4j.memory.Matrix;
import io.github.lstm4j.memory.Memory;
import io.github.lstm4j.memory.Padding;
import java.lang.foreign.MemorySegment;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * Parameters by name, in the order of their layers: all values in one off-heap allocation, all gradients in another,
 * each parameter a view that starts on a cache line.
 */
public final class Parameters implements AutoCloseable {
  private final SequencedMap<String, Parameter> byName = new LinkedHashMap<>();
  private final Memory memory;
  private @Nullable MemorySegment gradients;

  private Parameters(Memory memory) {
    this.memory = memory;
  }

  /**
   * Allocates parameters, all zero.
   *
   * @param specs names and shapes
   * @return the parameters
   * @throws IllegalArgumentException if a name stands twice
   */
  public static Parameters allocate(List<ParameterSpec> specs) {
    Parameters parameters = new Parameters(Memory.unlimited("parameters"));
    MemorySegment flat = parameters.memory.allocate(flatBytes(specs));
    long at = 0;
    for (ParameterSpec spec : specs) {
      Parameter parameter = new Parameter(spec, view(flat, at, spec));
      if (parameters.byName.put(spec.name(), parameter) != null) {
        parameters.close();
        throw new IllegalArgumentException("parameter " + spec.name() + " stands twice: give layers different names");
      }
      at += bytes(spec);
    }
    return parameters;
  }

  private static long flatBytes(Collection<ParameterSpec> specs) {
    long bytes = 0;
    for (ParameterSpec spec : specs) {
      bytes += bytes(spec);
    }
    return bytes;
  }

  private static long bytes(ParameterSpec spec) {
    return Padding.toMultiple(spec.elements() * Float.BYTES, Memory.ALIGNMENT);
  }

  private static Matrix view(MemorySegment flat, long at, ParameterSpec spec) {
    return Matrix.of(
        flat.asSlice(at, spec.elements() * Float.BYTES), spec.rows(), spec.columns(), spec.columns());
  }

  /** Allocates the gradients, all zero, if that has not happened yet. */
  public synchronized void allocateGradients() {
    if (gradients == null) {
      List<ParameterSpec> specs =
          byName.values().stream().map(p -> new ParameterSpec(p.name(), p.shape())).toList();
      MemorySegment flat = memory.allocate(flatBytes(specs));
      long at = 0;
      for (ParameterSpec spec : specs) {
        get(spec.name()).gradient(view(flat, at, spec));
        at += bytes(spec);
      }
      gradients = flat;
    }
  }

  /** Sets all gradients to zero. */
  public synchronized void zeroGradients() {
    if (gradients != null) {
      gradients.fill((byte) 0);
    }
  }

  /**
   * One parameter.
   *
   * @param name its name
   * @return the parameter
   * @throws IllegalArgumentException if there is none; the message lists all names
   */
  public Parameter get(String name) {
    Parameter parameter = byName.get(name);
    if (parameter == null) {
      throw new IllegalArgumentException("no parameter " + name + "; there are " + byName.keySet());
    }
    return parameter;
  }

  /**
   * All parameters, in order.
   *
   * @return an unmodifiable view
   */
  public Collection<Parameter> all() {
    return Collections.unmodifiableCollection(byName.values());
  }

  /**
   * All parameters by name.
   *
   * @return an unmodifiable view, in order
   */
  public Map<String, Parameter> byName() {
    return Collections.unmodifiableSequencedMap(byName);
  }

  /**
   * The number of elements of all parameters.
   *
   * @return elements
   */
  public long elements() {
    return byName.values().stream().mapToLong(Parameter::elements).sum();
  }

  /**
   * Off-heap storage of values and gradients.
   *
   * @return bytes
   */
  public long bytes() {
    return memory.bytes();
  }

  /** Frees values and gradients. */
  @Override
  public void close() {
    memory.close();
  }
}
