package io.github.lstm4j.cli;

/**
 * The losses of a training run.
 *
 * @param training the mean loss over the training part, one for each epoch
 * @param validation the loss over the validation part after each epoch
 */
@SuppressWarnings("ArrayRecordComponent") // handed from the forecaster to the report, never compared
public record LossCurve(double[] training, double[] validation) {
  /**
   * A curve.
   *
   * @throws IllegalArgumentException if there are no epochs, or not as many of both
   */
  public LossCurve {
    if (training.length < 1 || training.length != validation.length) {
      throw new IllegalArgumentException(
          training.length + " training and " + validation.length + " validation losses; expected as many, 1 or more");
    }
  }

  /**
   * The epoch with the lowest validation loss.
   *
   * @return its number, counted from 1
   */
  public int bestEpoch() {
    int best = 0;
    for (int i = 1; i < validation.length; i++) {
      best = validation[i] < validation[best] ? i : best;
    }
    return best + 1;
  }
}
