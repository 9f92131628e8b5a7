package io.github.lstm4j.train;

import io.github.lstm4j.kernels.Kernels;
import io.github.lstm4j.kernels.SgdCoefficients;
import io.github.lstm4j.layer.Parameter;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Stochastic gradient descent, with PyTorch's formula; see {@link Kernels#sgd}. */
public final class Sgd implements Optimizer {
  private final Kernels kernels;
  private final Options options;
  private final Moments buffers;
  private final Set<String> started = new HashSet<>();

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
    public Optimizer create(Kernels kernels) {
      return new Sgd(kernels, this);
    }
  }

  private Sgd(Kernels kernels, Options options) {
    this.kernels = kernels;
    this.options = options;
    this.buffers = new Moments("SGD", options.momentum() == 0 ? 0 : 1, 0);
  }

  @Override
  public void step(List<Parameter> parameters, double rate, float gradientScale) {
    SgdCoefficients first = coefficients(rate, 1, gradientScale); // a first velocity is the gradient itself
    SgdCoefficients later = coefficients(rate, 1 - options.dampening(), gradientScale);
    for (Parameter parameter : parameters) {
      if (parameter.trainable()) {
        boolean fresh = started.add(parameter.name());
        kernels.sgd(
            parameter.value(),
            parameter.gradient(),
            options.momentum() == 0 ? null : buffers.of(parameter)[0],
            fresh ? first : later);
        parameter.changed();
      }
    }
  }

  private SgdCoefficients coefficients(double rate, double dampened, float gradientScale) {
    return new SgdCoefficients(
        (float) rate, (float) options.momentum(), (float) dampened, options.nesterov(), (float) options.weightDecay(),
        gradientScale);
  }

  @Override
  public void close() {
    buffers.close();
  }
}
