package io.github.lstm4j.cli;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A CSV file as text: a header and rows of as many fields as the header has.
 *
 * @param source what messages call the file
 * @param header the column names, each once
 * @param rows the fields
 * @param lines the line of the file where each row starts, counted from 1
 */
public record CsvTable(String source, List<String> header, List<List<String>> rows, List<Long> lines) {
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  /**
   * Reads a file of UTF-8 text whose fields are separated by commas, semicolons or tabs.
   *
   * @param file the file
   * @return its header and rows
   * @throws IOException if it can't be read
   * @throws IllegalArgumentException if it is empty or not well-formed (the message names the line)
   */
  public static CsvTable read(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new IllegalArgumentException(file + " is a folder; expected a CSV file");
    }
    // A reader of this kind replaces malformed bytes; Files.newBufferedReader would end in an exception without a line.
    try (Reader text = new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8)) {
      return read(file.toString(), text);
    }
  }

  /** Reads text; {@code source} is what messages call it. */
  static CsvTable read(String source, Reader text) throws IOException {
    BufferedReader buffered = new BufferedReader(text);
    buffered.mark(1);
    if (buffered.read() != BYTE_ORDER_MARK) {
      buffered.reset();
    }
    char separator = separator(buffered);
    try (CsvReader<CsvRecord> records =
        CsvReader.builder()
            .fieldSeparator(separator)
            .skipEmptyLines(false)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .allowUnclosedQuote(false)
            .ofCsvRecord(buffered)) {
      return collect(source, records);
    } catch (CsvParseException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new IllegalArgumentException(source + " is not well-formed CSV: " + cause.getMessage(), e);
    }
  }

  private static CsvTable collect(String source, Iterable<CsvRecord> records) {
    List<String> header = List.of();
    List<List<String>> rows = new ArrayList<>();
    List<Long> lines = new ArrayList<>();
    for (CsvRecord row : records) {
      boolean blank = row.getFieldCount() == 1 && row.getField(0).isBlank();
      if (header.isEmpty()) {
        if (!blank) {
          header = header(source, row);
        }
      } else if (!blank || header.size() == 1) {
        if (row.getFieldCount() != header.size()) {
          throw new IllegalArgumentException(
              source + ", line " + row.getStartingLineNumber() + ": " + fields(row.getFieldCount())
                  + "; expected " + header.size() + " as in the header");
        }
        rows.add(row.getFields().stream().map(String::strip).toList());
        lines.add(row.getStartingLineNumber());
      }
    }
    if (header.isEmpty()) {
      throw new IllegalArgumentException(source + " is empty; expected a header line and rows of numbers");
    }
    // In a file of one column a blank line is a missing value, but not at the end.
    while (!rows.isEmpty() && header.size() == 1 && rows.getLast().getFirst().isEmpty()) {
      rows.removeLast();
      lines.removeLast();
    }
    if (rows.isEmpty()) {
      throw new IllegalArgumentException(source + " has a header and no rows; expected rows of numbers below it");
    }
    return new CsvTable(source, header, rows, lines);
  }

  private static List<String> header(String source, CsvRecord row) {
    List<String> names = row.getFields().stream().map(String::strip).toList();
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < names.size(); i++) {
      if (names.get(i).isEmpty() && i > 0) {
        throw new IllegalArgumentException(
            source + ": column " + (i + 1) + " has no name in the header; expected a name for every column");
      }
      if (!seen.add(names.get(i))) {
        throw new IllegalArgumentException(
            source + ": the header names the column '" + names.get(i) + "' twice; expected different names");
      }
    }
    if (names.stream().allMatch(CsvSeries::isNumber)) {
      throw new IllegalArgumentException(
          source + ": the first line holds numbers (" + String.join(", ", names)
              + "); expected a header of column names");
    }
    return names;
  }

  /** The candidate that the first line holds most often outside quotes; a comma where it holds none. */
  private static char separator(BufferedReader text) throws IOException {
    int peek = 1 << 16;
    text.mark(peek);
    int[] counts = new int[3];
    String candidates = ",;\t";
    boolean quoted = false;
    for (int i = 0; i < peek; i++) {
      int c = text.read();
      if (c < 0 || (!quoted && c == '\n')) {
        break;
      }
      if (c == '"') {
        quoted = !quoted;
      } else if (!quoted && candidates.indexOf(c) >= 0) {
        counts[candidates.indexOf(c)]++;
      }
    }
    text.reset();
    int best = 0;
    for (int i = 1; i < counts.length; i++) {
      best = counts[i] > counts[best] ? i : best;
    }
    return candidates.charAt(best);
  }

  private static String fields(int count) {
    return count == 1 ? "1 field" : count + " fields";
  }

  /**
   * The position of a column.
   *
   * @param option the option that asked for it
   * @param name the column's name
   * @return its index
   * @throws IllegalArgumentException if there is none
   */
  public int column(String option, String name) {
    int at = header.indexOf(name);
    if (at < 0) {
      throw new IllegalArgumentException(
          option + " '" + name + "': " + source + " has no such column; it has " + String.join(", ", header));
    }
    return at;
  }
}
