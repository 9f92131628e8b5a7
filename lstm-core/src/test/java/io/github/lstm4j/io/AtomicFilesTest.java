package io.github.lstm4j.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AtomicFilesTest {
  private static List<String> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void makesAndReplaces(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("a.csv");
    AtomicFiles.write(file, out -> out.write(text("one")));
    assertEquals("one", Files.readString(file));
    AtomicFiles.write(file, out -> out.write(text("2")));
    assertEquals("2", Files.readString(file));
    assertEquals(List.of("a.csv"), list(folder));
  }

  @Test
  void theBodyMayCloseItsStream(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("a.csv");
    AtomicFiles.write(
        file,
        out -> {
          try (Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8)) {
            writer.write("closed");
          }
        });
    assertEquals("closed", Files.readString(file));
  }

  @Test
  void nothingIsThereBeforeItIsComplete(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("a.csv");
    AtomicFiles.write(
        file,
        out -> {
          out.write(new byte[1 << 20]);
          assertTrue(Files.notExists(file));
        });
    assertEquals(1 << 20, Files.size(file));
  }

  @Test
  void aFailureLeavesEverythingAsItWas(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("a.csv"), "old");
    assertThrows(
        FileNotFoundException.class,
        () ->
            AtomicFiles.write(
                file,
                out -> {
                  out.write(new byte[1 << 20]);
                  throw new FileNotFoundException("on purpose");
                }));
    assertThrows(
        ArithmeticException.class,
        () ->
            AtomicFiles.writeChannel(
                file,
                channel -> {
                  throw new ArithmeticException("on purpose");
                }));
    assertEquals("old", Files.readString(file));
    assertEquals(List.of("a.csv"), list(folder));
  }

  @Test
  void namesATargetThatCannotBe(@TempDir Path folder) throws IOException {
    Path none = folder.resolve("none").resolve("a.csv");
    IOException noFolder = assertThrows(IOException.class, () -> AtomicFiles.write(none, out -> out.write(1)));
    assertEquals(none + ": there is no folder " + none.getParent() + " to write it into", noFolder.getMessage());
    IOException isFolder = assertThrows(IOException.class, () -> AtomicFiles.write(folder, out -> out.write(1)));
    assertEquals(folder + ": this is a folder; expected the name of a file to write", isFolder.getMessage());
    assertEquals(List.of(), list(folder));
  }

  @Test
  void aSymbolicLinkStaysOne(@TempDir Path folder) throws IOException {
    Path real = Files.writeString(folder.resolve("real.csv"), "old");
    Path link = folder.resolve("link.csv");
    try {
      Files.createSymbolicLink(link, real);
    } catch (IOException | UnsupportedOperationException e) {
      Assumptions.abort("this machine makes no symbolic links: " + e);
    }
    AtomicFiles.write(link, out -> out.write(text("new")));
    assertTrue(Files.isSymbolicLink(link));
    assertEquals("new", Files.readString(real));
  }
}
