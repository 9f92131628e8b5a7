package io.github.lstm4j.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CsvSeriesTest {
  private static CsvSeries read(String text, @Nullable String column, String... features) throws IOException {
    return CsvSeries.of(CsvTable.read("x.csv", new StringReader(text)), column, List.of(features), null);
  }

  @Test
  void quotedFieldsByteOrderMarkAndMissingValues() throws IOException {
    CsvSeries series = read("\uFEFFDate,\"a, b\",c\n2020-01,\"1.5\",NA\n2020-02,,-2e3\n\n2020-03,.5,nan\n", "a, b",
        "c");
    assertEquals(List.of("a, b", "c"), series.names());
    assertEquals(List.of("2020-01", "2020-02", "2020-03"), series.labels());
    assertArrayEquals(new double[] {1.5, Double.NaN}, series.rows()[0]);
    assertArrayEquals(new double[] {Double.NaN, -2000}, series.rows()[1]);
    assertArrayEquals(new double[] {0.5, Double.NaN}, series.rows()[2]);
  }

  @Test
  void semicolonsTabsAndWindowsLineEnds() throws IOException {
    assertArrayEquals(new double[] {1, 2}, read("day;v\r\na;1\r\nb;2\r\n", null).target());
    assertArrayEquals(new double[] {1, 2}, read("day\tv\na\t1\nb\t2", null).target());
  }

  @Test
  void oneColumnKeepsGapsAndNumbersItsRows() throws IOException {
    CsvSeries series = read("v\n1\n\n3\n\n\n", null);
    assertArrayEquals(new double[] {1, Double.NaN, 3}, series.target());
    assertEquals(List.of("1", "2", "3"), series.labels());
  }

  @Test
  void aFirstColumnOfTextIsTheLabel() throws IOException {
    assertEquals(List.of("mon", "tue"), read("weekday,v\nmon,1\ntue,2\n", "v").labels());
  }

  @Test
  void theEmbeddedSeriesIsWhole() throws IOException {
    CsvSeries series = EmbeddedSeries.sunspots();
    assertEquals(3177, series.rows().length);
    assertEquals(58, series.rows()[0][0]);
    assertEquals("2013-09", series.labels().getLast());
  }

  static Stream<Arguments> badFiles() {
    return Stream.of(
        arguments("", null, "x.csv is empty; expected a header line and rows of numbers"),
        arguments("\n\n", null, "x.csv is empty; expected a header line and rows of numbers"),
        arguments("date,v\n", null, "x.csv has a header and no rows; expected rows of numbers below it"),
        arguments("date,v\na,1\n", "w", "--column 'w': x.csv has no such column; it has date, v"),
        arguments(
            "date,v\na,1\nb,ten\n", null,
            "x.csv, line 3, column 'v': 'ten' is not a number; expected one such as 12.5, or empty, NA or NaN for a"
                + " missing"
                + " value"),
        arguments(
            "date,v\na,1e999\n", null,
            "x.csv, line 2, column 'v': '1e999' is not a number; expected one such as 12.5, or empty, NA or NaN for"
                + " a missing"
                + " value"),
        arguments(
            "date,v\na,Infinity\n", "v",
            "x.csv, line 2, column 'v': 'Infinity' is not a number; expected one such as 12.5, or empty, NA or NaN"
                + " for a"
                + " missing value"),
        arguments("date,v\na,1\nb\n", null, "x.csv, line 3: 1 field; expected 2 as in the header"),
        arguments("date,v\na,1,2\n", null, "x.csv, line 2: 3 fields; expected 2 as in the header"),
        arguments("v,date,v\n1,a,2\n", null, "x.csv: the header names the column 'v' twice; expected different names"),
        arguments(
            "date,\na,1\n", null, "x.csv: column 2 has no name in the header; expected a name for every column"),
        arguments(
            "1,2\n3,4\n", null, "x.csv: the first line holds numbers (1, 2); expected a header of column names"),
        arguments("date,v,w\na,1,2\n", null, "--column is missing: x.csv has several columns; expected one of v, w"),
        arguments("date\na\n", null, "x.csv has no column left to forecast; its columns are date"),
        arguments(
            "date,v\na,\"1\n", null, "x.csv is not well-formed CSV: "));
  }

  @ParameterizedTest
  @MethodSource("badFiles")
  void badFilesAreNamed(String text, @Nullable String column, String message) {
    var e = assertThrows(IllegalArgumentException.class, () -> read(text, column));
    String said = String.valueOf(e.getMessage());
    assertEquals(message, said.substring(0, Math.min(message.length(), said.length())));
  }

  @Test
  void columnsMayBeNamedOnce() {
    var e = assertThrows(IllegalArgumentException.class, () -> read("date,v,w\na,1,2\n", "v", "v"));
    assertEquals("--features 'v': the column is named already; expected each column once", e.getMessage());
  }

  @Test
  void aFolderIsNoFile(@TempDir Path folder) {
    var e = assertThrows(IllegalArgumentException.class, () -> CsvTable.read(folder));
    assertEquals(folder + " is a folder; expected a CSV file", e.getMessage());
  }

  @Test
  void bytesThatAreNoTextAreNamedByLine(@TempDir Path folder) throws IOException {
    byte[] text = "date,v\na,1\nb,?\n".getBytes(StandardCharsets.UTF_8);
    text[text.length - 2] = (byte) 0xff;
    Path file = Files.write(folder.resolve("x.csv"), text);
    CsvTable table = CsvTable.read(file);
    var e = assertThrows(IllegalArgumentException.class, () -> CsvSeries.of(table, "v", List.of(), null));
    assertTrue(String.valueOf(e.getMessage()).startsWith(file + ", line 3, column 'v': '"), e.getMessage());
  }
}
