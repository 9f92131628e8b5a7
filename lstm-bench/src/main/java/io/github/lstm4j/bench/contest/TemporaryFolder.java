package io.github.lstm4j.bench.contest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder for what a run needs while it lasts: operands, results, what contestants say, archives of classes. */
final class TemporaryFolder implements AutoCloseable {
  private final Path path;

  TemporaryFolder() throws IOException {
    path = Files.createTempDirectory("lstm-bench");
  }

  Path path() {
    return path;
  }

  /** Removes it and all that is in it, or leaves it: hours of measuring are worth more than a clean disk. */
  @Override
  public void close() {
    List<Path> all;
    try (Stream<Path> found = Files.walk(path)) {
      all = found.sorted(Comparator.reverseOrder()).toList(); // what is in a folder before the folder
    } catch (IOException | UncheckedIOException gone) {
      return;
    }
    for (Path file : all) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException held) {
        // by a process that outlives the run, say
      }
    }
  }
}
