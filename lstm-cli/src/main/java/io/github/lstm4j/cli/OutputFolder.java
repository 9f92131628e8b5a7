package io.github.lstm4j.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * A folder that results go to: a reader sees a file's old content or its new one, never a part. Each file is written
 * beside its place, forced to disk and renamed.
 *
 * @param path the folder
 */
public record OutputFolder(Path path) {
  /** Writes the bytes of one file. */
  @FunctionalInterface
  public interface Content {
    /**
     * Writes.
     *
     * @param stream where to; stays open
     * @throws IOException if it fails
     */
    void writeTo(OutputStream stream) throws IOException;
  }

  /**
   * Makes sure, before hours of training, that files can be made in the folder; what is missing of it is made for that
   * and taken away again, so that a run that fails leaves nothing.
   *
   * @param path the folder
   * @return the folder, not yet made
   * @throws IOException if no file can be made there
   * @throws IllegalArgumentException if it is a file
   */
  public static OutputFolder check(Path path) throws IOException {
    List<Path> missing = new ArrayList<>(); // the deepest first
    for (Path at = path.toAbsolutePath().normalize(); at != null && Files.notExists(at); at = at.getParent()) {
      missing.add(at);
    }
    try {
      OutputFolder folder = new OutputFolder(path);
      folder.make();
      Files.delete(Files.createTempFile(path, ".lstm4j", ".tmp"));
      return folder;
    } finally {
      for (Path made : missing) {
        removeEmpty(made);
      }
    }
  }

  private static void removeEmpty(Path folder) throws IOException {
    try {
      Files.deleteIfExists(folder);
    } catch (DirectoryNotEmptyException e) {
      // Somebody else has put something there in the meantime: it is theirs too now.
    }
  }

  /**
   * Makes the folder where it is missing.
   *
   * @throws IOException if it can't be made
   * @throws IllegalArgumentException if it is a file
   */
  public void make() throws IOException {
    try {
      Files.createDirectories(path);
    } catch (FileAlreadyExistsException e) {
      throw new IllegalArgumentException("--out " + path
          + " is a file; expected a folder, or a path where one can be made", e);
    }
  }

  /**
   * Writes one file.
   *
   * @param name its name in the folder
   * @param content what it holds
   * @return where it lies
   * @throws IOException if it can't be written; an old file is then untouched
   */
  public Path write(String name, Content content) throws IOException {
    make();
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
