package io.github.lstm4j.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PicklesTest {
  private static final byte[] ZIP = {'P', 'K', 3, 4, 0, 0, 8, 8, 0, 0};
  private static final byte[] BARE = {(byte) 0x80, 2, (byte) 0x8a, '\n', 'l', (byte) 0xfc, (byte) 0x9c, 'F', '.', '.'};

  private static String refusal(Path file, byte[] content) throws IOException {
    Files.write(file, content);
    return Thrown.message(SafetensorsException.class, () -> SafetensorsFile.open(file).close());
  }

  @ParameterizedTest
  @CsvSource({"model.pt", "model.pth", "model.PT", "model.safetensors", "pytorch_model.bin", "model"})
  void givesTheLineThatConvertsIt(String name, @TempDir Path folder) throws IOException {
    Path file = folder.resolve(name);
    String stem = file.toString().replace('\\', '/').replaceFirst("(?i)\\.(pt|pth)$", "");
    String line =
        "python -c \"import torch, safetensors.torch as s; s.save_file(torch.load('"
            + file.toString().replace('\\', '/') + "', weights_only=True), '" + stem + ".safetensors')\"";
    assertTrue(refusal(file, ZIP).endsWith(line), () -> "expected " + line);
    assertTrue(refusal(file, BARE).endsWith(line), () -> "expected " + line);
  }

  @Test
  void knowsTheExtensionOfACorruptFile(@TempDir Path folder) throws IOException {
    assertTrue(refusal(folder.resolve("cut.pt"), new byte[] {'P'}).contains("this is a PyTorch pickle"));
  }

  @Test
  void printsNoCommandThatAFileNameWrote(@TempDir Path folder) throws IOException {
    String message = refusal(folder.resolve("a');$(touch x);('.pt"), ZIP);
    assertTrue(message.endsWith("(torch.load('model.pt', weights_only=True), 'model.safetensors')\""), message);
  }

  @Test
  void readsSafetensorsUnderAnyExtension(@TempDir Path folder) throws IOException {
    Path path = Files.write(folder.resolve("model.pt"), RawFile.of("{}", 0));
    try (SafetensorsFile file = SafetensorsFile.open(path)) {
      assertEquals(0, file.names().size());
    }
  }

  @Test
  void doesNotTakeAHeaderOf640BytesForAPickle(@TempDir Path folder) throws IOException {
    // 640 is 0x0280, in little-endian order the two bytes that start a pickle of protocol 2.
    byte[] content = RawFile.of("{}" + " ".repeat(638), 0);
    assertEquals((byte) 0x80, content[0]);
    assertEquals(2, content[1]);
    Path path = Files.write(folder.resolve("model.safetensors"), content);
    try (SafetensorsFile file = SafetensorsFile.open(path)) {
      assertEquals(0, file.names().size());
    }
    byte[] text = "just a text".getBytes(StandardCharsets.UTF_8);
    assertTrue(refusal(folder.resolve("notes.txt"), text).contains("is this a safetensors file?"));
  }
}
