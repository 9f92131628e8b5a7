package io.github.lstm4j.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Safetensors files put together by hand, right and wrong ones. */
final class RawFile {
  private RawFile() {}

  /** A file with a header as it stands and zeros for data. */
  static byte[] of(String header, int dataBytes) {
    return of(header, new byte[dataBytes]);
  }

  static byte[] of(String header, byte[] data) {
    return of(header.getBytes(StandardCharsets.UTF_8), data);
  }

  static byte[] of(byte[] header, byte[] data) {
    return withLength(header.length, header, data);
  }

  /** A file that claims a header length of its own. */
  static byte[] withLength(long headerBytes, byte[] header, byte[] data) {
    return ByteBuffer.allocate(Long.BYTES + header.length + data.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(headerBytes)
        .put(header)
        .put(data)
        .array();
  }

  /** An entry of a header. */
  static String entry(String name, String dtype, String shape, String offsets) {
    return "\"" + name + "\":{\"dtype\":\"" + dtype + "\",\"shape\":" + shape + ",\"data_offsets\":" + offsets + "}";
  }

  /** A header of one tensor named "a". */
  static String one(String dtype, String shape, String offsets) {
    return "{" + entry("a", dtype, shape, offsets) + "}";
  }

  /** Does something with a file of its own, which is gone afterwards. */
  static void use(byte[] content, IoConsumer<Path> body) throws IOException {
    Path file = Files.createTempFile("raw", ".safetensors");
    try {
      Files.write(file, content);
      body.accept(file);
    } finally {
      Files.deleteIfExists(file);
    }
  }
}
