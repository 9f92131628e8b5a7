package io.github.lstm4j.io;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** A temporary file in the same folder, so that a rename can take it to its place; deleted on close unless it was. */
final class SiblingFile implements AutoCloseable {
  private final Path path;
  private final FileChannel channel;
  private boolean moved;

  private SiblingFile(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  static SiblingFile create(Path destination) throws IOException {
    // Not Files.createTempFile: the result should have the permissions of any new file, not those of a secret.
    Path path = destination.resolveSibling(".lstm4j-" + UUID.randomUUID() + ".tmp");
    return new SiblingFile(path, FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
  }

  FileChannel channel() {
    return channel;
  }

  /** Forces the content to disk and renames the file over the destination. */
  void replace(Path destination) throws IOException {
    channel.force(true);
    channel.close();
    try {
      Files.move(path, destination, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(path, destination, StandardCopyOption.REPLACE_EXISTING);
    }
    moved = true;
  }

  @Override
  public void close() throws IOException {
    try (channel) {
      if (!moved) {
        // On Windows an open file cannot be deleted.
        channel.close();
        Files.deleteIfExists(path);
      }
    }
  }
}
