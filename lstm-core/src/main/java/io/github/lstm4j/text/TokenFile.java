package io.github.lstm4j.text;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A temporary file of int32 tokens: written once, then mapped. It is deleted with the last handle to it, also when the
 * JVM ends in between.
 */
final class TokenFile implements AutoCloseable {
  private static final int BUFFER = 1 << 16;

  private final Path path;
  private final FileChannel channel;
  private final Arena arena = Arena.ofShared();
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER).order(ByteOrder.nativeOrder());

  TokenFile(Path folder) throws IOException {
    path = Files.createTempFile(folder, "lstm4j", ".tokens");
    channel =
        FileChannel.open(
            path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
  }

  void append(int token) throws IOException {
    if (!buffer.hasRemaining()) {
      flush();
    }
    buffer.putInt(token);
  }

  private void flush() throws IOException {
    buffer.flip();
    try {
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
    } catch (IOException e) {
      throw new IOException(
          path + ", a temporary copy of the corpus, can't be written: " + e.getMessage()
              + "; -Djava.io.tmpdir names another folder, which needs four bytes for each symbol", e);
    }
    buffer.clear();
  }

  /** All tokens, to read and to replace. */
  MemorySegment map() throws IOException {
    flush();
    return channel.map(FileChannel.MapMode.READ_WRITE, 0, channel.size(), arena);
  }

  @Override
  public void close() throws IOException {
    arena.close();
    channel.close();
  }
}
