package io.github.lstm4j.cli;

import io.github.lstm4j.cli.NetworkForecaster.Parts;
import io.github.lstm4j.data.Scaling;
import io.github.lstm4j.data.Series;
import io.github.lstm4j.forecast.Accuracy;
import io.github.lstm4j.layer.CellKind;
import io.github.lstm4j.layer.Parameter;
import io.github.lstm4j.layer.RecurrentOptions;
import io.github.lstm4j.loss.MeanSquaredError;
import io.github.lstm4j.memory.Tensor;
import io.github.lstm4j.model.SequenceModel;
import io.github.lstm4j.train.Clipping;
import io.github.lstm4j.train.EpochRecord;
import io.github.lstm4j.train.History;
import io.github.lstm4j.train.Trainer;
import io.github.lstm4j.train.TrainerOptions;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one seed comes to.
 *
 * @param input the series as the final network sees it
 * @param losses the training run that chose the number of epochs
 * @param epochs the number that was chosen
 * @param validationResiduals in transformed space, of a network that was not trained on the validation part
 * @param transformedTail the forecasts of the tail in transformed space
 * @param variance of the error in transformed space
 * @param predicted the forecasts of the tail
 * @param weights the final network's
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
record SeedRun(
    ForecastInput input,
    LossCurve losses,
    int epochs,
    double[] validationResiduals,
    double[] transformedTail,
    double variance,
    double[] predicted,
    Map<String, Tensor> weights) {

  /** The forget gate starts open: what a cell holds, it keeps. Jozefowicz, Zaremba, Sutskever, ICML 2015. */
  private static final float FORGET_BIAS = 1;

  static SeedRun of(Parts parts, long seed, String task, Progress progress) {
    TrainingOptions options = parts.request().training();
    progress.begin(task, options.epochs);
    ForecastInput input = input(parts, parts.head(), parts.validation());
    try (SequenceModel model = build(parts, input.featureCount(), seed)) {
      double[] actual = Arrays.copyOfRange(parts.values(), parts.validation(), parts.test());
      History history =
          train(
              model, input, options, seed,
              trainer(options, seed)
                  .epochs(options.epochs)
                  .patience(options.patience)
                  .validateBy(m -> Accuracy.rmse(validationForecasts(parts, input, m), actual))
                  .onEpoch(epoch -> progress.epoch(epoch.epoch(), epoch.trainingLoss(), epoch.validationLoss())));
      progress.end();
      double[] residuals =
          input.residuals(input.transformedForecasts(model), parts.validation(), parts.test());
      progress.begin(task + ", refit", history.bestEpoch());
      SeedRun run = refit(parts, seed, curve(history), history.bestEpoch(), residuals, progress);
      progress.end();
      return run;
    }
  }

  /** Trains anew on training and validation part together. */
  private static SeedRun refit(
      Parts parts, long seed, LossCurve losses, int epochs, double[] residuals, Progress progress) {
    TrainingOptions options = parts.request().training();
    ForecastInput input = input(parts, parts.head(), parts.test());
    try (SequenceModel model = build(parts, input.featureCount(), seed)) {
      TrainerOptions trainer = trainer(options, seed).epochs(epochs);
      train(
          model, input, options, seed,
          trainer.onEpoch(epoch -> progress.epoch(epoch.epoch(), epoch.trainingLoss(), Double.NaN)));
      ForecastInput whole = input(parts, parts.series(), parts.test()); // here, and nowhere before, the tail is read
      double[] transformed = whole.transformedForecasts(model);
      double variance = whole.errorVariance(transformed);
      int rows = parts.series().rows();
      Map<String, Tensor> weights = new LinkedHashMap<>();
      for (Parameter parameter : model.parameters()) {
        weights.put(parameter.name(), parameter.toTensor());
      }
      return new SeedRun(
          whole, losses, epochs, residuals, Arrays.copyOfRange(transformed, parts.test(), rows), variance,
          whole.forecasts(transformed, variance, parts.test(), rows), weights);
    }
  }

  private static ForecastInput input(Parts parts, Series series, int fitted) {
    SeriesTransform transform = SeriesTransform.of(parts.request().data().transform());
    Scaling scaling = NetworkForecaster.scaling(parts.request().data().scaling);
    return new ForecastInput(series, transform, scaling, fitted);
  }

  private static double[] validationForecasts(Parts parts, ForecastInput input, SequenceModel model) {
    double[] transformed = input.transformedForecasts(model);
    return input.forecasts(transformed, input.errorVariance(transformed), parts.validation(), parts.test());
  }

  private static SequenceModel build(Parts parts, int features, long seed) {
    TrainingOptions options = parts.request().training();
    return SequenceModel.builder(features)
        .recurrent("rnn", size -> layer(options, size))
        .linear("head", 1)
        .seed(seed)
        .threads(options.threads)
        .build();
  }

  private static RecurrentOptions layer(TrainingOptions options, int size) {
    CellKind cell = options.cell.kind();
    RecurrentOptions layer =
        RecurrentOptions.of(cell, size, options.hidden)
            .withLayers(options.layers)
            .withDropout((float) options.dropout);
    return cell == CellKind.LSTM ? layer.withForgetBias(FORGET_BIAS) : layer;
  }

  private static TrainerOptions trainer(TrainingOptions options, long seed) {
    return new TrainerOptions(new MeanSquaredError())
        .rate(options.learningRate)
        .clipping(new Clipping.ByNorm(options.clip))
        .seed(seed);
  }

  private static History train(
      SequenceModel model, ForecastInput input, TrainingOptions options, long seed, TrainerOptions trainer) {
    return new Trainer(model, trainer).fit(input.batches(options.window, options.batch, seed));
  }

  private static LossCurve curve(History history) {
    return new LossCurve(
        history.epochs().stream().mapToDouble(EpochRecord::trainingLoss).toArray(),
        history.epochs().stream().mapToDouble(EpochRecord::validationLoss).toArray());
  }

  /** The final network; the caller closes it. */
  SequenceModel model(Parts parts) {
    SequenceModel model = build(parts, input.featureCount(), 0);
    weights.forEach((name, value) -> model.parameter(name).set(value));
    return model;
  }
}
