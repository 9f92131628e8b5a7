package io.github.lstm4j.loss;

/**
 * The mean over all elements of ½·d² where |d| = |output − target| is below delta, and of delta·(|d| − ½·delta) beyond:
 * a squared error that outliers do not dominate. Source: torch.nn.HuberLoss.
 */
public final class HuberLoss extends Elementwise {
  private final double delta;

  /**
   * The loss.
   *
   * @param delta where the square turns into a line, positive
   * @throws IllegalArgumentException if delta is not a positive number
   */
  public HuberLoss(double delta) {
    super("Huber loss");
    if (!(delta > 0) || Double.isInfinite(delta)) {
      throw new IllegalArgumentException("Huber loss's delta is " + delta + "; expected a positive number");
    }
    this.delta = delta;
  }

  @Override
  double term(double output, double target) {
    double size = Math.abs(output - target);
    return size < delta ? 0.5 * size * size : delta * (size - 0.5 * delta);
  }

  @Override
  double derivative(double output, double target) {
    double difference = output - target;
    return Math.abs(difference) < delta ? difference : delta * Math.signum(difference);
  }
}
