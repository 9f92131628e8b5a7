package io.github.lstm4j.cli;

import io.github.lstm4j.cli.ScoreTable.Score;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Stands in for the network: forecasts that are the truth with noise, and losses that fall as losses do. */
final class SyntheticForecaster implements ForecastEngine {
  private static final double STANDARD_NORMAL_95 = 1.645;

  @Override
  public Outcome forecast(Request request, Progress progress) {
    double[] values = request.series().target();
    int test = request.data().testRows(values.length);
    Random random = new Random(request.training().seed);
    double size = spread(values) * 0.25;
    double[] predicted = new double[test];
    double[] lower = new double[test];
    double[] upper = new double[test];
    double[] squares = new double[test];
    double[] persistence = new double[test];
    for (int i = 0; i < test; i++) {
      int row = values.length - test + i;
      predicted[i] = 0.6 * values[row] + 0.4 * values[row - 1] + 0.5 * size * random.nextGaussian();
      lower[i] = predicted[i] - STANDARD_NORMAL_95 * size;
      upper[i] = predicted[i] + STANDARD_NORMAL_95 * size;
      squares[i] = Math.pow(predicted[i] - values[row], 2);
      persistence[i] = Math.pow(values[row - 1] - values[row], 2);
    }
    int epochs = Math.min(60, request.training().epochs);
    double[] training = new double[epochs];
    double[] validation = new double[epochs];
    progress.begin("seed 1", epochs);
    for (int e = 0; e < epochs; e++) {
      training[e] = 0.12 + 0.9 * Math.exp(-e / 6.0) * (1 + 0.05 * random.nextGaussian());
      validation[e] = 0.16 + 0.8 * Math.exp(-e / 7.0) + 0.0006 * e + 0.008 * Math.abs(random.nextGaussian());
      progress.epoch(e + 1, training[e], validation[e]);
    }
    progress.end();
    ScoreTable scores =
        new ScoreTable(
            score("network", 1, squares),
            List.of(
                score(ScoreTable.PERSISTENCE, 1, persistence),
                score("seasonal naive", 1.4, persistence),
                score("autoregression", 0.9, persistence)),
            test);
    ForecastResult result =
        new ForecastResult(
            request.series().names().getFirst(), request.series().labels(), values, predicted, lower, upper,
            request.interval());
    return new Outcome(
        result, new LossCurve(training, validation), scores, List.of("Mean RMSE over 5 seeds: 16.10"),
        file -> Files.write(file, "model".getBytes(StandardCharsets.UTF_8)));
  }

  /** A score whose errors are those of others, so many times as large. */
  static Score score(String name, double times, double[] squares) {
    double[] larger = Arrays.stream(squares).map(square -> times * times * square).toArray();
    return new Score(name, Math.sqrt(Arrays.stream(larger).average().orElse(0)), larger);
  }

  private static double spread(double[] values) {
    double mean = Arrays.stream(values).average().orElse(0);
    return Math.sqrt(Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElse(0));
  }

  /** Engines whose forecaster is this one. */
  static Engines engines() {
    Engines standard = Engines.standard();
    return new Engines(new SyntheticForecaster(), standard.layerRunner(), standard.modelFiles());
  }

  /** A forecast of the embedded series. */
  static ForecastResult sunspots() throws IOException {
    Request request = new Request(EmbeddedSeries.sunspots(), new DataOptions(), new TrainingOptions(), 0.9);
    PrintStream silence = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    try (Progress silent = new Progress.Lines(silence)) {
      return new SyntheticForecaster().forecast(request, silent).result();
    }
  }
}
