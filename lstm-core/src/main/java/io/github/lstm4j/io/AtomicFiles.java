package io.github.lstm4j.io;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Writes a file so that it is there as a whole or not at all: into a temporary file beside it, forced to disk, then
 * renamed.
 *
 * <p>If anything fails, what lay under the name before is untouched and the temporary file is gone. A target that is
 * a symbolic link stays one: the file that it leads to is replaced.
 */
public final class AtomicFiles {
  private AtomicFiles() {}

  /**
   * Writes a file through a buffered stream.
   *
   * @param target the file to make or to replace
   * @param body writes the content; it may close the stream or leave it open
   * @throws IOException if it cannot be written, or the body fails; nothing has changed then
   */
  public static void write(Path target, IoConsumer<? super OutputStream> body) throws IOException {
    writeChannel(
        target,
        channel -> {
          OutputStream stream = new LeftOpen(Channels.newOutputStream(channel));
          body.accept(stream);
          stream.flush();
        });
  }

  /**
   * Writes a file through a channel.
   *
   * @param target the file to make or to replace
   * @param body writes the content; it leaves the channel open
   * @throws IOException if it cannot be written, or the body fails; nothing has changed then
   */
  public static void writeChannel(Path target, IoConsumer<? super WritableByteChannel> body) throws IOException {
    Path destination = destination(target);
    try (SiblingFile sibling = SiblingFile.create(destination)) {
      body.accept(sibling.channel());
      sibling.replace(destination);
    }
  }

  private static Path destination(Path target) throws IOException {
    if (Files.isDirectory(target)) {
      throw new FileSystemException(target.toString(), null, "this is a folder; expected the name of a file to write");
    }
    boolean linked = Files.isSymbolicLink(target) && Files.exists(target);
    Path destination = linked ? target.toRealPath() : target.toAbsolutePath();
    Path folder = destination.getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new NoSuchFileException(target.toString(), null, "there is no folder " + folder + " to write it into");
    }
    return destination;
  }

  /** Keeps the channel open for the force that follows, whoever closes the stream. */
  private static final class LeftOpen extends BufferedOutputStream {
    LeftOpen(OutputStream stream) {
      super(stream);
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }
}
