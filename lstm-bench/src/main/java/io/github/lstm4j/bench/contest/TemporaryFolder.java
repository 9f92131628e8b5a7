package io.github.lstm4j.bench.contest;

import java.io.IOException;
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

  /** Removes it and all that is in it. */
  @Override
  public void close() throws IOException {
    List<Path> all;
    try (Stream<Path> found = Files.walk(path)) {
      all = found.sorted(Comparator.reverseOrder()).toList(); // what is in a folder before the folder
    }
    for (Path file : all) {
      Files.delete(file);
    }
  }
}
