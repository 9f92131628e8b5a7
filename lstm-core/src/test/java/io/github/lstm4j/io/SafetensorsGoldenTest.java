package io.github.lstm4j.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lstm4j.testing.SharedData;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that Python wrote: all are read, and written again they are the same bytes but for the metadata's order. */
final class SafetensorsGoldenTest {
  private List<Path> files = List.of();

  @BeforeEach
  void find() throws IOException {
    Path folder = SharedData.golden().orElse(null);
    Assumptions.assumeTrue(folder != null, SharedData.ABSENT);
    if (folder != null) {
      try (Stream<Path> all = Files.list(folder)) {
        files = all.filter(file -> file.toString().endsWith(".safetensors")).sorted().toList();
      }
    }
    assertFalse(files.isEmpty(), "no safetensors files in " + folder);
  }

  @Test
  void allAreRead() throws IOException {
    for (Path file : files) {
      assertTrue(SafetensorsFileReading.readAll(file) > 0, file.toString());
    }
  }

  @Test
  void writtenAgainTheyAreTheSame(@TempDir Path folder) throws IOException {
    Path copy = folder.resolve("copy.safetensors");
    int compared = 0;
    for (Path original : files) {
      try (SafetensorsFile file = SafetensorsFile.open(original)) {
        SafetensorsWriter writer = new SafetensorsWriter();
        file.metadata().forEach(writer::metadata);
        boolean writable = true;
        for (String name : file.names()) {
          TensorInfo info = file.info(name);
          switch (info.dtype()) {
            case F32 -> writer.tensor(name, file.tensor(name));
            case I64 -> writer.indices(name, file.indices(name), info.sizes());
            default -> writable = false;
          }
        }
        if (writable) {
          writer.write(copy);
          assertSame(original, copy);
          compared++;
        }
      }
    }
    assertTrue(compared > 0, "every file holds types that are not written");
  }

  private static void assertSame(Path original, Path copy) throws IOException {
    byte[] expected = Files.readAllBytes(original);
    byte[] actual = Files.readAllBytes(copy);
    int headerBytes = Math.toIntExact(ByteBuffer.wrap(expected).order(ByteOrder.LITTLE_ENDIAN).getLong());
    int data = Long.BYTES + headerBytes;
    assertEquals(tensors(expected, data), tensors(actual, data), original.toString());
    assertArrayEquals(Arrays.copyOf(expected, 8), Arrays.copyOf(actual, 8), original.toString());
    assertArrayEquals(
        Arrays.copyOfRange(expected, data, expected.length),
        Arrays.copyOfRange(actual, data, actual.length),
        original.toString());
  }

  /** The header from the first tensor on: metadata, whose order is random in Python's files, stands before it. */
  private static String tensors(byte[] file, int end) {
    String header = new String(file, Long.BYTES, end - Long.BYTES, StandardCharsets.UTF_8);
    return header.substring(header.indexOf("},") + 2);
  }
}
