package io.github.lstm4j.train;

import io.github.lstm4j.kernels.Kernels;
import io.github.lstm4j.kernels.RootMeanSquareCoefficients;
import io.github.lstm4j.layer.Parameter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Adagrad, with PyTorch's formula; see {@link Kernels#rootMeanSquare}. */
public final class Adagrad implements Optimizer {
  private final Kernels kernels;
  private final Options options;
  private final Moments squares;
  private final Map<String, Long> updates = new HashMap<>(); // of each parameter: one may be frozen for a while

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
    public Optimizer create(Kernels kernels) {
      return new Adagrad(kernels, this);
    }
  }

  private Adagrad(Kernels kernels, Options options) {
    this.kernels = kernels;
    this.options = options;
    this.squares = new Moments("Adagrad", 1, (float) options.initial());
  }

  @Override
  public void step(List<Parameter> parameters, double rate, float gradientScale) {
    for (Parameter parameter : parameters) {
      if (parameter.trainable()) {
        long before = updates.merge(parameter.name(), 1L, Long::sum) - 1;
        RootMeanSquareCoefficients coefficients =
            new RootMeanSquareCoefficients(
                (float) (rate / (1 + before * options.rateDecay())), 1, 1, (float) options.epsilon(), 0,
                (float) options.weightDecay(), gradientScale);
        kernels.rootMeanSquare(
            parameter.value(), parameter.gradient(), squares.of(parameter)[0], null, null, coefficients);
        parameter.changed();
      }
    }
  }

  @Override
  public void close() {
    squares.close();
  }
}
