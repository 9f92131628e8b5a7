package io.github.lstm4j.layer;

import io.github.lstm4j.kernels.Kernels;
import io.github.lstm4j.kernels.Orientation;
import io.github.lstm4j.kernels.PackedMatrix;
import io.github.lstm4j.memory.Matrix;
import io.github.lstm4j.memory.Memory;
import org.jspecify.annotations.Nullable;

/**
 * A weight in the kernels' own format, made anew whenever the parameter changed: packed once per update in training,
 * once in all while serving.
 */
final class PackedWeight {
  private final Parameter parameter;
  private final Matrix value;
  private final Orientation orientation;
  private final Kernels kernels;
  private final Memory memory;
  private @Nullable PackedMatrix packed;
  private volatile int version = -1;

  PackedWeight(Parameter parameter, Orientation orientation, Kernels kernels, Memory memory) {
    this(parameter, parameter.value(), orientation, kernels, memory);
  }

  /** A part of a weight: value is a view of the parameter's. */
  PackedWeight(Parameter parameter, Matrix value, Orientation orientation, Kernels kernels, Memory memory) {
    this.parameter = parameter;
    this.value = value;
    this.orientation = orientation;
    this.kernels = kernels;
    this.memory = memory;
  }

  /** Whether {@link #get} would have to pack. */
  boolean stale() {
    return version != parameter.version();
  }

  /** The packed weight, up to date. Many threads may serve at once: whoever comes first packs. */
  PackedMatrix get() {
    if (version != parameter.version()) {
      refresh();
    }
    PackedMatrix current = packed;
    if (current == null) {
      throw new IllegalStateException(parameter.name() + " was never packed");
    }
    return current;
  }

  private synchronized void refresh() {
    int now = parameter.version();
    if (version != now) {
      if (packed == null) {
        packed = kernels.pack(value, orientation, memory);
      } else {
        kernels.repack(packed, value);
      }
      version = now;
    }
  }
}
