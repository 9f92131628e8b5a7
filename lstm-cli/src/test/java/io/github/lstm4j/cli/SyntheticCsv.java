package io.github.lstm4j.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.IntFunction;

/** Small files of days with a weekly season, noise and a second column that runs a day ahead of the first. */
final class SyntheticCsv {
  static final int ROWS = 150;

  private SyntheticCsv() {}

  /** Writes {@code date,v,w}. */
  static Path write(Path file) throws IOException {
    Random random = new Random(7);
    double[] noise = random.doubles(ROWS + 1, -1, 1).toArray();
    return write(file, row -> number(value(row, noise)) + "," + number(noise[row + 1]));
  }

  /** Writes {@code date,v} with a value, as text, for each row from 0. */
  static Path column(Path file, IntFunction<String> value) throws IOException {
    List<String> lines = new ArrayList<>(List.of("date,v"));
    for (int row = 0; row < ROWS; row++) {
      lines.add(date(row) + "," + value.apply(row));
    }
    return Files.write(file, lines);
  }

  static String date(int row) {
    return java.time.LocalDate.of(2024, 1, 1).plusDays(row).toString();
  }

  private static Path write(Path file, IntFunction<String> fields) throws IOException {
    List<String> lines = new ArrayList<>(List.of("date,v,w"));
    for (int row = 0; row < ROWS; row++) {
      lines.add(date(row) + "," + fields.apply(row));
    }
    return Files.write(file, lines);
  }

  private static double value(int row, double[] noise) {
    return 20 + 5 * Math.sin(2 * Math.PI * row / 7) + 2 * noise[row];
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }
}
