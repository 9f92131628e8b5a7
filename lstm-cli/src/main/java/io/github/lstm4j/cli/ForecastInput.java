package io.github.lstm4j.cli;

import io.github.lstm4j.data.Scaler;
import io.github.lstm4j.data.Scaling;
import io.github.lstm4j.data.Series;
import io.github.lstm4j.data.WindowBatches;
import io.github.lstm4j.data.WindowShape;
import io.github.lstm4j.data.WindowTargets;
import io.github.lstm4j.data.Windows;
import io.github.lstm4j.memory.Tensor;
import io.github.lstm4j.model.SequenceModel;
import java.util.ArrayList;
import java.util.List;

/**
 * A series as a network sees it: the transformed level, its latest change, and further columns, scaled by what the
 * fitted rows say. The network forecasts the next change, since a level that moves slowly is forecast best by itself
 * plus a little.
 */
final class ForecastInput {
  /** As many windows as make four batches or so: more overlap teaches little and costs time. */
  private static final int WINDOWS = 128;

  private static final String LEVEL = "level";
  private static final String CHANGE = "change";

  private final double[] levels; // transformed, not scaled
  private final SeriesTransform transform;
  private final int fitted;
  private final Scaler scaler;
  private final Series scaled;
  private final List<String> features = new ArrayList<>(List.of(LEVEL, CHANGE));

  /**
   * Prepares a series.
   *
   * @param series complete values, the column to forecast first
   * @param transform of that column
   * @param scaling of all columns
   * @param fitted the rows that scales are measured on and windows taken from: rows [0, fitted)
   */
  ForecastInput(Series series, SeriesTransform transform, Scaling scaling, int fitted) {
    this.transform = transform;
    this.fitted = fitted;
    String target = series.names().getFirst();
    levels = transform.forward(target, series.column(target));
    List<String> others = series.names().subList(1, series.names().size());
    others.forEach(name -> features.add("input " + name));
    double[][] rows = new double[series.rows()][features.size()];
    for (int row = 0; row < rows.length; row++) {
      rows[row][0] = levels[row];
      rows[row][1] = row == 0 ? 0 : levels[row] - levels[row - 1];
      for (int i = 0; i < others.size(); i++) {
        rows[row][i + 2] = series.value(row, i + 1);
      }
    }
    Series inputs = Series.of(features, rows);
    scaler = Scaler.fit(inputs.slice(0, fitted), scaling);
    scaled = scaler.transform(inputs);
  }

  int featureCount() {
    return features.size();
  }

  Scaler scaler() {
    return scaler;
  }

  /** The windows of the fitted rows, a target at every step, in shuffled batches. */
  WindowBatches batches(int window, int batchSize, long seed) {
    int steps = Math.max(1, Math.min(window, (fitted - 1) / 2));
    int starts = fitted - steps; // a window's last target is the row after its last step
    int stride = Math.max(1, Math.ceilDiv(starts, WINDOWS));
    WindowShape shape =
        new WindowShape(features, List.of(CHANGE), steps, stride, 1, WindowTargets.EVERY_STEP);
    return new WindowBatches(Windows.over(scaled, shape).targetsWithin(0, fitted), batchSize, seed);
  }

  /**
   * Forecasts of transformed levels: the network runs over the whole series from its first row, its state carried, and
   * at each row sees nothing but that row and those before it.
   *
   * @return element t is the forecast of row t; element 0 is NaN
   */
  double[] transformedForecasts(SequenceModel model) {
    int steps = scaled.rows() - 1;
    Tensor x = Tensor.zeros(1, steps, features.size());
    for (int t = 0; t < steps; t++) {
      for (int f = 0; f < features.size(); f++) {
        x.data()[t * features.size() + f] = (float) scaled.value(t, f);
      }
    }
    float[] changes = model.predict(x).data();
    double[] forecasts = new double[scaled.rows()];
    forecasts[0] = Double.NaN;
    for (int t = 0; t < steps; t++) {
      forecasts[t + 1] = levels[t] + scaler.inverse(CHANGE, changes[t]);
    }
    return forecasts;
  }

  /** The mean squared error of transformed forecasts on the fitted rows. */
  double errorVariance(double[] forecasts) {
    double sum = 0;
    for (int row = 1; row < fitted; row++) {
      double error = levels[row] - forecasts[row];
      sum += error * error;
    }
    return sum / (fitted - 1);
  }

  /** Forecasts in the column's own unit, of rows [from, to). */
  double[] forecasts(double[] transformed, double variance, int from, int to) {
    double[] values = new double[to - from];
    for (int i = 0; i < values.length; i++) {
      values[i] = transform.inverse(transformed[from + i], variance);
    }
    return values;
  }

  /** What came less what was forecast, in transformed space, of rows [from, to). */
  double[] residuals(double[] transformed, int from, int to) {
    double[] residuals = new double[to - from];
    for (int i = 0; i < residuals.length; i++) {
      residuals[i] = levels[from + i] - transformed[from + i];
    }
    return residuals;
  }

  SeriesTransform transform() {
    return transform;
  }
}
