package io.github.lstm4j.train;

import io.github.lstm4j.kernels.Kernels;
import io.github.lstm4j.kernels.SgdCoefficients;
import io.github.lstm4j.layer.Execution;

/** Stochastic gradient descent, with PyTorch's formula; see {@link Kernels#sgd}. */
public final class Sgd extends ElementwiseOptimizer<SgdCoefficients> {
  private final Options options;

  /**
   * The settings of SGD, under PyTorch's names and with its defaults.
   *
   * @param momentum factor of the velocity
   * @param dampening how much of the gradient is kept from the velocity
   * @param weightDecay L2 penalty added to the gradient, {@code weight_decay}
   * @param nesterov whether the velocity looks ahead
   */
  public record Options(double momentum, double dampening, double weightDecay, boolean nesterov)
      implements OptimizerOptions {
    /** torch.optim.SGD's defaults. */
    public static final Options DEFAULT = new Options(0, 0, 0, false);

    /**
     * Validated settings.
     *
     * @throws IllegalArgumentException if one is out of range; the message names it
     */
    public Options {
      Check.within("SGD", "momentum", momentum, Double.POSITIVE_INFINITY);
      Check.within("SGD", "dampening", dampening, Double.POSITIVE_INFINITY);
      Check.within("SGD", "weight decay", weightDecay, Double.POSITIVE_INFINITY);
      if (nesterov && (momentum == 0 || dampening != 0)) {
        throw new IllegalArgumentException(
            "SGD's nesterov with momentum " + momentum + " and dampening " + dampening
                + "; expected a positive momentum and no dampening");
      }
    }

    @Override
    public Optimizer create(Execution execution) {
      return new Sgd(execution, this);
    }
  }

  private Sgd(Execution execution, Options options) {
    super("SGD", options.momentum() == 0 ? 0 : 1, 0, execution);
    this.options = options;
  }

  @Override
  SgdCoefficients coefficients(long update, double rate, float gradientScale) {
    double dampened = update == 1 ? 1 : 1 - options.dampening(); // a first velocity is the gradient itself
    return new SgdCoefficients(
        (float) rate, (float) options.momentum(), (float) dampened, options.nesterov(), (float) options.weightDecay(),
        gradientScale);
  }

  @Override
  void update(Kernels kernels, Slice slice, SgdCoefficients coefficients) {
    kernels.sgd(
        slice.value(), slice.gradient(), options.momentum() == 0 ? null : slice.state().getFirst(), coefficients);
  }
}
