package io.github.lstm4j.cli.lesson;

import io.github.lstm4j.data.BatchSource;
import io.github.lstm4j.layer.CellKind;
import io.github.lstm4j.layer.RecurrentOptions;
import io.github.lstm4j.loss.MeanSquaredError;
import io.github.lstm4j.model.SequenceModel;
import io.github.lstm4j.train.Clipping;
import io.github.lstm4j.train.Trainer;
import io.github.lstm4j.train.TrainerOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** A task that needs a memory of up to as many steps as the sequence has. */
final class AddingLesson implements Lesson {
  static final int STEPS = 100;
  static final int UPDATES = 3000;
  private static final int HIDDEN = 32;
  private static final int BATCH = 32;
  private static final int HELD_OUT = 1000;
  /** Of the curves: a point for each so many updates. */
  private static final int EVERY = 100;

  /**
   * What a training came to.
   *
   * @param error the mean squared error on held-out sequences at the end
   * @param curve the same after each {@value #EVERY} updates
   */
  @SuppressWarnings("ArrayRecordComponent") // printed and drawn, never compared
  record Result(double error, double[] curve) {}

  @Override
  public String name() {
    return "adding";
  }

  @Override
  public String description() {
    return "the adding problem at 100 steps: LSTM, GRU and RNN after the same updates";
  }

  @Override
  public String duration() {
    return "half a minute; with --full, five seeds, two minutes";
  }

  static Result train(CellKind cell, int steps, int updates, long seed, int threads) {
    BatchSource heldOut = new AddingProblem(steps, HELD_OUT, seed).heldOut();
    List<Double> curve = new ArrayList<>();
    // tutorial: adding
    try (SequenceModel model =
        SequenceModel.builder(2)
            .recurrent("rnn", size -> options(cell, size))
            .lastStep()
            .linear("sum", 1)
            .seed(seed)
            .threads(threads)
            .build()) {
      TrainerOptions options =
          new TrainerOptions(new MeanSquaredError())
              .rate(1e-2)
              .clipping(new Clipping.ByNorm(1))
              .updates(updates)
              .onUpdate(update -> {
                if ((update.update() + 1) % EVERY == 0) {
                  curve.add(Trainer.evaluate(model, new MeanSquaredError(), heldOut));
                }
              });
      new Trainer(model, options).fit(new AddingProblem(steps, BATCH, seed));
      double error = Trainer.evaluate(model, new MeanSquaredError(), heldOut);
      // tutorial: end
      return new Result(error, curve.stream().mapToDouble(Double::doubleValue).toArray());
    }
  }

  private static RecurrentOptions options(CellKind cell, int inputSize) {
    RecurrentOptions options = RecurrentOptions.of(cell, inputSize, HIDDEN);
    return cell == CellKind.LSTM ? options.withForgetBias(1) : options;
  }

  @Override
  public List<Figure> run(Settings settings, Consumer<String> out) {
    out.accept(
        String.format(
            Locale.ROOT, "Two of %d numbers are marked; the task is their sum. Mean squared error on %,d held-out",
            STEPS, HELD_OUT));
    out.accept(
        String.format(
            Locale.ROOT, "sequences after %,d updates of %d; always saying 1 gives %.4f:", UPDATES, BATCH, 1 / 6.0));
    out.accept("");
    List<Figure.Curve> curves = new ArrayList<>();
    for (CellKind cell : List.of(CellKind.LSTM, CellKind.GRU, CellKind.RNN_TANH)) {
      String name = cell == CellKind.LSTM ? "LSTM, forget bias 1" : cell == CellKind.GRU ? "GRU" : "RNN";
      StringBuilder row = new StringBuilder(String.format(Locale.ROOT, "  %-20s", name));
      for (long seed : settings.seeds()) {
        Result result = train(cell, STEPS, UPDATES, seed, settings.threads());
        row.append(String.format(Locale.ROOT, "  %6.4f", result.error()));
        if (seed == settings.seed()) {
          curves.add(curve(name, result));
        }
      }
      out.accept(row + (settings.full() ? "  (seeds " : "  (seed ") + settings.seeds().getFirst()
          + (settings.full() ? " to " + settings.seeds().getLast() : "") + ")");
    }
    return List.of(
        new Figure.Curves(
            "adding", "Adding problem, 100 steps", "updates", "held-out mean squared error", true, curves));
  }

  private static Figure.Curve curve(String name, Result result) {
    double[] x = new double[result.curve().length];
    for (int i = 0; i < x.length; i++) {
      x[i] = (i + 1.0) * EVERY;
    }
    return new Figure.Curve(name, x, result.curve());
  }
}
