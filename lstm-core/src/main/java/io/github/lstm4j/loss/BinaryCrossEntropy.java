package io.github.lstm4j.loss;

/**
 * The mean over all elements of the cross-entropy between targets and sigmoid(logit): max(x, 0) − x·t
 * + log(1 + e^−|x|), which no logit makes overflow. Source: torch.nn.BCEWithLogitsLoss.
 */
public final class BinaryCrossEntropy extends Elementwise {
  /** The loss. */
  public BinaryCrossEntropy() {
    super("binary cross-entropy");
  }

  /**
   * The logistic function in double precision, without cancellation in either tail: rounded to float it is within an
   * ulp.
   *
   * @param x any number
   * @return 1/(1 + e⁻ˣ)
   */
  public static double sigmoid(double x) {
    double e = StrictMath.exp(-Math.abs(x));
    return (x < 0 ? e : 1) / (1 + e);
  }

  @Override
  double term(double output, double target) {
    return Math.max(output, 0) - output * target + StrictMath.log1p(StrictMath.exp(-Math.abs(output)));
  }

  @Override
  double derivative(double output, double target) {
    return sigmoid(output) - target;
  }

  @Override
  void check(int row, int column, double target) {
    if (!(target >= 0 && target <= 1)) {
      throw new BadTargetException(
          row, "binary cross-entropy: target [" + row + ", " + column + "] is " + target + "; expected 0 to 1");
    }
  }
}
