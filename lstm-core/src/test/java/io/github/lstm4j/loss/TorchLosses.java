package io.github.lstm4j.loss;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** PyTorch's losses in double precision, each written down from its documentation; gradients by central differences. */
final class TorchLosses {
  /** u, the unit roundoff of float32. */
  static final double U = 0x1p-24;

  private static final double STEP = 0x1p-17;

  private TorchLosses() {}

  /** The mean over a batch of outputs. */
  interface Mean {
    double of(double[][] outputs);
  }

  /** The mean over elements of a term of an output and a target. */
  interface Term {
    double of(double output, double target);
  }

  static Mean mean(double[][] targets, Term term) {
    return outputs -> {
      double sum = 0;
      int count = 0;
      for (int r = 0; r < outputs.length; r++) {
        for (int c = 0; c < outputs[r].length; c++) {
          sum += term.of(outputs[r][c], targets[r][c]);
          count++;
        }
      }
      return sum / count;
    };
  }

  /** torch.nn.functional.cross_entropy. */
  static Mean crossEntropy(int[] labels, int ignored, double smoothing, double @Nullable [] weights) {
    return logits -> {
      double sum = 0;
      double norm = 0;
      for (int r = 0; r < logits.length; r++) {
        if (labels[r] != ignored) {
          double[] logP = logSoftmax(logits[r]);
          double spread = 0;
          for (int c = 0; c < logP.length; c++) {
            spread -= (weights == null ? 1 : weights[c]) * logP[c];
          }
          double weight = weights == null ? 1 : weights[labels[r]];
          sum += (1 - smoothing) * weight * -logP[labels[r]] + smoothing / logP.length * spread;
          norm += weight;
        }
      }
      return sum / norm;
    };
  }

  private static double[] logSoftmax(double[] x) {
    double max = Arrays.stream(x).max().orElseThrow();
    double logSum = Math.log(Arrays.stream(x).map(v -> Math.exp(v - max)).sum());
    return Arrays.stream(x).map(v -> v - max - logSum).toArray();
  }

  /** log(1 + e^x) − t·x without overflow. */
  static double binary(double x, double t) {
    return -t * logSigmoid(x) - (1 - t) * logSigmoid(-x);
  }

  private static double logSigmoid(double x) {
    return x < 0 ? x - Math.log1p(Math.exp(x)) : -Math.log1p(Math.exp(-x));
  }

  static double huber(double x, double t, double delta) {
    double d = Math.abs(x - t);
    return d <= delta ? d * d / 2 : delta * (d - delta / 2);
  }

  /** Central differences of a mean. */
  static double[][] gradient(Mean loss, double[][] outputs) {
    double[][] gradient = new double[outputs.length][];
    for (int r = 0; r < outputs.length; r++) {
      gradient[r] = new double[outputs[r].length];
      for (int c = 0; c < gradient[r].length; c++) {
        double x = outputs[r][c];
        outputs[r][c] = x + STEP;
        double above = loss.of(outputs);
        outputs[r][c] = x - STEP;
        gradient[r][c] = (above - loss.of(outputs)) / (2 * STEP);
        outputs[r][c] = x;
      }
    }
    return gradient;
  }

  /** How wrong differences are: the third derivative (below 1 for all these) times h²/6, and cancellation over 2h. */
  static double differenceError(double loss) {
    return STEP * STEP / 6 + 64 * 0x1p-53 * (1 + Math.abs(loss)) / STEP;
  }

  /**
   * How far cross-entropy's log-sum may be off in float32, V classes: exp within 2 ulp (4u), its argument rounded
   * (u·|d|, whose mean under the softmax is at most log V), V additions, and log within 2 ulp (4u·log V); half as much
   * again for terms of second order.
   */
  static double logSumError(int classes) {
    double log = Math.log(classes);
    return 1.5 * U * (4 + log + classes + 4 * log);
  }

  /**
   * How far a probability's gradient may be off, in units of its row's factor: that of the sum, and twelve roundings.
   */
  static double probabilityError(int classes) {
    return logSumError(classes) + 12 * U;
  }
}
