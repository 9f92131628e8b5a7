package io.github.lstm4j.loss;

import io.github.lstm4j.kernels.Kernels;
import io.github.lstm4j.memory.Matrix;
import io.github.lstm4j.memory.Memory;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The cross-entropy between softmax(logits) and a class for each row:
 *
 * <pre>
 * term = w[t]·(1 − s)·(logSum − x[t]) + s/V·Σ_j w[j]·(logSum − x[j]),  logSum = log Σ_j e^(x[j])
 * mean = Σ terms / Σ w[t]
 * </pre>
 *
 * with class weights w (1 if none), label smoothing s and V classes; rows of the ignored class count for nothing. Source:
 * torch.nn.CrossEntropyLoss.
 */
public final class CrossEntropy implements Loss {
  /** The class index that PyTorch ignores by default. */
  public static final int IGNORED = -100;

  private final int ignored;
  private final double smoothing;
  private final double @Nullable [] weights;

  /** The loss without weights or smoothing, ignoring class −100. */
  public CrossEntropy() {
    this(IGNORED, 0, null);
  }

  /**
   * The loss.
   *
   * @param ignored a class index whose rows count for nothing, {@code ignore_index}
   * @param smoothing how much of the target is spread over all classes, {@code label_smoothing}, 0 to 1
   * @param classWeights one for each class, or null; {@code weight} in PyTorch
   * @throws IllegalArgumentException if an argument is out of range
   */
  public CrossEntropy(int ignored, double smoothing, double @Nullable [] classWeights) {
    if (!(smoothing >= 0 && smoothing <= 1)) {
      throw new IllegalArgumentException("label smoothing is " + smoothing + "; expected 0 to 1");
    }
    for (int j = 0; classWeights != null && j < classWeights.length; j++) {
      if (!(classWeights[j] >= 0) || Double.isInfinite(classWeights[j])) {
        throw new IllegalArgumentException("weight of class " + j + " is " + classWeights[j] + "; expected 0 or more");
      }
    }
    this.ignored = ignored;
    this.smoothing = smoothing;
    this.weights = classWeights == null ? null : classWeights.clone();
  }

  /**
   * The loss of some rows.
   *
   * @param kernels what computes softmax
   * @param output logits [rows, V]
   * @param target class indices [rows, 1], whole numbers 0 to V − 1, or the ignored one
   * @param gradient [rows, V], or null
   * @param gradientScale a factor of the gradient
   * @return the sum of the terms and of their weights
   * @throws IllegalArgumentException if a shape is wrong, or a target is out of range: its row is named
   */
  @Override
  public LossSum evaluate(
      Kernels kernels, Matrix output, Matrix target, @Nullable Matrix gradient, double gradientScale) {
    int classes = output.columns();
    check(output, target, classes);
    int[] rows = new int[output.rows()];
    double weight = 0;
    for (int r = 0; r < rows.length; r++) {
      rows[r] = target(target.get(r, 0), r, classes);
      weight += rows[r] == ignored ? 0 : weight(rows[r]);
    }
    double[] logSum = new double[rows.length];
    float[] factor = new float[rows.length];
    for (int r = 0; r < rows.length; r++) {
      factor[r] = rows[r] == ignored || weight == 0 ? 0 : (float) (gradientScale / weight * rowMass(rows[r]));
    }
    double sum;
    if (gradient == null) {
      try (Memory memory = Memory.unlimited("softmax of an evaluation")) {
        kernels.softmax(memory.matrix(rows.length, classes), logSum, output, factor);
        sum = sum(output, rows, logSum);
      }
    } else {
      sum = lossThenGradient(kernels, output, gradient, rows, logSum, factor, gradientScale / weight);
    }
    return new LossSum(sum, weight);
  }

  private double lossThenGradient(
      Kernels kernels, Matrix output, Matrix gradient, int[] rows, double[] logSum, float[] factor, double scale) {
    kernels.softmax(gradient, logSum, output, factor);
    double sum = sum(output, rows, logSum);
    for (int r = 0; r < rows.length; r++) {
      if (rows[r] == ignored || factor[r] == 0) {
        gradient.rows(r, 1).fill(0f);
        continue;
      }
      subtract(gradient, r, rows[r], scale * (1 - smoothing) * weight(rows[r]));
      for (int j = 0; smoothing > 0 && j < gradient.columns(); j++) {
        subtract(gradient, r, j, scale * smoothing / gradient.columns() * weight(j));
      }
    }
    return sum;
  }

  private static void subtract(Matrix gradient, int row, int column, double value) {
    gradient.set(row, column, (float) (gradient.get(row, column) - value));
  }

  private double sum(Matrix output, int[] rows, double[] logSum) {
    double sum = 0;
    for (int r = 0; r < rows.length; r++) {
      if (rows[r] == ignored) {
        continue;
      }
      sum += weight(rows[r]) * (1 - smoothing) * (logSum[r] - output.get(r, rows[r]));
      double spread = 0;
      for (int j = 0; smoothing > 0 && j < output.columns(); j++) {
        spread += weight(j) * (logSum[r] - output.get(r, j));
      }
      sum += smoothing / output.columns() * spread;
    }
    return sum;
  }

  private double weight(int label) {
    return weights == null ? 1 : weights[label];
  }

  /** What the probabilities of a row are multiplied with: the weight of its target, and its share of the smoothed ones. */
  private double rowMass(int label) {
    double smoothed = weights == null ? 1 : Arrays.stream(weights).sum() / weights.length;
    return (1 - smoothing) * weight(label) + smoothing * smoothed;
  }

  private void check(Matrix output, Matrix target, int classes) {
    if (target.columns() != 1 || target.rows() != output.rows()) {
      throw new IllegalArgumentException(
          "cross-entropy of logits [" + output.rows() + ", " + classes + "] and targets [" + target.rows() + ", "
              + target.columns() + "]; expected targets [" + output.rows() + ", 1]");
    }
    if (weights != null && weights.length != classes) {
      throw new IllegalArgumentException(
          "cross-entropy with " + weights.length + " class weights of logits of " + classes + " classes");
    }
  }

  private int target(float value, int row, int classes) {
    int label = (int) value;
    if (label == ignored && label == value) {
      return label;
    }
    if (label != value || label < 0 || label >= classes) {
      throw new BadTargetException(
          row, "cross-entropy: target of row " + row + " is " + value + "; expected a whole number, 0 to " + (classes - 1)
              + ", or " + ignored + " to ignore the row");
    }
    return label;
  }
}
