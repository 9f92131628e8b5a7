package io.github.lstm4j.cli.lesson;

import io.github.lstm4j.data.Scaler;
import io.github.lstm4j.data.Scaling;
import io.github.lstm4j.data.Series;
import io.github.lstm4j.data.WindowBatches;
import io.github.lstm4j.data.WindowShape;
import io.github.lstm4j.data.Windows;
import io.github.lstm4j.forecast.Accuracy;
import io.github.lstm4j.forecast.PairedErrors;
import io.github.lstm4j.forecast.Persistence;
import io.github.lstm4j.loss.MeanSquaredError;
import io.github.lstm4j.memory.Tensor;
import io.github.lstm4j.model.SequenceModel;
import io.github.lstm4j.train.Trainer;
import io.github.lstm4j.train.TrainerOptions;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Stock prices, one day ahead, beside the forecast that costs nothing: tomorrow's price is today's. */
final class StocksLesson implements Lesson {
  private static final int WINDOW = 20;
  private static final int DRAWN = 60;
  private static final int LEAST = 10 * WINDOW;

  /**
   * Forecasts of the last fifth of the days.
   *
   * @param actual what came
   * @param network what the network said the day before
   * @param persistence the price of the day before
   */
  @SuppressWarnings("ArrayRecordComponent") // printed and drawn, never compared
  record Result(double[] actual, double[] network, double[] persistence) {
    double networkError() {
      return Accuracy.rmse(network, actual);
    }

    double persistenceError() {
      return Accuracy.rmse(persistence, actual);
    }

    PairedErrors paired() {
      return PairedErrors.of(squares(network), squares(persistence));
    }

    private double[] squares(double[] predicted) {
      double[] squares = new double[actual.length];
      Arrays.setAll(squares, i -> Math.pow(predicted[i] - actual[i], 2));
      return squares;
    }

    /** Whether the network was worth it. */
    String verdict() {
      PairedErrors paired = paired();
      return String.format(Locale.ROOT,
          "The network %s persistence: its lead is %.1f standard errors, and chance easily gives %.1f.",
          paired.beyondChance() ? "beats" : "does NOT beat", paired.standardErrors(), PairedErrors.CHANCE);
    }
  }

  @Override
  public String name() {
    return "stocks";
  }

  @Override
  public String description() {
    return "stock prices one day ahead, compared with persistence (a random walk, or --csv FILE --column NAME)";
  }

  @Override
  public String duration() {
    return "five seconds";
  }

  static Result forecast(Prices prices, long seed, int threads) {
    double[] values = prices.values();
    check(prices);
    // tutorial: stocks
    int test = values.length * 4 / 5; // [0, validation) to learn from, [validation, test) to stop by, the rest to judge
    int validation = values.length * 3 / 5;
    double[] changes = new double[values.length]; // a price drifts away from all it was; its changes stay what they are
    for (int day = 1; day < values.length; day++) {
      changes[day] = Math.log(values[day] / values[day - 1]);
    }
    Series series = Series.of("change", changes);
    Scaler scaler = Scaler.fit(series.slice(1, validation), Scaling.STANDARD);
    WindowShape shape = WindowShape.of(List.of("change"), List.of("change"), WINDOW);
    Windows windows = Windows.over(scaler.transform(series), shape);
    try (SequenceModel model =
        SequenceModel.builder(1).lstm("rnn", 16).lastStep().linear("next", 1).seed(seed).threads(threads).build()) {
      TrainerOptions options =
          new TrainerOptions(new MeanSquaredError())
              .epochs(30)
              .validation(new WindowBatches(windows.targetsWithin(validation, test), 64, 0))
              .patience(5);
      new Trainer(model, options).fit(new WindowBatches(windows.targetsWithin(1 + WINDOW, validation), 64, seed));
      Windows tail = windows.targetsWithin(test, values.length);
      double[] network = new double[tail.count()];
      for (int i = 0; i < network.length; i++) {
        float[] past = new float[WINDOW];
        tail.copyInput(i, past, 0);
        float change = model.predict(Tensor.of(past, 1, WINDOW, 1)).get(0, 0);
        network[i] = values[test + i - 1] * Math.exp(scaler.inverse("change", change));
      }
      double[] actual = Arrays.copyOfRange(values, test, values.length);
      return new Result(actual, network, new Persistence().predictTail(values, test));
    }
    // tutorial: end
  }

  private static void check(Prices prices) {
    double[] values = prices.values();
    if (values.length < LEAST) {
      throw new IllegalArgumentException(
          prices.name() + " has " + values.length + " prices; expected " + LEAST + " or more");
    }
    for (int day = 0; day < values.length; day++) {
      if (!(values[day] > 0 && Double.isFinite(values[day]))) {
        throw new IllegalArgumentException(
            prices.name() + ": price " + (day + 1) + " is " + values[day] + "; expected a positive number");
      }
    }
  }

  @Override
  public List<Figure> run(Settings settings, Consumer<String> out) {
    Result result = forecast(settings.prices(), settings.seed(), settings.threads());
    int days = result.actual().length;
    String name = settings.prices().name();
    int prices = settings.prices().values().length;
    out.accept(
        String.format(Locale.ROOT, "%s: %d prices, the last %d forecast one day ahead.", name, prices, days));
    out.accept("");
    out.accept("               RMSE");
    out.accept(String.format(Locale.ROOT, "  LSTM         %.3f", result.networkError()));
    out.accept(String.format(Locale.ROOT, "  persistence  %.3f", result.persistenceError()));
    out.accept("");
    out.accept(result.verdict());
    out.accept("In a picture the forecast looks good all the same: it is yesterday's price, a day late.");
    int drawn = Math.min(DRAWN, days);
    return List.of(
        new Figure.Curves(
            "stocks", "The last " + drawn + " days, forecast one day ahead", "day", "price", false,
            List.of(
                Figure.Curve.of("price", Arrays.copyOfRange(result.actual(), days - drawn, days)),
                Figure.Curve.of("LSTM", Arrays.copyOfRange(result.network(), days - drawn, days)))));
  }
}
