package io.github.lstm4j.data;

import io.github.lstm4j.memory.Matrix;
import io.github.lstm4j.random.CounterRandom;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Objects;

/**
 * Windows over a series: what a network reads [inputSteps, features] and what it shall predict [targetSteps, targets].
 *
 * <p>Window w reads the rows from s = first start + w · stride to s + inputSteps − 1; the target of row t stands in row
 * t + horizon. All <em>targets</em> of a window lie in the rows [targetsFrom, targetsTo), so windows of disjoint parts
 * never share a target, and a training window never holds a held-out row. What a window <em>reads</em> may lie before
 * targetsFrom: whoever forecasts the first held-out row knows the past.
 *
 * <p>Values are kept as float32 in one array; copying a window out allocates nothing. Immutable, so threads may share
 * it.
 */
public final class Windows {
  private final WindowShape shape;
  private final float[] features; // [rows, features]
  private final float[] targets; // [rows, targets]
  private final int rows;
  private final int firstStart;
  private final int count;

  private Windows(WindowShape shape, float[] features, float[] targets, int rows, int targetsFrom, int targetsTo) {
    this.shape = shape;
    this.features = features;
    this.targets = targets;
    this.rows = rows;
    // long, because a horizon may be any int.
    long span = (long) shape.inputSteps() - 1 + shape.horizon();
    long first = Math.max(0, targetsFrom - ((long) shape.firstTargetStep() + shape.horizon()));
    long last = targetsTo - 1 - span;
    if (last < first) {
      throw new IllegalArgumentException(
          "targets in rows [" + targetsFrom + ", " + targetsTo + ") of " + rows + " make no window: "
              + shape.inputSteps()
              + " input rows and a horizon of " + shape.horizon() + " with targets at " + shape.targetSteps()
              + " need row " + (first + span) + " as a target at least");
    }
    this.firstStart = Math.toIntExact(first);
    this.count = Math.toIntExact((last - first) / shape.stride() + 1);
  }

  /**
   * All windows of a series.
   *
   * @param series complete values, scaled
   * @param shape what a window is made of
   * @return the windows
   * @throws IllegalArgumentException if there is no such column, a value is missing or too large for float32, or the
   *     series is too short for one window
   */
  public static Windows over(Series series, WindowShape shape) {
    float[] features = flat(series, shape.features());
    float[] targets = flat(series, shape.targets());
    return new Windows(shape, features, targets, series.rows(), 0, series.rows());
  }

  private static float[] flat(Series series, List<String> names) {
    Series selected = series.select(names);
    selected.requireComplete("a window");
    int width = names.size();
    float[] flat = new float[Math.multiplyExact(series.rows(), width)];
    for (int i = 0; i < flat.length; i++) {
      double value = selected.value(i / width, i % width);
      flat[i] = (float) value;
      if (Float.isInfinite(flat[i])) {
        throw new IllegalArgumentException(
            "column '" + names.get(i % width) + "', row " + i / width + ": " + value + " is too large for float32;"
                + " scale it");
      }
    }
    return flat;
  }

  /**
   * The windows of a part: those whose targets all lie in a range of rows. With {@link WindowTargets#LAST_STEP} and
   * stride 1 every row of the range that has enough past is a target exactly once; with
   * {@link WindowTargets#EVERY_STEP} the range must hold inputSteps rows.
   *
   * @param from first row that may be a target
   * @param to past the last row that may be a target
   * @return windows over the same series; they may read rows before {@code from}
   * @throws IndexOutOfBoundsException if the range does not lie in the series
   * @throws IllegalArgumentException if no window fits
   */
  public Windows targetsWithin(int from, int to) {
    if (from < 0 || from > to || to > rows) {
      throw new IndexOutOfBoundsException(
          "targets in rows [" + from + ", " + to + ") of a series of " + rows + " rows");
    }
    return new Windows(shape, features, targets, rows, from, to);
  }

  /**
   * What a window is made of.
   *
   * @return the shape
   */
  public WindowShape shape() {
    return shape;
  }

  /**
   * The number of windows.
   *
   * @return windows, at least 1
   */
  public int count() {
    return count;
  }

  /**
   * The number of steps that have a target.
   *
   * @return 1 or inputSteps
   */
  public int targetSteps() {
    return shape.targetCount();
  }

  /**
   * The row that a step of a window reads.
   *
   * @param window the window's index
   * @param step the step, below inputSteps
   * @return a row of the series
   * @throws IndexOutOfBoundsException if there is no such window or step
   */
  public int inputRow(int window, int step) {
    return start(window) + Objects.checkIndex(step, shape.inputSteps());
  }

  /**
   * The row that holds a target.
   *
   * @param window the window's index
   * @param targetStep which target, below {@link #targetSteps()}
   * @return a row of the series
   * @throws IndexOutOfBoundsException if there is no such window or target
   */
  public int targetRow(int window, int targetStep) {
    return start(window) + shape.firstTargetStep() + Objects.checkIndex(targetStep, targetSteps()) + shape.horizon();
  }

  private int start(int window) {
    return firstStart + Objects.checkIndex(window, count) * shape.stride();
  }

  /**
   * Copies what a window reads.
   *
   * @param window the window's index
   * @param to receives [inputSteps, features], row-major
   * @param offset where in {@code to} the first value goes
   * @throws IndexOutOfBoundsException if there is no such window or {@code to} is too short
   */
  public void copyInput(int window, float[] to, int offset) {
    int width = shape.features().size();
    System.arraycopy(features, inputRow(window, 0) * width, to, offset, shape.inputSteps() * width);
  }

  /**
   * Copies a window's targets.
   *
   * @param window the window's index
   * @param to receives [targetSteps, targets], row-major
   * @param offset where in {@code to} the first value goes
   * @throws IndexOutOfBoundsException if there is no such window or {@code to} is too short
   */
  public void copyTargets(int window, float[] to, int offset) {
    int width = shape.targets().size();
    System.arraycopy(targets, targetRow(window, 0) * width, to, offset, targetSteps() * width);
  }

  /**
   * Copies what a window reads into one sequence of a batch.
   *
   * @param window the window's index
   * @param to receives a step in each of its rows; features columns
   * @param firstRow the row of step 0
   * @param rowStep the rows from one step to the next: the batch size where steps come first, 1 where the batch does
   * @throws IndexOutOfBoundsException if there is no such window or row
   * @throws IllegalArgumentException if {@code to} has another number of columns
   */
  public void copyInput(int window, Matrix to, int firstRow, int rowStep) {
    copy(features, shape.features().size(), inputRow(window, 0), shape.inputSteps(), to, firstRow, rowStep);
  }

  /**
   * Copies a window's targets into one sequence of a batch.
   *
   * @param window the window's index
   * @param to receives a step in each of its rows; targets columns
   * @param firstRow the row of the first target
   * @param rowStep the rows from one target to the next: the batch size where steps come first, 1 where the batch does
   * @throws IndexOutOfBoundsException if there is no such window or row
   * @throws IllegalArgumentException if {@code to} has another number of columns
   */
  public void copyTargets(int window, Matrix to, int firstRow, int rowStep) {
    copy(targets, shape.targets().size(), targetRow(window, 0), targetSteps(), to, firstRow, rowStep);
  }

  private static void copy(float[] from, int width, int row, int steps, Matrix to, int firstRow, int rowStep) {
    if (to.columns() != width) {
      throw new IllegalArgumentException(
          "a window's rows have " + width + " values; the matrix is [" + to.rows() + ", " + to.columns() + "]");
    }
    for (int step = 0; step < steps; step++) {
      int toRow = Objects.checkIndex(firstRow + step * rowStep, to.rows());
      MemorySegment.copy(from, (row + step) * width, to.segment(), Matrix.FLOAT, to.offset(toRow), width);
    }
  }

  /**
   * The order of an epoch: every window once, shuffled.
   *
   * @param seed the training's seed
   * @param epoch the epoch; each has an order of its own
   * @return a permutation of 0 … count − 1, a function of the arguments and {@link #count()} alone
   */
  public int[] shuffled(long seed, long epoch) {
    return CounterRandom.permutation(seed, epoch, count);
  }
}
