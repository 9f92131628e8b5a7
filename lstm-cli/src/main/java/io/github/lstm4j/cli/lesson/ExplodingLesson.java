package io.github.lstm4j.cli.lesson;

import io.github.lstm4j.layer.CellKind;
import io.github.lstm4j.layer.Mode;
import io.github.lstm4j.layer.Parameter;
import io.github.lstm4j.layer.RecurrentGradients;
import io.github.lstm4j.layer.RecurrentInput;
import io.github.lstm4j.layer.RecurrentOptions;
import io.github.lstm4j.layer.RecurrentTape;
import io.github.lstm4j.layer.Rnn;
import io.github.lstm4j.loss.MeanSquaredError;
import io.github.lstm4j.memory.Tensor;
import io.github.lstm4j.model.SequenceModel;
import io.github.lstm4j.random.CounterRandom;
import io.github.lstm4j.train.Clipping;
import io.github.lstm4j.train.Sgd;
import io.github.lstm4j.train.Trainer;
import io.github.lstm4j.train.TrainerOptions;
import io.github.lstm4j.train.TrainingException;
import io.github.lstm4j.train.UpdateRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;

/** The other end: recurrent weights so large that gradients grow with every step, and what clipping their norm does. */
final class ExplodingLesson implements Lesson {
  static final int UPDATES = 600;
  /** How many times PyTorch's first values the recurrent weights start with. */
  static final float GAIN = 4;

  private static final int STEPS = 100;
  private static final int INPUT = 8;
  private static final int HIDDEN = 64;
  private static final int TASK_STEPS = 20;

  /**
   * A training.
   *
   * @param losses of each update, before it
   * @param norms of each update's gradient, before clipping
   * @param stopped why training ended early, empty where it did not
   */
  @SuppressWarnings("ArrayRecordComponent") // printed and drawn, never compared
  record Result(double[] losses, double[] norms, String stopped) {
    static Result of(List<UpdateRecord> updates, String stopped) {
      return new Result(
          updates.stream().mapToDouble(UpdateRecord::loss).toArray(),
          updates.stream().mapToDouble(UpdateRecord::gradientNorm).toArray(), stopped);
    }

    double largestNorm() {
      return Arrays.stream(norms).max().orElse(0);
    }

    /** The mean loss over the last tenth. */
    double lastLoss() {
      return Arrays.stream(losses).skip(losses.length * 9L / 10).average().orElse(0);
    }
  }

  @Override
  public String name() {
    return "exploding";
  }

  @Override
  public String description() {
    return "exploding gradients, and what clipping does";
  }

  @Override
  public String duration() {
    return "two seconds";
  }

  /** Norms of the last output's gradient at each step's input, of an RNN whose recurrent weights are larger. */
  static double[] inputGradientNorms(float gain, long seed) {
    Tensor x = Tensor.zeros(1, STEPS, INPUT);
    for (int i = 0; i < x.data().length; i++) {
      x.data()[i] = (float) CounterRandom.normal(seed, CounterRandom.stream("x"), i);
    }
    Tensor ofLastStep = Tensor.zeros(1, STEPS, HIDDEN);
    Arrays.fill(ofLastStep.data(), (STEPS - 1) * HIDDEN, STEPS * HIDDEN, 1);
    try (Rnn rnn = Rnn.create(RecurrentOptions.of(CellKind.RNN_TANH, INPUT, HIDDEN), seed)) {
      enlarge(rnn.parameters().get("weight_hh_l0"), gain);
      try (RecurrentTape tape = rnn.run(RecurrentInput.of(x), Mode.TRAINING)) {
        RecurrentGradients gradients = tape.backward(ofLastStep, null, null);
        return VanishingLesson.normsByStep(Objects.requireNonNull(gradients.x()));
      }
    }
  }

  private static void enlarge(Parameter parameter, float gain) {
    Tensor value = parameter.toTensor();
    for (int i = 0; i < value.data().length; i++) {
      value.data()[i] *= gain;
    }
    parameter.set(value);
  }

  static Result train(Clipping clipping, long seed) {
    List<UpdateRecord> updates = new ArrayList<>();
    // tutorial: clipping
    try (SequenceModel model =
        SequenceModel.builder(2).rnn("rnn", 32).lastStep().linear("sum", 1).seed(seed).build()) {
      enlarge(model.parameter("rnn.weight_hh_l0"), 2);
      TrainerOptions options =
          new TrainerOptions(new MeanSquaredError())
              .optimizer(Sgd.Options.DEFAULT)
              .rate(0.1)
              .clipping(clipping) // Clipping.NONE, or new Clipping.ByNorm(1)
              .updates(UPDATES)
              .onUpdate(updates::add);
      new Trainer(model, options).fit(new AddingProblem(TASK_STEPS, 32, seed));
      return Result.of(updates, "");
    } catch (TrainingException stopped) { // a gradient is no longer finite; the parameters are the last good ones
      return Result.of(updates, String.valueOf(stopped.getMessage()));
    }
    // tutorial: end
  }

  @Override
  public List<Figure> run(Settings settings, Consumer<String> out) {
    double[] norms = inputGradientNorms(GAIN, settings.seed());
    out.accept(
        String.format(
            Locale.ROOT, "An RNN of %d units whose recurrent weights start %.0f times as large as PyTorch's:", HIDDEN,
            GAIN));
    out.accept(
        String.format(
            Locale.ROOT, "the gradient of the last output is %.1e times as long %d steps back.",
            norms[0] / norms[STEPS - 1], STEPS - 1));
    out.accept("");
    out.accept(
        String.format(
            Locale.ROOT, "One that starts twice as large, trained on the adding problem of %d steps by SGD at 0.1:",
            TASK_STEPS));
    out.accept("");
    Result free = train(Clipping.NONE, settings.seed());
    Result clipped = train(new Clipping.ByNorm(1), settings.seed());
    out.accept(row("no clipping", free));
    out.accept(row("clipped to norm 1", clipped));
    out.accept("");
    out.accept("Without clipping: " + free.stopped().replaceAll("; .*", "."));
    return List.of(
        new Figure.Curves(
            "exploding", "Norm of the gradient, before clipping", "update", "norm", true,
            List.of(
                Figure.Curve.of("no clipping", free.norms()), Figure.Curve.of("clipped to norm 1", clipped.norms()))));
  }

  private static String row(String name, Result result) {
    return String.format(
        Locale.ROOT, "  %-18s %4d updates, longest gradient %8.3g, loss %.3f at first, %.3g at last", name,
        result.losses().length, result.largestNorm(), result.losses()[0], result.lastLoss());
  }
}
