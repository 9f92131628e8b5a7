package io.github.lstm4j.cli;

import io.github.lstm4j.cli.ScoreTable.Score;
import io.github.lstm4j.data.Scaling;
import io.github.lstm4j.data.Series;
import io.github.lstm4j.forecast.Accuracy;
import io.github.lstm4j.forecast.Autoregression;
import io.github.lstm4j.forecast.Persistence;
import io.github.lstm4j.forecast.PredictionInterval;
import io.github.lstm4j.forecast.SeasonalNaive;
import io.github.lstm4j.model.SequenceModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Forecasts with a recurrent network. For each seed: train on the training part and find, on the validation part, the
 * number of epochs that forecasts best; train anew on both for as many epochs; forecast the tail, which nothing has
 * looked at before.
 */
final class NetworkForecaster implements ForecastEngine {
  /** The past values that the least-squares autoregression reads: two years of months, a day of hours. */
  private static final int ORDER = 24;

  @Override
  public Outcome forecast(Request request, Progress progress) {
    CsvSeries csv = request.series();
    Parts parts = new Parts(Series.of(csv.names(), csv.rows()), request);
    List<SeedRun> runs = new ArrayList<>();
    for (int i = 0; i < request.training().seeds; i++) {
      long seed = request.training().seed + i;
      runs.add(SeedRun.of(parts, seed, "seed " + seed, progress));
    }
    return outcome(parts, csv.labels(), runs);
  }

  static Scaling scaling(Choices.Scaling choice) {
    return switch (choice) {
      case NONE -> Scaling.NONE;
      case STANDARD -> Scaling.STANDARD;
      case MINMAX -> Scaling.MIN_MAX;
    };
  }

  /** The series and where its parts begin: [0, validation) to train on, [validation, test), [test, rows). */
  record Parts(Series series, Request request) {
    String column() {
      return series.names().getFirst();
    }

    double[] values() {
      return series.column(column());
    }

    int test() {
      return series.rows() - request.data().testRows(series.rows());
    }

    int validation() {
      return test() - request.data().validationRows(series.rows());
    }

    /** All before the tail: what training and validation see. */
    Series head() {
      return series.slice(0, test());
    }

    double[] tail() {
      return Arrays.copyOfRange(values(), test(), series.rows());
    }
  }

  private static Outcome outcome(Parts parts, List<String> labels, List<SeedRun> runs) {
    SeedRun first = runs.getFirst();
    double[] tail = parts.tail();
    double level = parts.request().interval();
    Interval interval = interval(first, level);
    ForecastResult result =
        new ForecastResult(
            parts.column(), labels, parts.values(), first.predicted(), interval.lower(), interval.upper(), level);
    double[] errors = runs.stream().mapToDouble(run -> Accuracy.rmse(run.predicted(), tail)).toArray();
    double mean = Arrays.stream(errors).average().orElseThrow();
    String cell = parts.request().training().cell.name();
    String name = runs.size() == 1 ? cell : cell + ", mean of " + runs.size() + " seeds";
    ScoreTable scores = new ScoreTable(new Score(name, mean, squaredErrors(runs, tail)), baselines(parts, labels),
        tail.length);
    List<String> notes = notes(parts, labels, runs, errors);
    return new Outcome(result, first.losses(), scores, notes, file -> save(parts, first, file));
  }

  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  private record Interval(double[] lower, double[] upper) {}

  /** The band is of constant width in transformed space, where errors vary least with the level. */
  private static Interval interval(SeedRun run, double level) {
    PredictionInterval band = PredictionInterval.fromResiduals(run.validationResiduals(), level);
    SeriesTransform transform = run.input().transform();
    double[] z = run.transformedTail();
    return new Interval(
        Arrays.stream(z).map(v -> transform.inverse(band.lower(v), 0)).toArray(),
        Arrays.stream(z).map(v -> transform.inverse(band.upper(v), 0)).toArray());
  }

  private static List<Score> baselines(Parts parts, List<String> labels) {
    double[] values = parts.values();
    double[] tail = parts.tail();
    int test = parts.test();
    List<Score> scores = new ArrayList<>();
    scores.add(score(ScoreTable.PERSISTENCE, new Persistence().predictTail(values, test), tail));
    int season = parts.request().data().seasonRows(labels);
    if (season > 1 && season <= test) {
      SeasonalNaive naive = new SeasonalNaive(season);
      scores.add(score("seasonal naive (" + season + ")", naive.predictTail(values, test), tail));
    }
    int order = Math.min(ORDER, (test - 1) / 3);
    if (order >= 1) {
      Autoregression autoregression = Autoregression.fit(Arrays.copyOf(values, test), order);
      scores.add(
          score("least-squares autoregression (" + order + ")", autoregression.predictTail(values, test), tail));
    }
    return scores;
  }

  private static Score score(String name, double[] predicted, double[] actual) {
    double[] squares = new double[actual.length];
    Arrays.setAll(squares, i -> (predicted[i] - actual[i]) * (predicted[i] - actual[i]));
    return new Score(name, Accuracy.rmse(predicted, actual), squares);
  }

  /** At each point the mean over the seeds. */
  private static double[] squaredErrors(List<SeedRun> runs, double[] tail) {
    double[] mean = new double[tail.length];
    for (SeedRun run : runs) {
      double[] squares = score("", run.predicted(), tail).squaredErrors();
      Arrays.setAll(mean, i -> mean[i] + squares[i] / runs.size());
    }
    return mean;
  }

  private static List<String> notes(Parts parts, List<String> labels, List<SeedRun> runs, double[] errors) {
    List<String> notes = new ArrayList<>();
    if (runs.size() > 1) {
      String each =
          String.join(
              ", ", Arrays.stream(errors).mapToObj(ScoreTable::figure).toList());
      notes.add("RMSE by seed: " + each + ". Pictures, interval and model are those of the first seed.");
    }
    SeedRun first = runs.getFirst();
    notes.add(
        String.format(
            Locale.ROOT,
            "Validation chose %d epochs; the network was then trained anew on training and validation part.",
            first.epochs()));
    DataOptions data = parts.request().data();
    int season = data.seasonRows(labels);
    if (data.season == null && season <= 1) {
      notes.add("No season could be read off the dates; give --season N for the seasonal naive forecast.");
    } else if (season > parts.test()) {
      notes.add(
          "A season of " + season + " rows is longer than the " + parts.test()
              + " rows before the held-out ones: there is no seasonal naive forecast.");
    }
    return notes;
  }

  private static void save(Parts parts, SeedRun run, Path file) throws IOException {
    Map<String, String> metadata = new HashMap<>(run.input().scaler().toMetadata());
    metadata.put("lstm4j.forecast.column", parts.column());
    metadata.put("lstm4j.forecast.transform", run.input().transform().name().toLowerCase(Locale.ROOT));
    metadata.put("lstm4j.forecast.error_variance", Double.toString(run.variance()));
    try (SequenceModel model = run.model(parts)) {
      model.save(file, metadata);
    }
  }
}
