package io.github.lstm4j.train;

import io.github.lstm4j.kernels.AdamCoefficients;
import io.github.lstm4j.kernels.Kernels;
import io.github.lstm4j.layer.Execution;
import io.github.lstm4j.memory.Matrix;
import java.util.List;

/** Adam and AdamW, with PyTorch's formulas; see {@link Kernels#adam}. */
public final class Adam extends ElementwiseOptimizer<AdamCoefficients> {
  private final Options options;

  /**
   * The settings of Adam, under PyTorch's names and with its defaults.
   *
   * @param beta1 decay of the first moment
   * @param beta2 decay of the second moment
   * @param epsilon added to the denominator, {@code eps}
   * @param weightDecay {@code weight_decay}
   * @param decoupled whether the decay shrinks the value itself, as AdamW does, instead of adding to the gradient
   * @param amsgrad whether the largest second moment so far is used
   */
  public record Options(
      double beta1, double beta2, double epsilon, double weightDecay, boolean decoupled, boolean amsgrad)
      implements OptimizerOptions {
    /** torch.optim.Adam's defaults. */
    public static final Options DEFAULT = new Options(0.9, 0.999, 1e-8, 0, false, false);

    /** torch.optim.AdamW's defaults. */
    public static final Options ADAMW = new Options(0.9, 0.999, 1e-8, 1e-2, true, false);

    /**
     * Validated settings.
     *
     * @throws IllegalArgumentException if one is out of range; the message names it
     */
    public Options {
      Check.within("Adam", "beta1", beta1, 1);
      Check.within("Adam", "beta2", beta2, 1);
      Check.within("Adam", "epsilon", epsilon, Double.POSITIVE_INFINITY);
      Check.within("Adam", "weight decay", weightDecay, Double.POSITIVE_INFINITY);
    }

    /**
     * The same with another weight decay.
     *
     * @param value {@code weight_decay}
     * @return new settings
     */
    public Options withWeightDecay(double value) {
      return new Options(beta1, beta2, epsilon, value, decoupled, amsgrad);
    }

    @Override
    public Optimizer create(Execution execution) {
      return new Adam(execution, this);
    }
  }

  private Adam(Execution execution, Options options) {
    super("Adam", options.amsgrad() ? 3 : 2, 0, execution);
    this.options = options;
  }

  @Override
  void update(Kernels kernels, Slice slice, AdamCoefficients coefficients) {
    List<Matrix> m = slice.state();
    kernels.adam(
        slice.value(), slice.gradient(), m.get(0), m.get(1), options.amsgrad() ? m.get(2) : null, coefficients);
  }

  @Override
  AdamCoefficients coefficients(long update, double rate, float gradientScale) {
    // StrictMath: the bits of pow may differ from platform to platform
    double firstCorrection = 1 - StrictMath.pow(options.beta1(), (double) update);
    double secondCorrection = 1 - StrictMath.pow(options.beta2(), (double) update);
    return new AdamCoefficients(
        (float) (rate / firstCorrection),
        (float) Math.sqrt(secondCorrection),
        (float) options.beta2(),
        (float) (1 - options.beta1()),
        (float) (1 - options.beta2()),
        (float) options.epsilon(),
        options.decoupled() ? 0 : (float) options.weightDecay(),
        options.decoupled() ? (float) (1 - rate * options.weightDecay()) : 1,
        gradientScale);
  }
}
