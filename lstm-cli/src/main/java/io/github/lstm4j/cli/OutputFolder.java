package io.github.lstm4j.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A folder that results go to: a reader sees a file's old content or its new one, never a part. Each file is written
 * beside its place, forced to disk and renamed.
 *
 * @param path the folder
 */
record OutputFolder(Path path) {
  /** Writes the bytes of one file. */
  @FunctionalInterface
  interface Content {
    void writeTo(OutputStream stream) throws IOException;
  }

  /** Creates the folder where it is missing and makes sure, before hours of training, that files can be made in it. */
  static OutputFolder create(Path path) throws IOException {
    try {
      Files.createDirectories(path);
    } catch (FileAlreadyExistsException e) {
      throw new IllegalArgumentException("--out " + path
          + " is a file; expected a folder, or a path where one can be made", e);
    }
    Files.delete(Files.createTempFile(path, ".lstm4j", ".tmp"));
    return new OutputFolder(path);
  }

  /** Writes one file; returns where it lies. */
  Path write(String name, Content content) throws IOException {
    Path file = path.resolve(name);
    Path temporary = path.resolve("." + name + "." + ProcessHandle.current().pid() + ".tmp");
    try {
      try (FileChannel channel =
          FileChannel.open(
              temporary, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
        OutputStream stream = new BufferedOutputStream(Channels.newOutputStream(channel));
        content.writeTo(stream);
        stream.flush();
        channel.force(true);
      }
      rename(temporary, file);
    } finally {
      Files.deleteIfExists(temporary);
    }
    return file;
  }

  private static void rename(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
