package io.github.lstm4j.bench.contest;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** A folder for what a run needs while it lasts: operands, results, what contestants say, archives of classes. */
final class TemporaryFolder implements AutoCloseable {
  private final Path path;

  TemporaryFolder() throws IOException {
    path = Files.createTempDirectory("lstm-bench");
  }

  Path path() {
    return path;
  }

  /**
   * Removes it and all that is in it. What can't be removed, since a process holds it that outlives the run, say, is
   * left there and said: hours of measuring are worth more than a clean disk.
   */
  @Override
  public void close() {
    try {
      Files.walkFileTree(path, new Removal());
    } catch (IOException e) {
      System.err.println("left behind: " + path + " (" + e + ")");
    }
  }

  /** Goes on after what fails. */
  private static final class Removal extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      return remove(file);
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
      return remove(file);
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e) {
      return remove(folder);
    }

    private static FileVisitResult remove(Path file) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        System.err.println("left behind: " + file + " (" + e + ")");
      }
      return FileVisitResult.CONTINUE;
    }
  }
}
