package io.github.lstm4j.cli;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Writes what a forecast leaves behind: {@code forecast.csv}, pictures of it, and the loss curve. */
final class ForecastReport {
  private ForecastReport() {}

  /**
   * Writes the files.
   *
   * @param folder where to
   * @param result the forecast
   * @param losses the training run
   * @return the files, in the order in which they were written
   */
  static List<Path> write(OutputFolder folder, ForecastResult result, LossCurve losses) throws IOException {
    List<Path> files = new ArrayList<>();
    files.add(folder.write("forecast.csv", stream -> csv(result, stream)));
    Picture forecast = ForecastPicture.of(result);
    files.add(folder.write("forecast.png", forecast::png));
    files.add(folder.write("forecast.svg", forecast::svg));
    files.add(folder.write("loss.png", LossPicture.of(losses)::png));
    return files;
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
