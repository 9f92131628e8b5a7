package io.github.lstm4j.train;

import io.github.lstm4j.kernels.Kernels;
import io.github.lstm4j.kernels.RootMeanSquareCoefficients;
import io.github.lstm4j.layer.Parameter;
import io.github.lstm4j.memory.Matrix;
import java.util.List;

/** RMSprop, with PyTorch's formula; see {@link Kernels#rootMeanSquare}. */
public final class RmsProp implements Optimizer {
  private final Kernels kernels;
  private final Options options;
  private final Moments state;

  /**
   * The settings of RMSprop, under PyTorch's names and with its defaults.
   *
   * @param alpha decay of the mean square
   * @param epsilon added to the root, {@code eps}
   * @param weightDecay L2 penalty added to the gradient, {@code weight_decay}
   * @param momentum factor of the velocity
   * @param centered whether the variance of the gradient is used instead of its mean square
   */
  public record Options(double alpha, double epsilon, double weightDecay, double momentum, boolean centered)
      implements OptimizerOptions {
    /** torch.optim.RMSprop's defaults. */
    public static final Options DEFAULT = new Options(0.99, 1e-8, 0, 0, false);

    /**
     * Validated settings.
     *
     * @throws IllegalArgumentException if one is out of range; the message names it
     */
    public Options {
      Check.within("RMSprop", "alpha", alpha, Double.POSITIVE_INFINITY);
      Check.within("RMSprop", "epsilon", epsilon, Double.POSITIVE_INFINITY);
      Check.within("RMSprop", "weight decay", weightDecay, Double.POSITIVE_INFINITY);
      Check.within("RMSprop", "momentum", momentum, Double.POSITIVE_INFINITY);
    }

    @Override
    public Optimizer create(Kernels kernels) {
      return new RmsProp(kernels, this);
    }
  }

  private RmsProp(Kernels kernels, Options options) {
    this.kernels = kernels;
    this.options = options;
    this.state = new Moments("RMSprop", 1 + (options.centered() ? 1 : 0) + (options.momentum() == 0 ? 0 : 1), 0);
  }

  @Override
  public void step(List<Parameter> parameters, double rate, float gradientScale) {
    RootMeanSquareCoefficients coefficients =
        new RootMeanSquareCoefficients(
            (float) rate, (float) options.alpha(), (float) (1 - options.alpha()), (float) options.epsilon(),
            (float) options.momentum(), (float) options.weightDecay(), gradientScale);
    for (Parameter parameter : parameters) {
      if (parameter.trainable()) {
        Matrix[] s = state.of(parameter);
        kernels.rootMeanSquare(
            parameter.value(), parameter.gradient(), s[0], options.centered() ? s[1] : null,
            options.momentum() == 0 ? null : s[s.length - 1], coefficients);
        parameter.changed();
      }
    }
  }

  @Override
  public void close() {
    state.close();
  }
}
