package io.github.lstm4j.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lstm4j.layer.CellKind;
import io.github.lstm4j.layer.Mode;
import io.github.lstm4j.layer.Noise;
import io.github.lstm4j.layer.Parameter;
import io.github.lstm4j.layer.RecurrentOptions;
import io.github.lstm4j.layer.StepPlan;
import io.github.lstm4j.loss.BinaryCrossEntropy;
import io.github.lstm4j.loss.CrossEntropy;
import io.github.lstm4j.loss.HuberLoss;
import io.github.lstm4j.loss.Loss;
import io.github.lstm4j.loss.MeanAbsoluteError;
import io.github.lstm4j.loss.MeanSquaredError;
import io.github.lstm4j.memory.Matrix;
import io.github.lstm4j.memory.Memory;
import io.github.lstm4j.memory.Tensor;
import io.github.lstm4j.testing.Drawn;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The gradient of a whole model, embedding → cell → dropout → pooling → linear → loss, against central differences of
 * its loss: each parameter is moved along its own gradient, which shows what is too much, and along a random direction,
 * which shows what is missing.
 */
class ModelGradientTest {
  private static final int BATCH = 3;
  private static final int STEPS = 4;
  private static final int CLASSES = 5;
  private static final int[] LENGTHS = {3, 4, 2};

  /** u, the unit roundoff of float32. */
  private static final double U = 0x1p-24;

  /** How far each parameter moves: U^(1/3), which balances rounding (U/h) and the third derivative (h²). */
  private static final double STEP = 0x1p-8;

  static List<Arguments> models() {
    List<Arguments> all = new ArrayList<>();
    for (CellKind cell : CellKind.values()) {
      for (String pooling : List.of("last", "mean", "max")) {
        for (Loss loss :
            List.of(
                new CrossEntropy(-100, 0.1, new double[] {1, 2, 0.5, 1, 1}), new BinaryCrossEntropy(),
                new MeanSquaredError(), new MeanAbsoluteError(), new HuberLoss(0.5))) {
          all.add(Arguments.of(cell, pooling, loss));
        }
      }
    }
    return all;
  }

  private static SequenceModel model(CellKind cell, String pooling) {
    ModelBuilder builder =
        SequenceModel.builder(1)
            .embedding("embedding", 6, 3)
            .recurrent("rnn", size -> RecurrentOptions.of(cell, size, 4).withLayers(2))
            .dropout("drop", 0)
            .seed(5);
    return switch (pooling) {
      case "last" -> builder.lastStep().linear("head", CLASSES).build();
      case "mean" -> builder.meanOverTime().linear("head", CLASSES).build();
      default -> builder.maxOverTime().linear("head", CLASSES).build();
    };
  }

  /** A model, one batch and its targets. */
  private record Setup(SequenceModel model, ModelPass pass, Loss loss, Matrix target) {
    double run() {
      pass.forward(Noise.NONE);
      return loss.evaluate(model.execution(), pass.outputRows(), target, pass.outputGradient(), 1).mean();
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void isTheSlopeOfTheLoss(CellKind cell, String pooling, Loss loss) {
    try (SequenceModel model = model(cell, pooling);
        ModelPass pass = model.pass(StepPlan.of(STEPS, LENGTHS), Mode.TRAINING);
        Memory memory = Memory.unlimited("test")) {
      pass.setInput(Tensor.of(new float[] {1, 5, 2, 0, 0, 4, 4, 3, 5, 1, 0, 0}, BATCH, STEPS, 1));
      boolean classes = loss instanceof CrossEntropy;
      Matrix target = memory.matrix(BATCH, classes ? 1 : CLASSES);
      for (int r = 0; r < BATCH; r++) {
        for (int c = 0; c < target.columns(); c++) {
          float drawn = Drawn.tensor(8, BATCH, CLASSES).data()[r * CLASSES + c];
          target.set(r, c, classes ? r : loss instanceof BinaryCrossEntropy ? Math.abs(drawn) : 2 * drawn);
        }
      }
      Setup setup = new Setup(model, pass, loss, target);
      model.zeroGradients();
      setup.run();
      pass.backward();
      for (String name : model.parameters().stream().map(Parameter::name).toList()) {
        checkSlope(setup, name);
      }
    }
  }

  private static void checkSlope(Setup setup, String name) {
    float[] gradient = setup.model.parameter(name).gradientTensor().data();
    double norm = norm(gradient);
    assertTrue(norm > 1e-4 && Double.isFinite(norm), name + " has a gradient of norm " + norm);
    checkSlope(setup, name, gradient, gradient, norm);
    checkSlope(setup, name, Drawn.tensor(name.hashCode(), gradient.length).data(), gradient, norm);
  }

  private static double norm(float[] vector) {
    double sum = 0;
    for (float v : vector) {
      sum += (double) v * v;
    }
    return Math.sqrt(sum);
  }

  /**
   * Moves a parameter by ±h along a direction. The difference is wrong by rounding and by the third derivative.
   * Rounding: the loss, of about 1, is a chain of embedding, two layers of four steps, pooling and head: eleven
   * products of at most 5 terms and as many activations, each within 10u (tanh, the widest), so within 11·15·u of the
   * loss' scale; over 2h, twice. Curvature: with twice the step its error is four times as large, so the two differ by
   * three times the error of the first, unless a kink (relu, max, |x|) lies between: then they say little, and the step
   * is halved, three times at most.
   */
  private static void checkSlope(Setup setup, String name, float[] direction, float[] gradient, double norm) {
    double length = norm(direction);
    double expected = 0;
    for (int i = 0; i < gradient.length; i++) {
      expected += gradient[i] * (direction[i] / length);
    }
    double error = Double.POSITIVE_INFINITY;
    double allowed = 0;
    for (double h = STEP; h >= STEP / 8; h /= 2) {
      double near = slope(setup, name, direction, h / length) / length;
      double far = slope(setup, name, direction, 2 * h / length) / length;
      double rounding = 11 * 15 * U / h;
      allowed = rounding + Math.abs(far - near) / 3 + 2 * U * norm;
      error = Math.abs(near - expected);
      if (error <= allowed && allowed <= 0.05 * norm + 2 * rounding) {
        return;
      }
    }
    assertEquals(0, error, allowed, name + ": the slope of the loss differs from " + expected);
  }

  private static double slope(Setup setup, String name, float[] direction, double h) {
    Tensor value = setup.model.parameter(name).toTensor();
    double above = moved(setup, name, value, direction, h);
    double below = moved(setup, name, value, direction, -h);
    setup.model.parameter(name).set(value);
    return (above - below) / (2 * h);
  }

  private static double moved(Setup setup, String name, Tensor value, float[] direction, double by) {
    Tensor tensor = Tensor.zeros(value.shape());
    for (int i = 0; i < direction.length; i++) {
      tensor.data()[i] = (float) (value.data()[i] + by * direction[i]);
    }
    setup.model.parameter(name).set(tensor);
    return setup.run();
  }
}
