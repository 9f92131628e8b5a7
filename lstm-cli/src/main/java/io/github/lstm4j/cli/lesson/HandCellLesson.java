package io.github.lstm4j.cli.lesson;

import io.github.lstm4j.layer.CellKind;
import io.github.lstm4j.layer.Gate;
import io.github.lstm4j.layer.Lstm;
import io.github.lstm4j.layer.Mode;
import io.github.lstm4j.layer.RecurrentGradients;
import io.github.lstm4j.layer.RecurrentInput;
import io.github.lstm4j.layer.RecurrentOptions;
import io.github.lstm4j.layer.RecurrentTape;
import io.github.lstm4j.memory.Tensor;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;

/** One cell of one unit, step by step, by the library and on paper: the same numbers, forwards and backwards. */
final class HandCellLesson implements Lesson {
  static final double[] INPUTS = {1, 5, 7, 4};
  static final double H0 = -1;
  static final double C0 = 0;
  /** The same numbers for {@link #byLibrary()}'s weights. */
  static final HandCell PAPER =
      new HandCell(
          new double[] {0.5, -10, 0.5, 0.5}, new double[] {0.5, 0.5, 0.5, 10}, new double[] {0.5, 0.5, 0.5, 0.5});

  private static final List<Gate> GATES = Gate.of(CellKind.LSTM);

  /**
   * What the library says.
   *
   * @param gates [4 gates][4 steps], in the order i, f, g, o
   * @param c the cell state after each step
   * @param h the output of each step
   * @param weightIh the last output's gradient, [4]
   * @param weightHh likewise
   * @param bias likewise
   * @param x likewise, for each step
   * @param h0 likewise
   * @param c0 likewise
   */
  record Result(
      List<Tensor> gates, Tensor c, Tensor h, Tensor weightIh, Tensor weightHh, Tensor bias, Tensor x, double h0,
      double c0) {
    /** The last output. */
    double last() {
      return h.data()[INPUTS.length - 1];
    }

    /** What the tutorial makes of it. */
    double probability() {
      return HandCell.sigmoid(4 * last() + 5);
    }
  }

  @Override
  public String name() {
    return "hand-cell";
  }

  @Override
  public String description() {
    return "one LSTM cell by hand: values and gradients, step by step";
  }

  @Override
  public String duration() {
    return "a second";
  }

  static Result byLibrary() {
    // tutorial: hand-library
    Tensor x = Tensor.of(new float[] {1, 5, 7, 4}, 4, 1); // [steps, features]: a single sequence
    Tensor h0 = Tensor.of(new float[] {-1}, 1, 1);
    Tensor c0 = Tensor.zeros(1, 1);
    try (Lstm lstm = Lstm.create(RecurrentOptions.of(CellKind.LSTM, 1, 1), 0)) {
      lstm.set("weight_ih_l0", Tensor.of(new float[] {0.5f, -10, 0.5f, 0.5f}, 4, 1)); // rows i, f, g, o
      lstm.set("weight_hh_l0", Tensor.of(new float[] {0.5f, 0.5f, 0.5f, 10}, 4, 1));
      lstm.set("bias_ih_l0", Tensor.of(new float[] {0.5f, 0.5f, 0.5f, 0.5f}, 4));
      lstm.set("bias_hh_l0", Tensor.zeros(4)); // PyTorch has two biases, of which only the sum counts
      try (RecurrentTape tape = lstm.run(RecurrentInput.of(x).withState(h0, c0), Mode.TRAINING)) {
        List<Tensor> gates = GATES.stream().map(gate -> tape.gate(gate, 0, 0)).toList(); // i, f, g, o at each step
        Tensor cells = tape.cellStates(0, 0);
        Tensor ofLastStep = Tensor.of(new float[] {0, 0, 0, 1}, 4, 1);
        RecurrentGradients d = tape.backward(ofLastStep, null, null);
        // tutorial: end
        return new Result(
            gates, cells, tape.output().y(),
            gradient(lstm, "weight_ih_l0"), gradient(lstm, "weight_hh_l0"), gradient(lstm, "bias_ih_l0"),
            Objects.requireNonNull(d.x()), d.h0().data()[0], Objects.requireNonNull(d.c0()).data()[0]);
      }
    }
  }

  private static Tensor gradient(Lstm lstm, String name) {
    return lstm.parameters().get(name).gradientTensor();
  }

  @Override
  public List<Figure> run(Settings settings, Consumer<String> out) {
    Result library = byLibrary();
    HandCell.Step[] steps = PAPER.forward(INPUTS, H0, C0);
    HandCell.Gradients paper = PAPER.backward(steps);
    out.accept("Four steps, by the library; h[0] = -1, c[0] = 0.");
    out.accept("");
    out.accept("  t  x         i         f         g         o         c         h");
    for (int t = 0; t < steps.length; t++) {
      StringBuilder row = new StringBuilder(String.format(Locale.ROOT, "  %d  %.0f", t + 1, INPUTS[t]));
      for (Tensor gate : library.gates()) {
        row.append(String.format(Locale.ROOT, "  %8.6f", gate.data()[t]));
      }
      out.accept(row + String.format(Locale.ROOT, "  %8.6f  %8.6f", library.c().data()[t], library.h().data()[t]));
    }
    out.accept("");
    out.accept(
        String.format(
            Locale.ROOT, "The last h is %.4f, and sigmoid(4h + 5) = %.4f.", library.last(), library.probability()));
    out.accept(
        String.format(
            Locale.ROOT, "On paper, in double precision: %.4f and %.4f.",
            steps[3].h(), HandCell.sigmoid(4 * steps[3].h() + 5)));
    out.accept("");
    out.accept("What the last h changes by, for each number that went in (library, on paper):");
    out.accept("");
    out.accept("                               i                     f                     g                     o");
    gradients("weight_ih", library.weightIh().data(), paper.weightIh(), out);
    gradients("weight_hh", library.weightHh().data(), paper.weightHh(), out);
    gradients("bias", library.bias().data(), paper.bias(), out);
    out.accept("                            x[1]                  x[2]                  x[3]                  x[4]");
    gradients("x", library.x().data(), paper.x(), out);
    out.accept("");
    out.accept("Nothing flows back from step 4: x = 4 with a weight of -10 shuts the forget gate.");
    return List.of();
  }

  private static void gradients(String name, float[] library, double[] paper, Consumer<String> out) {
    StringBuilder row = new StringBuilder(String.format(Locale.ROOT, "  %-10s", name));
    for (int k = 0; k < paper.length; k++) {
      row.append(String.format(Locale.ROOT, "  %9.6f, %9.6f", library[k], paper[k]));
    }
    out.accept(row.toString());
  }
}
