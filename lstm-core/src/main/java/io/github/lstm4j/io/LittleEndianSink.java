package io.github.lstm4j.io;

import io.github.lstm4j.memory.Matrix;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;

/** Writes numbers to a channel in little-endian order through one off-heap chunk, however much there is to write. */
final class LittleEndianSink implements AutoCloseable {
  /** Large enough that system calls do not count, in bytes; a multiple of every element size. */
  static final int CHUNK = 1 << 18;

  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final WritableByteChannel channel;
  private final Arena arena = Arena.ofConfined();
  private final MemorySegment chunk = arena.allocate(CHUNK, Long.BYTES);
  private final ByteBuffer buffer = chunk.asByteBuffer();
  private int used;

  LittleEndianSink(WritableByteChannel channel) {
    this.channel = channel;
  }

  void bytes(byte[] source) throws IOException {
    int written = 0;
    while (written < source.length) {
      int count = room(1, source.length - written);
      MemorySegment.copy(source, written, chunk, ValueLayout.JAVA_BYTE, used, count);
      used += count;
      written += count;
    }
  }

  void floats(float[] source) throws IOException {
    int written = 0;
    while (written < source.length) {
      int count = room(Float.BYTES, source.length - written);
      MemorySegment.copy(source, written, chunk, Matrix.FLOAT, used, count);
      used += count * Float.BYTES;
      written += count;
    }
  }

  void longs(long[] source) throws IOException {
    int written = 0;
    while (written < source.length) {
      int count = room(Long.BYTES, source.length - written);
      MemorySegment.copy(source, written, chunk, LONG, used, count);
      used += count * Long.BYTES;
      written += count;
    }
  }

  /** The elements row by row, without the padding between rows. */
  void floats(Matrix source) throws IOException {
    for (int r = 0; r < source.rows(); r++) {
      int written = 0;
      while (written < source.columns()) {
        int count = room(Float.BYTES, source.columns() - written);
        MemorySegment.copy(source.segment(), source.offset(r, written), chunk, used, (long) count * Float.BYTES);
        used += count * Float.BYTES;
        written += count;
      }
    }
  }

  /** How many of the wanted elements fit into the chunk now: at least one. */
  private int room(int elementBytes, int wanted) throws IOException {
    if (CHUNK - used < elementBytes) {
      flush();
    }
    return Math.min(wanted, (CHUNK - used) / elementBytes);
  }

  void flush() throws IOException {
    buffer.clear().limit(used);
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
    used = 0;
  }

  /** Frees the chunk; what was not flushed is dropped. */
  @Override
  public void close() {
    arena.close();
  }
}
