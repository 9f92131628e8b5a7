package io.github.lstm4j.loss;

/** The mean of (output − target)² over all elements. Source: torch.nn.MSELoss. */
public final class MeanSquaredError extends Elementwise {
  /** The loss. */
  public MeanSquaredError() {
    super("mean squared error");
  }

  @Override
  double term(double output, double target) {
    return (output - target) * (output - target);
  }

  @Override
  double derivative(double output, double target) {
    return 2 * (output - target);
  }
}
