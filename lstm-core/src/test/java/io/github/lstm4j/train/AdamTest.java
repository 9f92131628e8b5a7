package io.github.lstm4j.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lstm4j.layer.Execution;
import io.github.lstm4j.layer.Parameter;
import io.github.lstm4j.layer.ParameterSpec;
import io.github.lstm4j.layer.Parameters;
import io.github.lstm4j.testing.Drawn;
import io.github.lstm4j.testing.Refusal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Adam against the formula of torch.optim.Adam in double precision. */
final class AdamTest {
  private static final int SIZE = 37;

  /** Half a unit in the last place of float32, relative. */
  private static final double U = 0x1p-24;

  /**
   * One element in double precision, with a bound on the error of the float32 computation that runs along. Each
   * rounding and each coefficient that was rounded to float32 adds U times the magnitude of its result; what comes in
   * wrong is carried through the exact formula to first order. Terms of second order are below 1e-3 of those of first
   * order.
   */
  private static final class Element {
    double x;
    double m;
    double v;
    double xError;
    double mError;
    double vError;

    void step(double gradient, double scale, double rate, Adam.Options options, int t) {
      double g = gradient * scale + options.weightDecay() * x;
      double gError =
          U * Math.abs(gradient * scale)
              + Math.abs(options.weightDecay()) * (xError + U * Math.abs(x))
              + U * Math.abs(g);
      double b1 = options.beta1();
      double b2 = options.beta2();
      // m += (1 − b1)·(g − m): the coefficient, the difference and the fused result are rounded.
      double difference = Math.abs(g - m);
      m = b1 * m + (1 - b1) * g;
      mError = b1 * mError + (1 - b1) * (gError + 2 * U * difference) + U * Math.abs(m);
      // v = b2·v + ((1 − b2)·g)·g: both coefficients, both products and the fused result are rounded.
      vError = b2 * vError + 2 * U * b2 * v + (1 - b2) * (2 * Math.abs(g) * gError + 2 * U * g * g);
      v = b2 * v + (1 - b2) * g * g;
      vError += U * v;
      double root = Math.sqrt(v);
      double rootError = vError / root + U * root;
      double correction = Math.sqrt(1 - Math.pow(b2, t));
      double denominator = root / correction + options.epsilon();
      double denominatorError =
          rootError / correction + 2 * U * root / correction + U * (options.epsilon() + denominator);
      double step = rate / (1 - Math.pow(b1, t));
      double quotient = step * m / denominator;
      double quotientError =
          step * mError / denominator
              + 3 * U * Math.abs(quotient)
              + Math.abs(quotient) * denominatorError / denominator;
      x -= quotient;
      xError += quotientError + U * Math.abs(x);
    }
  }

  @ParameterizedTest
  @CsvSource({"0,1", "0.01,1", "0.1,0.25"})
  void followsPyTorchsFormula(double weightDecay, float scale) {
    Adam.Options options = new Adam.Options(0.9, 0.999, 1e-8, weightDecay, false, false);
    try (Parameters parameters = Parameters.allocate(List.of(new ParameterSpec("p", List.of(SIZE))));
        Execution execution = Execution.of(1);
        Optimizer adam = options.create(execution)) {
      parameters.allocateGradients();
      Parameter p = parameters.get("p");
      p.set(Drawn.tensor(1, SIZE));
      Element[] elements = new Element[SIZE];
      for (int i = 0; i < SIZE; i++) {
        elements[i] = new Element();
        elements[i].x = p.value().get(0, i);
      }
      double largest = 0;
      for (int t = 1; t <= 50; t++) {
        float[] gradient = Drawn.tensor(100 + t, SIZE).data();
        p.gradient().copyFrom(gradient, 0);
        double rate = 1e-2 / t;
        adam.step(List.of(p), rate, scale);
        for (int i = 0; i < SIZE; i++) {
          elements[i].step(gradient[i], scale, rate, options, t);
          double error = Math.abs(p.value().get(0, i) - elements[i].x);
          double bound = 1.001 * elements[i].xError;
          largest = Math.max(largest, bound);
          assertTrue(error <= bound, "update " + t + ", element " + i + ": error " + error + ", bound " + bound);
        }
      }
      assertTrue(largest < 1e-4, "a bound that tells something: " + largest + " beside steps of 1e-2");
    }
  }

  @Test
  void frozenParametersStay() {
    try (Parameters parameters =
            Parameters.allocate(
                List.of(new ParameterSpec("a", List.of(2)), new ParameterSpec("b", List.of(2))));
        Execution execution = Execution.of(1);
        Optimizer adam = Adam.Options.DEFAULT.create(execution)) {
      parameters.allocateGradients();
      parameters.all().forEach(p -> p.gradient().fill(1f));
      parameters.get("a").trainable(false);
      adam.step(List.copyOf(parameters.all()), 0.1, 1);
      assertEquals(0f, parameters.get("a").value().get(0, 0));
      assertTrue(parameters.get("b").value().get(0, 0) < 0);
    }
  }

  @Test
  void settingsAreChecked() {
    Class<IllegalArgumentException> type = IllegalArgumentException.class;
    Refusal.of(type, () -> new Adam.Options(1, 0.999, 1e-8, 0, false, false), "beta1 is 1.0");
    Refusal.of(type, () -> new Adam.Options(0.9, -0.1, 1e-8, 0, false, false), "beta2 is -0.1");
    Refusal.of(type, () -> new Adam.Options(0.9, 0.999, Double.NaN, 0, false, false), "epsilon is NaN");
    Refusal.of(
        type, () -> new Adam.Options(0.9, 0.999, 1e-8, Double.POSITIVE_INFINITY, false, false),
        "weight decay is Infinity");
  }
}
