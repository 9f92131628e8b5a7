package io.github.lstm4j.io;

import static io.github.lstm4j.io.RawFile.one;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a file claims costs nothing before it is checked. */
final class SafetensorsMemoryTest {
  /** Far above what opening a tiny file takes, far below the smallest of the claims, in bytes. */
  private static final long FEW = 1 << 20;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  static Stream<Arguments> claims() {
    byte[] brace = {'{', '}'};
    return Stream.of(
        Arguments.of("a header of 16 MB", RawFile.withLength(16 << 20, brace, new byte[0])),
        Arguments.of("a header of 2^62 bytes", RawFile.withLength(1L << 62, brace, new byte[0])),
        Arguments.of("2^30 floats", RawFile.of(one("F32", "[1073741824]", "[0,4294967296]"), 4)),
        Arguments.of("2^60 floats", RawFile.of(one("F32", "[1152921504606846976]", "[0,4611686018427387904]"), 4)),
        Arguments.of("2^31 x 2^31 bytes", RawFile.of(one("U8", "[2147483648,2147483648]", "[0,4]"), 4)),
        Arguments.of("a long shape", RawFile.of(one("U8", "[" + "1,".repeat(10_000) + "1]", "[0,1]"), 1)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("claims")
  void refusesWithoutAllocating(String what, byte[] content, @TempDir Path folder) throws IOException {
    Path file = Files.write(folder.resolve("claim.safetensors"), content);
    // The first time loads classes.
    assertThrows(SafetensorsException.class, () -> SafetensorsFile.open(file).close(), what);
    long before = THREADS.getCurrentThreadAllocatedBytes();
    assertThrows(SafetensorsException.class, () -> SafetensorsFile.open(file).close(), what);
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
    assertTrue(allocated < FEW, () -> what + " allocated " + allocated + " bytes");
  }

  @Test
  void opensALargeFileWithoutReadingIt(@TempDir Path folder) throws IOException {
    Path path = folder.resolve("large.safetensors");
    long bytes = 3L << 30;
    byte[] start = RawFile.of("{" + RawFile.entry("a", "F32", "[" + bytes / 4 + "]", "[0," + bytes + "]") + "}", 0);
    try (RandomAccessFile sparse = new RandomAccessFile(path.toFile(), "rw")) {
      sparse.write(start);
      sparse.setLength(start.length + bytes);
    }
    SafetensorsFile.open(path).close(); // the first time loads classes
    long before = THREADS.getCurrentThreadAllocatedBytes();
    try (SafetensorsFile file = SafetensorsFile.open(path)) {
      assertTrue(file.info("a").elements() == bytes / 4, () -> file.toString());
    }
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
    assertTrue(allocated < FEW, () -> allocated + " bytes");
  }
}
