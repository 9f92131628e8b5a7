package io.github.lstm4j.forecast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The published baselines on real series, where the folder shared/data/series lies beside a folder above this one. */
class RecordedSeriesTest {
  /** The tolerance is half a unit of the last digit that was published. */
  @ParameterizedTest
  @CsvSource({
    "sunspots-monthly.csv, 635, 132, 18.06, 44.52, 16.24, 0.005, 0.005",
    "air-passengers.csv, 48, 12, 48.04, 41.85, 13.79, 0.005, 0.005",
    "daily-min-temperatures.csv, 365, 365, 2.58, 3.65, 2.26, 0.005, 0.005",
    "co2-monthly.csv, 93, 12, 1.33, 1.50, 0.395, 0.005, 0.0005",
    "eu-stock-markets.csv, 372, 5, 62.99, 138.80, 64.61, 0.005, 0.005",
  })
  void rmse(
      String file, int tail, int period, double persistence, double seasonal, double autoregression, double digit,
      double digitOfAutoregression)
      throws IOException {
    double[] values = read(file);
    int from = values.length - tail;
    assertEquals(persistence, rmse(new Persistence(), values, from), digit);
    assertEquals(seasonal, rmse(new SeasonalNaive(period), values, from), digit);
    Forecaster fitted = Autoregression.fit(Arrays.copyOf(values, from), 24);
    assertEquals(autoregression, rmse(fitted, values, from), digitOfAutoregression);
  }

  private static double rmse(Forecaster forecaster, double[] values, int from) {
    return Accuracy.rmse(forecaster.predictTail(values, from), Arrays.copyOfRange(values, from, values.length));
  }

  /** The second column. */
  private static double[] read(String file) throws IOException {
    Path folder = find(Path.of("").toAbsolutePath());
    assumeTrue(folder != null, "no folder shared/data/series above the working directory: skipped");
    return Files.readAllLines(folder.resolve(file)).stream()
        .skip(1)
        .mapToDouble(line -> Double.parseDouble(line.split(",", -1)[1]))
        .toArray();
  }

  private static @Nullable Path find(@Nullable Path start) {
    for (Path above = start; above != null; above = above.getParent()) {
      Path series = above.resolve("shared/data/series");
      if (Files.isDirectory(series)) {
        return series;
      }
    }
    return null;
  }
}
