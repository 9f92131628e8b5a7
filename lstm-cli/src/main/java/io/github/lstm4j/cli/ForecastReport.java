package io.github.lstm4j.cli;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Writes what a forecast leaves behind: {@code forecast.csv}, pictures of it, and the loss curve. */
final class ForecastReport {
  private ForecastReport() {}

  /** Writes {@code forecast.csv}; returns where it lies. */
  static Path numbers(OutputFolder folder, ForecastResult result) throws IOException {
    return folder.write("forecast.csv", stream -> csv(result, stream));
  }

  /** Draws the forecast, as PNG and SVG, and the loss curve; returns where they lie. Needs {@link Fonts}. */
  static List<Path> pictures(OutputFolder folder, ForecastResult result, LossCurve losses) throws IOException {
    Picture forecast = ForecastPicture.of(result);
    return List.of(
        folder.write("forecast.png", forecast::png),
        folder.write("forecast.svg", forecast::svg),
        folder.write("loss.png", LossPicture.of(losses)::png));
  }

  private static void csv(ForecastResult result, OutputStream stream) throws IOException {
    CsvWriter csv = CsvWriter.builder().build(stream, StandardCharsets.UTF_8);
    csv.writeRecord("date", "actual", "predicted", "lower", "upper");
    for (int i = 0; i < result.predicted().length; i++) {
      int row = result.testStart() + i;
      csv.writeRecord(
          result.labels().get(row),
          Double.toString(result.values()[row]),
          Double.toString(result.predicted()[i]),
          Double.toString(result.lower()[i]),
          Double.toString(result.upper()[i]));
    }
    csv.flush();
  }
}
