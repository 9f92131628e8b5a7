package io.github.lstm4j.loss;

/** The mean of |output − target| over all elements; the derivative at 0 is 0. Source: torch.nn.L1Loss. */
public final class MeanAbsoluteError extends Elementwise {
  /** The loss. */
  public MeanAbsoluteError() {
    super("mean absolute error");
  }

  @Override
  double term(double output, double target) {
    return Math.abs(output - target);
  }

  @Override
  double derivative(double output, double target) {
    return Math.signum(output - target);
  }
}
