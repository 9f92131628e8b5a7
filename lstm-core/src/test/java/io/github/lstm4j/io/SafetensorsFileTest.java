package io.github.lstm4j.io;

import static io.github.lstm4j.io.RawFile.entry;
import static io.github.lstm4j.io.RawFile.one;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lstm4j.memory.Matrix;
import io.github.lstm4j.memory.Memory;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Names, tied names and what is said about those that are not there. */
final class SafetensorsFileTest {
  private static final byte[] MODEL =
      RawFile.of(
          "{\"__metadata__\":{\"head.weight\":\"embedding.weight\",\"format\":\"pt\"},"
              + entry("rnn.weight_ih_l0", "F32", "[1]", "[8,12]") + ","
              + entry("embedding.weight", "F32", "[2,1]", "[0,8]") + "}",
          12);

  @Test
  void namesComeInTheOrderOfTheirData() throws IOException {
    RawFile.use(
        MODEL,
        path -> {
          try (SafetensorsFile file = SafetensorsFile.open(path)) {
            assertEquals(List.of("embedding.weight", "rnn.weight_ih_l0"), file.names());
          }
        });
  }

  @Test
  void resolvesTiedNames() throws IOException {
    RawFile.use(
        MODEL,
        path -> {
          try (SafetensorsFile file = SafetensorsFile.open(path)) {
            assertEquals(Map.of("head.weight", "embedding.weight"), file.tied());
            assertTrue(file.contains("head.weight"));
            assertFalse(file.contains("format"));
            assertEquals("embedding.weight", file.info("head.weight").name());
            assertArrayEquals(new int[] {2, 1}, file.tensor("head.weight").shape());
          }
        });
  }

  private static String missing(SafetensorsFile file, String name) {
    return Thrown.message(SafetensorsException.class, () -> file.info(name));
  }

  @Test
  void listsNamesThatAreNear() throws IOException {
    RawFile.use(
        MODEL,
        path -> {
          try (SafetensorsFile file = SafetensorsFile.open(path)) {
            String near = path + ": there is no tensor 'weight_ih_l0'; did you mean 'rnn.weight_ih_l0'?";
            assertEquals(near, missing(file, "weight_ih_l0"));
            assertTrue(missing(file, "embeding.weigth").endsWith("did you mean 'embedding.weight'?"));
            assertTrue(missing(file, "Embedding.Weight").endsWith("did you mean 'embedding.weight'?"));
            assertTrue(missing(file, "x").endsWith("the file holds 'embedding.weight', 'rnn.weight_ih_l0'"));
            assertTrue(missing(file, "x".repeat(5000)).endsWith("holds 'embedding.weight', 'rnn.weight_ih_l0'"));
          }
        });
    RawFile.use(
        RawFile.of("{}", 0),
        path -> {
          try (SafetensorsFile file = SafetensorsFile.open(path)) {
            assertTrue(missing(file, "x").endsWith("the file holds no tensors"));
          }
        });
  }

  @Test
  void readIntoAMatrixOfAnotherSizeReadsNothing() throws IOException {
    RawFile.use(
        MODEL,
        path -> {
          try (SafetensorsFile file = SafetensorsFile.open(path);
              Memory memory = Memory.unlimited("test")) {
            Matrix target = memory.matrix(1, 3);
            target.fill(7f);
            var thrown = assertThrows(IllegalArgumentException.class, () -> file.read("embedding.weight", target));
            assertEquals(
                "tensor 'embedding.weight' has shape [2, 1], 2 elements; expected 3 for a matrix [1, 3]",
                thrown.getMessage());
            assertArrayEquals(new float[] {7f, 7f, 7f}, target.toArray());
          }
        });
  }

  @Test
  void sizesPastAnArrayAreRefusedOnlyWhenRead() throws IOException {
    RawFile.use(
        RawFile.of(one("F32", "[2147483648,0]", "[0,0]"), 0),
        path -> {
          try (SafetensorsFile file = SafetensorsFile.open(path)) {
            assertEquals(0, file.info("a").elements());
            String message = Thrown.message(SafetensorsException.class, () -> file.tensor("a"));
            assertTrue(message.endsWith("tensor 'a' of shape [2147483648, 0] is too large for an array"), message);
          }
        });
  }

  @Test
  void useAfterCloseIsAnException() throws IOException {
    RawFile.use(
        MODEL,
        path -> {
          SafetensorsFile file = SafetensorsFile.open(path);
          file.close();
          file.close();
          assertThrows(IllegalStateException.class, () -> file.tensor("embedding.weight"));
        });
  }
}
