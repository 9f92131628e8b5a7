package io.github.lstm4j.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lstm4j.memory.Matrix;
import io.github.lstm4j.memory.Memory;
import io.github.lstm4j.memory.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The bytes that are written, and what is refused. */
final class SafetensorsWriterTest {
  private static final Tensor ONE = Tensor.of(new float[] {1f});

  private static String header(Path file) throws IOException {
    ByteBuffer content = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    byte[] header = new byte[Math.toIntExact(content.getLong())];
    content.get(header);
    assertEquals(0, header.length % 8);
    return new String(header, StandardCharsets.UTF_8);
  }

  @Test
  void ordersAndEscapesAsTheReferenceWriterDoes(@TempDir Path folder) throws IOException {
    // The expected header is what Python's safetensors 0.8.0 writes for the same dictionary, "d" (F64) left out.
    String smile = new String(Character.toChars(0x1F600));
    Path file = folder.resolve("order.safetensors");
    new SafetensorsWriter()
        .tensor("b", Tensor.zeros(2))
        .indices("a", new long[] {0, 0})
        .tensor("é" + smile, Tensor.of(new float[1]))
        .tensor("\ufb01", Tensor.zeros(0, 3))
        .tensor(smile, Tensor.zeros(0))
        .tensor("q\"\\\n\u0001\u007f\u001f\u2028", Tensor.zeros(1))
        .write(file);
    assertEquals(
        "{\"a\":{\"dtype\":\"I64\",\"shape\":[2],\"data_offsets\":[0,16]},"
            + "\"b\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[16,24]},"
            + "\"q\\\"\\\\\\n\\u0001\u007f\\u001f\u2028\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[24,28]},"
            + "\"é" + smile + "\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[28,32]},"
            // By code point, not by UTF-16 unit, in which the smile would come first.
            + "\"\ufb01\":{\"dtype\":\"F32\",\"shape\":[0,3],\"data_offsets\":[32,32]},"
            + "\"" + smile + "\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[32,32]}}",
        header(file).stripTrailing());
  }

  @Test
  void writesLittleEndianAfterAPaddedHeader(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("bytes.safetensors");
    new SafetensorsWriter().tensor("x", Tensor.of(new float[] {1.5f, -0f}, 2)).metadata("k", "v").write(file);
    String header = "{\"__metadata__\":{\"k\":\"v\"},\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}} ";
    byte[] data = {0, 0, (byte) 0xc0, 0x3f, 0, 0, 0, (byte) 0x80};
    assertArrayEquals(RawFile.of(header, data), Files.readAllBytes(file));
    new SafetensorsWriter().write(file);
    assertArrayEquals(RawFile.of("{}      ", 0), Files.readAllBytes(file));
  }

  @Test
  void keepsTiedNames(@TempDir Path folder) throws IOException {
    Path path = folder.resolve("tied.safetensors");
    new SafetensorsWriter().tied("head.weight", "embedding.weight").tensor("embedding.weight", ONE).write(path);
    try (SafetensorsFile file = SafetensorsFile.open(path)) {
      assertEquals(Map.of("head.weight", "embedding.weight"), file.tied());
      assertArrayEquals(new float[] {1f}, file.tensor("head.weight").data());
    }
  }

  private static Arguments row(String message, Executable refused) {
    return Arguments.of(message, refused);
  }

  static Stream<Arguments> refusals() {
    SafetensorsWriter taken = new SafetensorsWriter().tensor("a", ONE).metadata("k", "v").tied("t", "a");
    Path nowhere = Path.of("never-written.safetensors");
    return Stream.of(
        row("tensor 'a' is there already", () -> taken.indices("a", new long[0])),
        row("metadata 'k' is there already", () -> taken.metadata("k", "w")),
        row("'t' is tied already", () -> taken.tied("t", "a")),
        row("no tensor can be named __metadata__", () -> taken.tensor("__metadata__", ONE)),
        row("is longer than 1024 bytes", () -> taken.tensor("é".repeat(513), ONE)),
        row("the name '\\ud800' has half a surrogate pair", () -> taken.tensor("\ud800", ONE)),
        row("the value of metadata 'm' '\\udc00' has half", () -> taken.metadata("m", "\udc00")),
        row("tensor 'r' has 9 dimensions; expected at most 8",
            () -> taken.tensor("r", Tensor.of(new float[1], 1, 1, 1, 1, 1, 1, 1, 1, 1))),
        row("tensor 'i' has 2 elements; shape [3] expects 3", () -> taken.indices("i", new long[2], 3)),
        row("tensor 'i' has 2 elements; shape [] expects 1", () -> taken.indices("i", new long[2], new int[0])),
        row("tensor 'i': shape [-1, -2] has a size that is negative", () -> taken.indices("i", new long[2], -1, -2)),
        row("'x' is tied to 'y', which is no tensor of this file",
            () -> new SafetensorsWriter().tied("x", "y").write(nowhere)),
        row("'x' is tied to 'y' and also a tensor or metadata of its own",
            () -> new SafetensorsWriter().tied("x", "y").tensor("x", ONE).tensor("y", ONE).write(nowhere)),
        row("the header has 16777248 bytes; expected at most 16777216",
            () -> new SafetensorsWriter().metadata("k", "v".repeat(16 << 20)).write(nowhere)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refusals")
  void refuses(String message, Executable refused) {
    String actual = Thrown.message(IllegalArgumentException.class, refused);
    assertTrue(actual.contains(message), () -> "expected '" + message + "' in: " + actual);
    assertTrue(Files.notExists(Path.of("never-written.safetensors")));
  }

  @Test
  void aMatrixMayBeAScalar(@TempDir Path folder) throws IOException {
    Path path = folder.resolve("scalar.safetensors");
    try (Memory memory = Memory.unlimited("test")) {
      Matrix one = memory.matrix(1, 1);
      new SafetensorsWriter().tensor("scalar", one, new int[0]).tensor("matrix", one).write(path);
    }
    try (SafetensorsFile file = SafetensorsFile.open(path)) {
      assertEquals(0, file.info("scalar").rank());
      assertEquals(2, file.info("matrix").rank());
    }
  }

  @Test
  void aFailingWriteLeavesTheOldFile(@TempDir Path folder) throws IOException {
    Path path = folder.resolve("model.safetensors");
    new SafetensorsWriter().tensor("a", ONE).write(path);
    byte[] old = Files.readAllBytes(path);
    SafetensorsWriter writer;
    try (Memory memory = Memory.unlimited("closed before the write")) {
      writer = new SafetensorsWriter().tensor("a", Tensor.zeros(100_000)).tensor("b", memory.matrix(2, 2));
    }
    // The first tensor fits no chunk, so part of the file has been written when the second one fails.
    assertThrows(IllegalStateException.class, () -> writer.write(path));
    assertArrayEquals(old, Files.readAllBytes(path));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(1, files.count());
    }
  }
}
