package io.github.lstm4j.loss;

import io.github.lstm4j.kernels.Kernels;
import io.github.lstm4j.layer.Execution;
import io.github.lstm4j.layer.Parts;
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
 * with class weights w (1 if none), label smoothing s and V classes; rows of the ignored class count for nothing.
 * Source: torch.nn.CrossEntropyLoss.
 */
public final class CrossEntropy implements Loss {
  /** The class index that PyTorch ignores by default. */
  public static final int IGNORED = -100;

  /**
   * The fewest logits that are shared: 28 µs on one thread with vectors (3.4 ns a logit), some times what it costs to
   * call threads that are awake, and not much less than to wake one that sleeps.
   */
  static final long WORTH_SHARING = 1 << 13;

  private final int ignored;
  private final double smoothing;
  private final double @Nullable [] weights;
  private final double meanWeight;

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
    this.meanWeight = classWeights == null ? 1 : Arrays.stream(classWeights).sum() / classWeights.length;
  }

  /**
   * The loss of some rows.
   *
   * @param execution what computes softmax, and the threads that share the rows
   * @param output logits [rows, V]
   * @param target class indices [rows, 1], whole numbers 0 to V − 1, or the ignored one
   * @param gradient [rows, V], or null
   * @param gradientScale a factor of the gradient
   * @return the sum of the terms and of their weights
   * @throws IllegalArgumentException if a shape is wrong, or a target is out of range: its row is named
   */
  @Override
  public LossSum evaluate(
      Execution execution, Matrix output, Matrix target, @Nullable Matrix gradient, double gradientScale) {
    int classes = output.columns();
    check(output, target, classes);
    int[] labels = new int[output.rows()];
    double weight = 0;
    for (int r = 0; r < labels.length; r++) {
      labels[r] = target(target.get(r, 0), r, classes);
      weight += labels[r] == ignored ? 0 : weight(labels[r]);
    }
    if (gradient != null) {
      return new LossSum(new Evaluation(output, gradient, true, labels, weight, gradientScale).run(execution), weight);
    }
    try (Memory memory = Memory.unlimited("softmax of an evaluation")) {
      Matrix softmax = memory.matrix(labels.length, classes);
      return new LossSum(new Evaluation(output, softmax, false, labels, weight, gradientScale).run(execution), weight);
    }
  }

  /** One evaluation, whose rows are shared: each part writes its rows of the result and their terms. */
  private final class Evaluation {
    private final Matrix output; // [rows, V]
    private final Matrix result; // [rows, V]: probabilities, then the gradient if it is wanted
    private final boolean wanted;
    private final int[] labels;
    private final double weight;
    private final double scale;
    private final double[] terms; // two of each row, in the order in which they are added: the label's and the spread

    Evaluation(Matrix output, Matrix result, boolean wanted, int[] labels, double weight, double gradientScale) {
      this.output = output;
      this.result = result;
      this.wanted = wanted;
      this.labels = labels;
      this.weight = weight;
      this.scale = gradientScale / weight;
      this.terms = new double[2 * labels.length];
    }

    /** Fills the result, and returns the sum of the terms. */
    double run(Execution execution) {
      boolean shared = (long) labels.length * output.columns() >= WORTH_SHARING;
      int parts = shared ? Math.min(execution.threads(), labels.length) : 1;
      execution.workers().run(parts, part -> rows(execution.kernels(), parts, part));
      double sum = 0;
      for (double term : terms) {
        sum += term;
      }
      return sum;
    }

    private void rows(Kernels kernels, int parts, int part) {
      int from = Parts.bound(labels.length, parts, part);
      int count = Parts.bound(labels.length, parts, part + 1) - from;
      double[] logSum = new double[count];
      float[] factor = new float[count];
      for (int i = 0; i < count; i++) {
        int label = labels[from + i];
        factor[i] = label == ignored || weight == 0 ? 0 : (float) (scale * rowMass(label));
      }
      kernels.softmax(result.rows(from, count), logSum, output.rows(from, count), factor);
      for (int i = 0; i < count; i++) {
        int row = from + i;
        if (labels[row] != ignored) {
          terms(row, logSum[i]);
        }
        if (wanted && factor[i] == 0) { // ignored, or of a class without weight
          result.rows(row, 1).fill(0f);
        } else if (wanted) {
          gradient(row);
        }
      }
    }

    private void terms(int row, double logSum) {
      int label = labels[row];
      terms[2 * row] = weight(label) * (1 - smoothing) * (logSum - output.get(row, label));
      double spread = 0;
      for (int j = 0; smoothing > 0 && j < output.columns(); j++) {
        spread += weight(j) * (logSum - output.get(row, j));
      }
      terms[2 * row + 1] = smoothing / output.columns() * spread;
    }

    private void gradient(int row) {
      subtract(row, labels[row], scale * (1 - smoothing) * weight(labels[row]));
      for (int j = 0; smoothing > 0 && j < result.columns(); j++) {
        subtract(row, j, scale * smoothing / result.columns() * weight(j));
      }
    }

    private void subtract(int row, int column, double value) {
      result.set(row, column, (float) (result.get(row, column) - value));
    }
  }

  private double weight(int label) {
    return weights == null ? 1 : weights[label];
  }

  /**
   * What the probabilities of a row are multiplied with: the weight of its target, and its share of the smoothed ones.
   */
  private double rowMass(int label) {
    return (1 - smoothing) * weight(label) + smoothing * meanWeight;
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
          row,
          "cross-entropy: target of row " + row + " is " + value + "; expected a whole number, 0 to " + (classes - 1)
              + ", or " + ignored + " to ignore the row");
    }
    return label;
  }
}
