package io.github.lstm4j.data;

import io.github.lstm4j.memory.Tensor;

/**
 * A sequence of its own length and what it is.
 *
 * @param values [length, channels]; NaN where a value is missing. Token ids are one channel
 * @param label the index of its class, or {@link #NO_LABEL}
 */
public record LabelledSequence(Tensor values, int label) {
  /** The label of a sequence whose class nobody told. */
  public static final int NO_LABEL = -1;

  /**
   * A sequence.
   *
   * @throws IllegalArgumentException if it has no step or no channel, or the label is neither an index nor
   *     {@link #NO_LABEL}
   */
  public LabelledSequence {
    if (values.rank() != 2 || values.size(0) < 1 || values.size(1) < 1) {
      throw new IllegalArgumentException(
          "a sequence has shape " + values.shapeText() + "; expected [length, channels], 1 or more of both");
    }
    if (label < NO_LABEL) {
      throw new IllegalArgumentException(
          "the label of a sequence is " + label + "; expected a class index from 0, or " + NO_LABEL + " for none");
    }
  }

  /**
   * The number of steps.
   *
   * @return 1 or more
   */
  public int length() {
    return values.size(0);
  }

  /**
   * The number of values at each step.
   *
   * @return 1 or more
   */
  public int channels() {
    return values.size(1);
  }
}
