package io.github.lstm4j.train;

import io.github.lstm4j.kernels.AdamCoefficients;
import io.github.lstm4j.kernels.Kernels;
import io.github.lstm4j.layer.Parameter;
import io.github.lstm4j.memory.Matrix;
import io.github.lstm4j.memory.Memory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Adam, with PyTorch's formula; see {@link Kernels#adam}. */
public final class Adam implements Optimizer {
  private final Kernels kernels;
  private final Options options;
  private final Memory memory = Memory.unlimited("moments of Adam");
  private final Map<String, Moments> moments = new HashMap<>();
  private long updates;

  /**
   * The settings of Adam, under PyTorch's names and with its defaults.
   *
   * @param beta1 decay of the first moment
   * @param beta2 decay of the second moment
   * @param epsilon added to the denominator, {@code eps}
   * @param weightDecay L2 penalty added to the gradient, {@code weight_decay}
   */
  public record Options(double beta1, double beta2, double epsilon, double weightDecay) {
    /** PyTorch's defaults. */
    public static final Options DEFAULT = new Options(0.9, 0.999, 1e-8, 0);

    /**
     * Validated settings.
     *
     * @throws IllegalArgumentException if one is out of range; the message names it
     */
    public Options {
      within("beta1", beta1, 1);
      within("beta2", beta2, 1);
      within("epsilon", epsilon, Double.MAX_VALUE);
      within("weight decay", weightDecay, Double.MAX_VALUE);
    }

    private static void within(String name, double value, double end) {
      if (!(value >= 0 && value < end)) {
        throw new IllegalArgumentException(
            "Adam's " + name + " is " + value + "; expected 0 or more" + (end == 1 ? ", less than 1" : ", finite"));
      }
    }
  }

  private record Moments(Matrix first, Matrix second) {}

  /**
   * Adam without history.
   *
   * @param kernels what computes
   * @param options its settings
   */
  public Adam(Kernels kernels, Options options) {
    this.kernels = kernels;
    this.options = options;
  }

  @Override
  public void step(List<Parameter> parameters, double rate, float gradientScale) {
    updates++;
    // StrictMath: the bits of pow may differ from platform to platform
    double firstCorrection = 1 - StrictMath.pow(options.beta1(), (double) updates);
    double secondCorrection = 1 - StrictMath.pow(options.beta2(), (double) updates);
    AdamCoefficients coefficients =
        new AdamCoefficients(
            (float) (rate / firstCorrection),
            (float) Math.sqrt(secondCorrection),
            (float) options.beta2(),
            (float) (1 - options.beta1()),
            (float) (1 - options.beta2()),
            (float) options.epsilon(),
            (float) options.weightDecay(),
            gradientScale);
    for (Parameter parameter : parameters) {
      if (parameter.trainable()) {
        Moments m = moments.computeIfAbsent(parameter.name(), name -> allocate(parameter));
        kernels.adam(parameter.value(), parameter.gradient(), m.first(), m.second(), coefficients);
        parameter.changed();
      }
    }
  }

  private Moments allocate(Parameter parameter) {
    int rows = parameter.value().rows();
    int columns = parameter.value().columns();
    return new Moments(memory.dense(rows, columns), memory.dense(rows, columns));
  }

  @Override
  public void close() {
    memory.close();
  }
}
