package io.github.lstm4j.layer;

import io.github.lstm4j.kernels.Kernels;
import io.github.lstm4j.kernels.Orientation;
import io.github.lstm4j.kernels.PackedMatrix;
import io.github.lstm4j.memory.Matrix;
import io.github.lstm4j.memory.Memory;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A weight in the kernels' own format, made anew whenever the parameter changed: packed once per update in training,
 * once in all while serving.
 */
final class PackedWeight {
  private final Parameter parameter;
  private final List<Matrix> parts;
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
    this(parameter, List.of(value), orientation, kernels, memory);
  }

  /** Several parts of a weight, one below the other: views of the parameter's value, of as many columns. */
  PackedWeight(Parameter parameter, List<Matrix> parts, Orientation orientation, Kernels kernels, Memory memory) {
    this.parameter = parameter;
    this.parts = parts;
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
    if (version == now) {
      return;
    }
    if (parts.size() == 1) {
      pack(parts.getFirst());
    } else {
      packJoined();
    }
    version = now;
  }

  private void packJoined() {
    try (Memory joining = Memory.unlimited(parameter.name() + " joined")) {
      Matrix joined = joining.matrix(parts.stream().mapToInt(Matrix::rows).sum(), parts.getFirst().columns());
      int row = 0;
      for (Matrix part : parts) {
        joined.rows(row, part.rows()).copyFrom(part);
        row += part.rows();
      }
      pack(joined);
    }
  }

  private void pack(Matrix value) {
    if (packed == null) {
      packed = kernels.pack(value, orientation, memory);
    } else {
      kernels.repack(packed, value);
    }
  }
}
