package io.github.lstm4j.text;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The code points of a UTF-8 file, read as they come. A byte order mark at the start is skipped; the line ends of all
 * systems are {@code \n}. The JDK's decoder can't say where in a file it failed, so this is one that can.
 */
final class Utf8Reader implements CodePoints, AutoCloseable {
  private static final int BUFFER = 1 << 16;
  private static final int BYTE_ORDER_MARK = 0xFEFF;

  private final Path file;
  private final InputStream in;
  private final byte[] buffer = new byte[BUFFER];
  private int at;
  private int end;
  private long bufferOffset; // of buffer[0] in the file

  Utf8Reader(Path file) throws IOException {
    this.file = file;
    in = Files.newInputStream(file);
  }

  @Override
  public int next() throws IOException {
    boolean start = offset() == 0;
    int point = point();
    if (start && point == BYTE_ORDER_MARK) {
      point = point();
    }
    if (point == '\r') {
      if (peek() == '\n') {
        at++;
      }
      return '\n';
    }
    return point;
  }

  private long offset() {
    return bufferOffset + at;
  }

  /** The next byte, 0 to 255, left where it is; {@link #END} after the last. */
  private int peek() throws IOException {
    if (at == end) {
      bufferOffset += end;
      at = 0;
      end = Math.max(0, in.read(buffer));
      if (end == 0) {
        return END;
      }
    }
    return buffer[at] & 0xFF;
  }

  private int point() throws IOException {
    int first = peek();
    if (first < 0x80) { // ASCII, or the end
      at += first == END ? 0 : 1;
      return first;
    }
    long start = offset();
    at++;
    int more = first >= 0xF0 ? 3 : first >= 0xE0 ? 2 : 1;
    if (first < 0xC2 || first > 0xF4) {
      throw malformed(start, first);
    }
    int point = first & (0x3F >> more);
    for (int i = 0; i < more; i++) {
      int next = peek();
      if ((next & 0xC0) != 0x80 || next == END) {
        throw malformed(start, first);
      }
      at++;
      point = (point << 6) | (next & 0x3F);
    }
    boolean longer = point < (more == 1 ? 0x80 : more == 2 ? 0x800 : 0x10000);
    boolean surrogate = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
    if (longer || surrogate || point > Character.MAX_CODE_POINT) {
      throw malformed(start, first);
    }
    return point;
  }

  private IOException malformed(long start, int first) {
    return new IOException(
        file + ": byte " + start + " (0x" + Integer.toHexString(first) + ", counted from 0) begins no character of"
            + " UTF-8; expected text in UTF-8");
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
