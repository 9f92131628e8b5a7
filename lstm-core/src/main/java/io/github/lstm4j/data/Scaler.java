package io.github.lstm4j.data;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The scaling of a series' columns, fitted on the training rows and applied to all. It is immutable and travels in a
 * model's metadata, so that a forecast can be turned back into the series' unit.
 */
public final class Scaler {
  private final Map<String, ColumnScale> columns;

  private Scaler(Map<String, ColumnScale> columns) {
    this.columns = columns;
  }

  /**
   * Measures every column without a transform.
   *
   * @param training the training rows only
   * @param scaling the kind of scaling
   * @return the scaler
   * @throws IllegalArgumentException if there are no rows, a value is missing, or a column's range overflows
   */
  public static Scaler fit(Series training, Scaling scaling) {
    return fit(training, scaling, Map.of());
  }

  /**
   * Measures every column after the same transform.
   *
   * @param training the training rows only
   * @param scaling the kind of scaling
   * @param transform the transform of all columns
   * @return the scaler
   * @throws IllegalArgumentException if there are no rows, a value is missing or not in the transform's domain, or a
   *     column's range overflows
   */
  public static Scaler fit(Series training, Scaling scaling, ValueTransform transform) {
    Map<String, ValueTransform> transforms = new LinkedHashMap<>();
    for (String name : training.names()) {
      transforms.put(name, transform);
    }
    return fit(training, scaling, transforms);
  }

  /**
   * Measures every column.
   *
   * @param training the training rows only
   * @param scaling the kind of scaling
   * @param transforms the transforms by column; a column without one is not transformed
   * @return the scaler
   * @throws IllegalArgumentException if there are no rows, a value is missing or not in its transform's domain, a
   *     column's range overflows, or there is no such column as one of {@code transforms}
   */
  public static Scaler fit(Series training, Scaling scaling, Map<String, ValueTransform> transforms) {
    transforms.keySet().forEach(training::indexOf);
    if (training.rows() == 0) {
      throw new IllegalArgumentException("a scaler is fitted on the training rows; the series has none");
    }
    training.requireComplete("a scaler");
    Map<String, ColumnScale> columns = new LinkedHashMap<>();
    for (String name : training.names()) {
      ValueTransform transform = transforms.getOrDefault(name, ValueTransform.IDENTITY);
      double[] values = training.column(name);
      for (int row = 0; row < values.length; row++) {
        values[row] = transform.apply(checkDomain(name, row, transform, values[row]));
      }
      ColumnScale scale = scaling.measure(transform, values);
      if (!scale.usable()) {
        throw new IllegalArgumentException(
            "column '" + name + "': its values can't be scaled by " + scaling + ": shift " + scale.shift() + ", scale "
                + scale.scale() + "; expected finite numbers and a scale above 0");
      }
      columns.put(name, scale);
    }
    return new Scaler(columns);
  }

  private static double checkDomain(String name, int row, ValueTransform transform, double value) {
    if (!transform.accepts(value)) {
      throw new IllegalArgumentException(
          "column '" + name + "', row " + row + ": " + value + " under " + transform + "; expected "
              + transform.domain());
    }
    return value;
  }

  /**
   * The fitted columns' names.
   *
   * @return names, in order
   */
  public List<String> names() {
    return List.copyOf(columns.keySet());
  }

  /**
   * Scales a series.
   *
   * @param series any rows of some or all of the fitted columns; what is missing stays missing
   * @return the scaled series, same columns and rows
   * @throws IllegalArgumentException if a column was not fitted, or a value is not in its transform's domain or
   *     overflows
   */
  public Series transform(Series series) {
    List<String> names = series.names();
    double[][] scaled = new double[names.size()][];
    for (int column = 0; column < scaled.length; column++) {
      String name = names.get(column);
      ColumnScale scale = scale(name);
      scaled[column] = series.column(name);
      for (int row = 0; row < series.rows(); row++) {
        double value = checkDomain(name, row, scale.transform(), scaled[column][row]);
        scaled[column][row] = scale.forward(value);
        if (Double.isInfinite(scaled[column][row])) {
          throw new IllegalArgumentException(
              "column '" + name + "', row " + row + ": " + value + " is too far from the training values to be scaled ("
                  + scale + ")");
        }
      }
    }
    return Series.ofColumns(names, scaled, series.rows());
  }

  /**
   * Turns a scaled value back.
   *
   * @param name the column's name
   * @param scaled a scaled value, such as a network's output
   * @return the value in the column's own unit; never decreasing in {@code scaled} (under {@link ValueTransform#SQRT}
   *     whatever lies below the root of 0 means 0)
   * @throws IllegalArgumentException if the column was not fitted
   */
  public double inverse(String name, double scaled) {
    return scale(name).backward(scaled);
  }

  /**
   * Turns scaled values of one column back.
   *
   * @param name the column's name
   * @param scaled scaled values; left as they are
   * @return the values in the column's own unit
   * @throws IllegalArgumentException if the column was not fitted
   */
  public double[] inverse(String name, double[] scaled) {
    ColumnScale scale = scale(name);
    double[] values = new double[scaled.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = scale.backward(scaled[i]);
    }
    return values;
  }

  private ColumnScale scale(String name) {
    ColumnScale scale = columns.get(name);
    if (scale == null) {
      throw new IllegalArgumentException("column '" + name + "' was not fitted; the fitted columns are " + names());
    }
    return scale;
  }

  /**
   * The scaler as text, to the last bit: all keys start with {@code scaler.}
   *
   * @return metadata for {@link #fromMetadata}
   */
  public Map<String, String> toMetadata() {
    return ScalerMetadata.write(columns);
  }

  /**
   * The scaler that {@link #toMetadata} wrote.
   *
   * @param metadata a file's metadata; keys of others are ignored
   * @return an equal scaler
   * @throws IllegalArgumentException if a key is missing or its value is not what was expected
   */
  public static Scaler fromMetadata(Map<String, String> metadata) {
    return new Scaler(ScalerMetadata.read(metadata));
  }
}
