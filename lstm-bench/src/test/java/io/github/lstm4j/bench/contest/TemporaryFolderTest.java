package io.github.lstm4j.bench.contest;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A run leaves nothing behind that can be removed. */
class TemporaryFolderTest {
  @Test
  void isGoneWithAllThatIsInIt() throws IOException {
    Path path;
    try (TemporaryFolder folder = new TemporaryFolder()) {
      path = folder.path();
      Files.writeString(path.resolve("a.log"), "said");
      Files.writeString(Files.createDirectory(path.resolve("b")).resolve("c"), "more");
      assertTrue(Files.exists(path.resolve("b/c")));
    }
    assertFalse(Files.exists(path));
  }

  @Test
  void mayBeGoneBefore() throws IOException {
    TemporaryFolder folder = new TemporaryFolder();
    Files.delete(folder.path());
    assertDoesNotThrow(folder::close);
  }
}
