package io.github.lstm4j.train;

import io.github.lstm4j.kernels.Kernels;
import io.github.lstm4j.kernels.RootMeanSquareCoefficients;
import io.github.lstm4j.layer.Execution;

/** Adagrad, with PyTorch's formula; see {@link Kernels#rootMeanSquare}. */
public final class Adagrad extends ElementwiseOptimizer<RootMeanSquareCoefficients> {
  private final Options options;

  /**
   * The settings of Adagrad, under PyTorch's names and with its defaults.
   *
   * @param rateDecay the rate is divided by 1 + (t − 1)·rateDecay, {@code lr_decay}
   * @param weightDecay L2 penalty added to the gradient, {@code weight_decay}
   * @param initial first sum of squares, {@code initial_accumulator_value}
   * @param epsilon added to the root, {@code eps}
   */
  public record Options(double rateDecay, double weightDecay, double initial, double epsilon)
      implements OptimizerOptions {
    /** torch.optim.Adagrad's defaults. */
    public static final Options DEFAULT = new Options(0, 0, 0, 1e-10);

    /**
     * Validated settings.
     *
     * @throws IllegalArgumentException if one is out of range; the message names it
     */
    public Options {
      Check.within("Adagrad", "rate decay", rateDecay, Double.POSITIVE_INFINITY);
      Check.within("Adagrad", "weight decay", weightDecay, Double.POSITIVE_INFINITY);
      Check.within("Adagrad", "initial sum", initial, Double.POSITIVE_INFINITY);
      Check.within("Adagrad", "epsilon", epsilon, Double.POSITIVE_INFINITY);
    }

    @Override
    public Optimizer create(Execution execution) {
      return new Adagrad(execution, this);
    }
  }

  private Adagrad(Execution execution, Options options) {
    super("Adagrad", 1, (float) options.initial(), execution);
    this.options = options;
  }

  @Override
  RootMeanSquareCoefficients coefficients(long update, double rate, float gradientScale) {
    return new RootMeanSquareCoefficients(
        (float) (rate / (1 + (update - 1) * options.rateDecay())), 1, 1, (float) options.epsilon(), 0,
        (float) options.weightDecay(), gradientScale);
  }

  @Override
  void update(Kernels kernels, Slice slice, RootMeanSquareCoefficients coefficients) {
    kernels.rootMeanSquare(
        slice.value(), slice.gradient(), slice.state().getFirst(), null, null, coefficients);
  }
}
