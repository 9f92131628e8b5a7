package io.github.lstm4j.train;

import io.github.lstm4j.layer.Execution;
import io.github.lstm4j.layer.Parameter;
import io.github.lstm4j.memory.Matrix;
import java.util.List;

/** Bounds on gradients before an update. */
public sealed interface Clipping {
  /** No bound. */
  Clipping NONE = new ByNorm(Double.POSITIVE_INFINITY);

  /**
   * Prepares the gradients of an update.
   *
   * @param parameters all parameters; frozen ones are passed over
   * @param norm their global norm
   * @return the factor that the optimizer applies to every gradient
   */
  float apply(List<Parameter> parameters, double norm);

  /**
   * The 2-norm of all gradients together.
   *
   * @param execution what computes, and the threads that share the parameters
   * @param parameters all parameters; frozen ones are passed over
   * @return the square root of the sum of squares, added parameter by parameter in double precision
   */
  static double globalNorm(Execution execution, List<Parameter> parameters) {
    return GradientNorm.of(execution, parameters);
  }

  /**
   * Scales all gradients so that their global norm is at most a maximum: by min(1, maximum/(norm + 1e-6)). Source:
   * torch.nn.utils.clip_grad_norm_.
   *
   * @param maximum the largest norm
   */
  record ByNorm(double maximum) implements Clipping {
    /**
     * A bound on the norm.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public ByNorm {
      positive("norm", maximum);
    }

    @Override
    public float apply(List<Parameter> parameters, double norm) {
      return (float) Math.min(1, maximum / (norm + 1e-6));
    }
  }

  /**
   * Cuts every element of every gradient to [−maximum, maximum]. Source: torch.nn.utils.clip_grad_value_.
   *
   * @param maximum the largest magnitude
   */
  record ByValue(double maximum) implements Clipping {
    /**
     * A bound on each element.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public ByValue {
      positive("value", maximum);
    }

    @Override
    public float apply(List<Parameter> parameters, double norm) {
      float bound = (float) maximum;
      for (Parameter parameter : parameters) {
        if (parameter.trainable()) {
          clip(parameter.gradient(), bound);
        }
      }
      return 1;
    }

    private static void clip(Matrix gradient, float bound) {
      for (int r = 0; r < gradient.rows(); r++) {
        for (int c = 0; c < gradient.columns(); c++) {
          gradient.set(r, c, Math.clamp(gradient.get(r, c), -bound, bound));
        }
      }
    }
  }

  private static void positive(String what, double maximum) {
    if (!(maximum > 0)) {
      throw new IllegalArgumentException("clipping by " + what + " to " + maximum + "; expected a positive bound");
    }
  }
}
