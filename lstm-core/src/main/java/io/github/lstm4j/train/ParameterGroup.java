package io.github.lstm4j.train;

import io.github.lstm4j.layer.Parameter;
import java.util.function.Predicate;

/**
 * Parameters that are trained in a way of their own, such as biases without weight decay.
 *
 * @param members which parameters belong
 * @param optimizer their optimizer's settings
 * @param rateFactor multiplies the schedule's rate
 */
public record ParameterGroup(Predicate<Parameter> members, OptimizerOptions optimizer, double rateFactor) {
  /**
   * A group.
   *
   * @throws IllegalArgumentException if the factor is negative or not finite
   */
  public ParameterGroup {
    Check.within("a parameter group", "rate factor", rateFactor, Double.POSITIVE_INFINITY);
  }

  /**
   * The biases, which usually get no weight decay.
   *
   * @param optimizer their optimizer's settings
   * @return the group, at the schedule's rate
   */
  public static ParameterGroup biases(OptimizerOptions optimizer) {
    return new ParameterGroup(parameter -> parameter.shape().size() == 1, optimizer, 1);
  }
}
