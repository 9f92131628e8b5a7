package io.github.lstm4j.data;

import java.util.List;

/**
 * What a window is made of.
 *
 * @param features the columns that a network reads, at least one
 * @param targets the columns that it predicts, at least one; they may be features too
 * @param inputSteps the rows that a window reads, at least 1
 * @param stride the rows from the start of one window to the start of the next, at least 1
 * @param horizon how many rows after a step its target stands, at least 1
 * @param targetSteps which steps have a target
 */
public record WindowShape(
    List<String> features, List<String> targets, int inputSteps, int stride, int horizon, WindowTargets targetSteps) {

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if a list is empty or a number is below 1
   */
  public WindowShape {
    features = List.copyOf(features);
    targets = List.copyOf(targets);
    atLeastOne("number of features", features.size());
    atLeastOne("number of targets", targets.size());
    atLeastOne("inputSteps", inputSteps);
    atLeastOne("stride", stride);
    atLeastOne("horizon", horizon);
  }

  /**
   * One step ahead from every row, with a target at the last step.
   *
   * @param features the columns that a network reads
   * @param targets the columns that it predicts
   * @param inputSteps the rows that a window reads, at least 1
   * @return the shape with stride 1 and horizon 1
   */
  public static WindowShape of(List<String> features, List<String> targets, int inputSteps) {
    return new WindowShape(features, targets, inputSteps, 1, 1, WindowTargets.LAST_STEP);
  }

  /**
   * The same with another stride.
   *
   * @param rows the rows between the starts of windows, at least 1
   * @return the new shape
   */
  public WindowShape withStride(int rows) {
    return new WindowShape(features, targets, inputSteps, rows, horizon, targetSteps);
  }

  /**
   * The same with another horizon.
   *
   * @param rows how far ahead the target stands, at least 1
   * @return the new shape
   */
  public WindowShape withHorizon(int rows) {
    return new WindowShape(features, targets, inputSteps, stride, rows, targetSteps);
  }

  /**
   * The same with targets at other steps.
   *
   * @param steps which steps have a target
   * @return the new shape
   */
  public WindowShape withTargetsAt(WindowTargets steps) {
    return new WindowShape(features, targets, inputSteps, stride, horizon, steps);
  }

  /** The steps with a target. */
  int targetCount() {
    return targetSteps == WindowTargets.LAST_STEP ? 1 : inputSteps;
  }

  /** The step that has the first target. */
  int firstTargetStep() {
    return inputSteps - targetCount();
  }

  private static void atLeastOne(String option, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(option + " is " + value + "; expected at least 1");
    }
  }
}
