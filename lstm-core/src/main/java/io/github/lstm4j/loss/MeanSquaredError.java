package io.github.lstm4j.loss;

import io.github.lstm4j.memory.Matrix;
import org.jspecify.annotations.Nullable;

/** The mean of (output − target)² over all elements. Source: torch.nn.MSELoss. */
public final class MeanSquaredError implements Loss {
  /** The loss. */
  public MeanSquaredError() {}

  @Override
  public LossSum evaluate(Matrix output, Matrix target, @Nullable Matrix gradient, double gradientScale) {
    if (output.rows() != target.rows() || output.columns() != target.columns()) {
      throw new IllegalArgumentException(
          "mean squared error of outputs [" + output.rows() + ", " + output.columns() + "] and targets ["
              + target.rows() + ", " + target.columns() + "]; expected the same shape");
    }
    double count = (double) output.rows() * output.columns();
    double factor = 2 * gradientScale / count;
    double sum = 0;
    for (int r = 0; r < output.rows(); r++) {
      for (int c = 0; c < output.columns(); c++) {
        double difference = (double) output.get(r, c) - target.get(r, c);
        sum += difference * difference;
        if (gradient != null) {
          gradient.set(r, c, (float) (factor * difference));
        }
      }
    }
    return new LossSum(sum, count);
  }
}
