package io.github.lstm4j.loss;

import io.github.lstm4j.layer.Execution;
import io.github.lstm4j.memory.Matrix;
import org.jspecify.annotations.Nullable;

/** A loss that is the mean over all elements of a term of one output and one target. */
abstract sealed class Elementwise implements Loss
    permits MeanSquaredError, MeanAbsoluteError, HuberLoss, BinaryCrossEntropy {
  private final String name;

  Elementwise(String name) {
    this.name = name;
  }

  /** The term. */
  abstract double term(double output, double target);

  /** Its derivative by the output. */
  abstract double derivative(double output, double target);

  /** Fails if a target is out of range. */
  void check(int row, int column, double target) {}

  @Override
  public final LossSum evaluate(
      Execution execution, Matrix output, Matrix target, @Nullable Matrix gradient, double gradientScale) {
    if (output.rows() != target.rows() || output.columns() != target.columns()) {
      throw new IllegalArgumentException(
          name + " of outputs [" + output.rows() + ", " + output.columns() + "] and targets [" + target.rows() + ", "
              + target.columns() + "]; expected the same shape");
    }
    double count = (double) output.rows() * output.columns();
    double factor = gradientScale / count;
    double sum = 0;
    for (int r = 0; r < output.rows(); r++) {
      for (int c = 0; c < output.columns(); c++) {
        double y = output.get(r, c);
        double t = target.get(r, c);
        check(r, c, t);
        sum += term(y, t);
        if (gradient != null) {
          gradient.set(r, c, (float) (factor * derivative(y, t)));
        }
      }
    }
    return new LossSum(sum, count);
  }
}
