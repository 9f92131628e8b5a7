package io.github.lstm4j.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a model file holds.
 *
 * @param file the file
 * @param bytes its size
 * @param tensors its tensors
 * @param metadata its metadata, empty where it has none
 */
record ModelContents(Path file, long bytes, List<Entry> tensors, Map<String, String> metadata) {
  /** Reads the header of a file. */
  @FunctionalInterface
  interface Reader {
    ModelContents read(Path file) throws IOException;
  }

  /**
   * One tensor.
   *
   * @param name its name
   * @param dtype its type in the file, such as F32
   * @param shape its sizes, empty for a scalar
   */
  record Entry(String name, String dtype, List<Long> shape) {
    Entry {
      shape = List.copyOf(shape);
    }

    /** The number of elements. */
    long elements() {
      return shape.stream().reduce(1L, Math::multiplyExact);
    }
  }

  ModelContents {
    tensors = List.copyOf(tensors);
    metadata = Map.copyOf(metadata);
  }

  /** The number of parameters: the elements of all tensors. */
  long parameters() {
    return tensors.stream().mapToLong(Entry::elements).sum();
  }

  /** The metadata, sorted by key. */
  Map<String, String> sortedMetadata() {
    return new TreeMap<>(metadata);
  }
}
