package io.github.lstm4j.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The lines of a UTF-8 file that say something, one at a time, and messages that name the line. */
final class NumberedLines implements AutoCloseable {
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private final Path file;
  private final BufferedReader reader;
  private int number;

  NumberedLines(Path file) throws IOException {
    this.file = file;
    if (Files.isDirectory(file)) {
      throw new IllegalArgumentException(file + " is a folder; expected a file");
    }
    // Malformed bytes are replaced: they then fail as what they are not, a number or a class, with their line.
    reader = new BufferedReader(new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8));
  }

  /** The next line that is neither blank nor a comment, without space around it; null at the end. */
  @Nullable String next() throws IOException {
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      number++;
      String text = (number == 1 && line.startsWith(BYTE_ORDER_MARK) ? line.substring(1) : line).strip();
      if (!text.isEmpty() && !text.startsWith("#")) {
        return text;
      }
    }
    return null;
  }

  Path file() {
    return file;
  }

  /** An exception about the latest line. */
  IllegalArgumentException wrong(String message) {
    return new IllegalArgumentException(file + ", line " + number + ": " + message);
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
