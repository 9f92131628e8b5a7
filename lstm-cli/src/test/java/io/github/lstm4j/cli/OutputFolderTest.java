package io.github.lstm4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFolderTest {
  @Test
  void aFailureKeepsTheOldFileAndLeavesNothing(@TempDir Path path) throws IOException {
    OutputFolder folder = OutputFolder.check(path);
    folder.write("x.txt", stream -> stream.write("old".getBytes(StandardCharsets.UTF_8)));
    assertThrows(
        IOException.class,
        () ->
            folder.write(
                "x.txt",
                stream -> {
                  stream.write("new, but only a ha".getBytes(StandardCharsets.UTF_8));
                  throw new IOException("disk full");
                }));
    assertEquals("old", Files.readString(path.resolve("x.txt")));
    try (Stream<Path> files = Files.list(path)) {
      assertEquals(List.of(path.resolve("x.txt")), files.toList());
    }
  }

  @Test
  void foldersAreMade(@TempDir Path path) throws IOException {
    Path made = path.resolve("a/b c");
    OutputFolder folder = OutputFolder.check(made);
    assertFalse(Files.exists(path.resolve("a")), "a check leaves nothing");
    folder.write("x", stream -> stream.write(1));
    assertEquals(1, Files.size(made.resolve("x")));
  }
}
