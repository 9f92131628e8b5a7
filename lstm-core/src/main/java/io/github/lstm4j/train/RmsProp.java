package io.github.lstm4j.train;

import io.github.lstm4j.kernels.Kernels;
import io.github.lstm4j.kernels.RootMeanSquareCoefficients;
import io.github.lstm4j.layer.Execution;
import io.github.lstm4j.memory.Matrix;
import java.util.List;

/** RMSprop, with PyTorch's formula; see {@link Kernels#rootMeanSquare}. */
public final class RmsProp extends ElementwiseOptimizer<RootMeanSquareCoefficients> {
  private final Options options;

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
    public Optimizer create(Execution execution) {
      return new RmsProp(execution, this);
    }
  }

  private RmsProp(Execution execution, Options options) {
    super("RMSprop", 1 + (options.centered() ? 1 : 0) + (options.momentum() == 0 ? 0 : 1), 0, execution);
    this.options = options;
  }

  @Override
  RootMeanSquareCoefficients coefficients(long update, double rate, float gradientScale) {
    return new RootMeanSquareCoefficients(
        (float) rate, (float) options.alpha(), (float) (1 - options.alpha()), (float) options.epsilon(),
        (float) options.momentum(), (float) options.weightDecay(), gradientScale);
  }

  @Override
  void update(Kernels kernels, Slice slice, RootMeanSquareCoefficients coefficients) {
    List<Matrix> s = slice.state();
    kernels.rootMeanSquare(
        slice.value(), slice.gradient(), s.getFirst(), options.centered() ? s.get(1) : null,
        options.momentum() == 0 ? null : s.getLast(), coefficients);
  }
}
