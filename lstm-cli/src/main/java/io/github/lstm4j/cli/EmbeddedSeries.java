package io.github.lstm4j.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The series that serves where no {@code --csv} is given: 3,177 monthly sunspot numbers, 1749 to 2013. */
final class EmbeddedSeries {
  private static final String RESOURCE = "sunspots-monthly.csv";

  private EmbeddedSeries() {}

  /** Reads the series; its column is called "sunspots". */
  static CsvSeries sunspots() throws IOException {
    InputStream stream = EmbeddedSeries.class.getResourceAsStream(RESOURCE);
    if (stream == null) {
      throw new IOException("the resource " + RESOURCE + " is missing from the jar; expected it beside "
          + EmbeddedSeries.class.getName());
    }
    try (InputStreamReader text = new InputStreamReader(stream, StandardCharsets.UTF_8)) {
      CsvSeries read = CsvSeries.of(CsvTable.read("the embedded sunspot series", text), "value", List.of(), "date");
      return new CsvSeries(read.source(), List.of("sunspots"), read.rows(), read.labels());
    }
  }
}
