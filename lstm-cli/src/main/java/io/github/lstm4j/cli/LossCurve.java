package io.github.lstm4j.cli;

/**
 * The losses of a training run.
 *
 * @param training the mean loss over the training part, one for each epoch
 * @param validation the loss over the validation part after each epoch
 */
@SuppressWarnings("ArrayRecordComponent") // handed from the forecaster to the report, never compared
record LossCurve(double[] training, double[] validation) {
  LossCurve {
    if (training.length < 1 || training.length != validation.length) {
      throw new IllegalArgumentException(
          training.length + " training and " + validation.length + " validation losses; expected as many, 1 or more");
    }
  }

  /** The epoch, counted from 1, with the lowest validation loss. */
  int bestEpoch() {
    int best = 0;
    for (int i = 1; i < validation.length; i++) {
      best = validation[i] < validation[best] ? i : best;
    }
    return best + 1;
  }
}
