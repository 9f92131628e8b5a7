package io.github.lstm4j.cli.lesson;

import io.github.lstm4j.layer.CellKind;
import io.github.lstm4j.layer.Mode;
import io.github.lstm4j.layer.Recurrent;
import io.github.lstm4j.layer.RecurrentGradients;
import io.github.lstm4j.layer.RecurrentInput;
import io.github.lstm4j.layer.RecurrentOptions;
import io.github.lstm4j.layer.RecurrentTape;
import io.github.lstm4j.memory.Tensor;
import io.github.lstm4j.random.CounterRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;

/** How much of the gradient of the last output arrives at inputs that lie further and further back. */
final class VanishingLesson implements Lesson {
  static final int STEPS = 100;
  private static final int INPUT = 8;
  private static final int HIDDEN = 64;

  /**
   * The gradient's norm at each step.
   *
   * @param name which layer
   * @param norms [steps], from the first
   */
  @SuppressWarnings("ArrayRecordComponent") // printed and drawn, never compared
  record Result(String name, double[] norms) {
    /** What arrives at the first step, as a share of what arrives at the last. */
    double share() {
      return norms[0] / norms[norms.length - 1];
    }
  }

  @Override
  public String name() {
    return "vanishing";
  }

  @Override
  public String description() {
    return "why not a plain RNN: how much gradient arrives 100 steps back";
  }

  @Override
  public String duration() {
    return "a second";
  }

  static List<Result> compare(long seed) {
    RecurrentOptions lstm = RecurrentOptions.of(CellKind.LSTM, INPUT, HIDDEN);
    return List.of(
        new Result("RNN", inputGradientNorms(RecurrentOptions.of(CellKind.RNN_TANH, INPUT, HIDDEN), seed)),
        new Result("LSTM as PyTorch starts it", inputGradientNorms(lstm, seed)),
        new Result("LSTM with forget bias 3", inputGradientNorms(lstm.withForgetBias(3), seed)));
  }

  /** Norms of the gradient of the last output's sum, with respect to the input of each step. */
  static double[] inputGradientNorms(RecurrentOptions options, long seed) {
    // tutorial: vanishing
    Tensor x = Tensor.zeros(1, STEPS, INPUT);
    for (int i = 0; i < x.data().length; i++) {
      x.data()[i] = (float) CounterRandom.normal(seed, CounterRandom.stream("x"), i);
    }
    Tensor ofLastStep = Tensor.zeros(1, STEPS, HIDDEN);
    Arrays.fill(ofLastStep.data(), (STEPS - 1) * HIDDEN, STEPS * HIDDEN, 1);
    try (Recurrent layer = Recurrent.of(options, seed);
        RecurrentTape tape = layer.run(RecurrentInput.of(x), Mode.TRAINING)) {
      RecurrentGradients gradients = tape.backward(ofLastStep, null, null);
      return normsByStep(Objects.requireNonNull(gradients.x()));
    }
    // tutorial: end
  }

  /** The 2-norm of each step of a tensor [1, steps, features]. */
  static double[] normsByStep(Tensor gradient) {
    double[] norms = new double[gradient.size(1)];
    for (int t = 0; t < norms.length; t++) {
      double squares = 0;
      for (int k = 0; k < gradient.size(2); k++) {
        squares += Math.pow(gradient.get(0, t, k), 2);
      }
      norms[t] = Math.sqrt(squares);
    }
    return norms;
  }

  @Override
  public List<Figure> run(Settings settings, Consumer<String> out) {
    List<Result> results = compare(settings.seed());
    out.accept(
        String.format(
            Locale.ROOT, "%d units, %d steps; the gradient of the last output with respect to the inputs,",
            HIDDEN, STEPS));
    out.accept("its norm as a share of the last step's:");
    out.accept("");
    out.accept("  steps back                         1         10         50         99");
    for (Result result : results) {
      StringBuilder row = new StringBuilder(String.format(Locale.ROOT, "  %-26s", result.name()));
      for (int back : new int[] {1, 10, 50, 99}) {
        row.append(String.format(Locale.ROOT, "  %9.1e", result.norms()[STEPS - 1 - back] / result.norms()[STEPS - 1]));
      }
      out.accept(row.toString());
    }
    out.accept("");
    out.accept("What an LSTM holds fades with its forget gates, about one half each as PyTorch starts them:");
    out.accept("0.5 to the power of 99 is nothing either. A forget bias of 3 opens them to sigmoid(3) = 0.95.");
    return List.of(
        new Figure.Curves(
            "vanishing", "Gradient by distance", "steps back from the last", "share of the last step's", true,
            results.stream().map(VanishingLesson::curve).toList()));
  }

  private static Figure.Curve curve(Result result) {
    double[] back = new double[STEPS];
    double[] shares = new double[STEPS];
    for (int i = 0; i < STEPS; i++) {
      back[i] = i;
      shares[i] = result.norms()[STEPS - 1 - i] / result.norms()[STEPS - 1];
    }
    return new Figure.Curve(result.name(), back, shares);
  }
}
