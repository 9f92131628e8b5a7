package io.github.lstm4j.cli.lesson;

import io.github.lstm4j.data.Batch;
import io.github.lstm4j.layer.CellKind;
import io.github.lstm4j.layer.Gate;
import io.github.lstm4j.layer.Lstm;
import io.github.lstm4j.layer.Mode;
import io.github.lstm4j.layer.RecurrentInput;
import io.github.lstm4j.layer.RecurrentOptions;
import io.github.lstm4j.layer.RecurrentTape;
import io.github.lstm4j.loss.BinaryCrossEntropy;
import io.github.lstm4j.memory.Tensor;
import io.github.lstm4j.model.SequenceModel;
import io.github.lstm4j.train.Clipping;
import io.github.lstm4j.train.Trainer;
import io.github.lstm4j.train.TrainerOptions;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Gates as filters: what a cell lets in, keeps and shows while it remembers a marked value. */
final class GatesLesson implements Lesson {
  static final int STEPS = 40;
  private static final int HIDDEN = 6;
  private static final int UPDATES = 800;
  private static final int HELD_OUT = 500;

  /**
   * One held-out sequence through the trained layer; all are [units][steps].
   *
   * @param accuracy on held-out sequences
   * @param mark the step of the marked value, from 0
   * @param signs the values, one row
   * @param input the input gate
   * @param forget the forget gate
   * @param output the output gate
   * @param cells the cell state
   * @param otherCells the cell state where the marked value had the other sign
   */
  @SuppressWarnings("ArrayRecordComponent") // printed and drawn, never compared
  record Result(
      double accuracy, int mark, double[][] signs, double[][] input, double[][] forget, double[][] output,
      double[][] cells, double[][] otherCells) {
    /** The unit that takes the value in: the one whose cell state after the mark differs most with the value's sign. */
    int keeper() {
      int best = 0;
      for (int unit = 0; unit < HIDDEN; unit++) {
        best = difference(unit, mark) > difference(best, mark) ? unit : best;
      }
      return best;
    }

    /** How much a unit knows of the marked value after a step. */
    double difference(int unit, int step) {
      return Math.abs(cells[unit][step] - otherCells[unit][step]);
    }

    /** The mean of a gate's row after the mark. */
    double meanAfter(double[] row) {
      double sum = 0;
      for (int t = mark + 1; t < STEPS; t++) {
        sum += row[t];
      }
      return sum / (STEPS - 1 - mark);
    }
  }

  @Override
  public String name() {
    return "gates";
  }

  @Override
  public String description() {
    return "gates as filters: a heat map of what a cell lets in, keeps and shows";
  }

  @Override
  public String duration() {
    return "two seconds";
  }

  static Result trainAndLook(long seed) {
    RecurrentOptions options = RecurrentOptions.of(CellKind.LSTM, 2, HIDDEN).withForgetBias(3);
    MarkedValue heldOut = new MarkedValue(STEPS, HELD_OUT, seed);
    try (SequenceModel model =
        SequenceModel.builder(2).recurrent("rnn", size -> options).lastStep().linear("sign", 1).seed(seed).build()) {
      TrainerOptions training =
          new TrainerOptions(new BinaryCrossEntropy()).rate(1e-2).clipping(new Clipping.ByNorm(1)).updates(UPDATES);
      new Trainer(model, training).fit(new MarkedValue(STEPS, 32, seed));
      Batch test = heldOut.draw("held out");
      double accuracy = accuracy(model.predict(test.input()), test.target());
      Tensor x = new MarkedValue(STEPS, 1, seed).draw("held out").input();
      // tutorial: gates
      try (Lstm lstm = Lstm.create(options, 0)) { // the trained layer by itself: its tape shows the gates
        lstm.parameters().all().forEach(p -> p.set(model.parameter("rnn." + p.name()).toTensor()));
        try (RecurrentTape tape = lstm.run(RecurrentInput.of(x), Mode.TRAINING)) {
          Tensor inputGate = tape.gate(Gate.INPUT, 0, 0); // [1, steps, units]
          Tensor forgetGate = tape.gate(Gate.FORGET, 0, 0);
          Tensor outputGate = tape.gate(Gate.OUTPUT, 0, 0);
          Tensor cells = tape.cellStates(0, 0);
          // tutorial: end
          int mark = mark(x);
          x.data()[2 * mark] *= -1;
          double[][] otherCells = cells(lstm, x);
          x.data()[2 * mark] *= -1;
          return new Result(
              accuracy, mark, signs(x), rows(inputGate), rows(forgetGate), rows(outputGate), rows(cells), otherCells);
        }
      }
    }
  }

  private static double[][] cells(Lstm lstm, Tensor x) {
    try (RecurrentTape tape = lstm.run(RecurrentInput.of(x), Mode.TRAINING)) {
      return rows(tape.cellStates(0, 0));
    }
  }

  /** The share of logits with the target's sign. */
  private static double accuracy(Tensor logits, Tensor targets) {
    int right = 0;
    for (int i = 0; i < targets.data().length; i++) {
      right += logits.data()[i] > 0 == targets.data()[i] > 0 ? 1 : 0;
    }
    return right / (double) targets.data().length;
  }

  private static int mark(Tensor x) {
    int mark = 0;
    while (x.get(0, mark, 1) == 0) {
      mark++;
    }
    return mark;
  }

  /** [1, steps, units] as [units][steps]. */
  private static double[][] rows(Tensor tensor) {
    double[][] rows = new double[tensor.size(2)][tensor.size(1)];
    for (int unit = 0; unit < rows.length; unit++) {
      for (int t = 0; t < rows[unit].length; t++) {
        rows[unit][t] = tensor.get(0, t, unit);
      }
    }
    return rows;
  }

  private static double[][] signs(Tensor x) {
    double[][] rows = rows(x);
    return new double[][] {rows[0]};
  }

  @Override
  public List<Figure> run(Settings settings, Consumer<String> out) {
    Result result = trainAndLook(settings.seed());
    int unit = result.keeper();
    int mark = result.mark();
    out.accept(
        String.format(
            Locale.ROOT, "%d values of +1 or -1, one marked: which was it? %d units, %d updates.",
            STEPS, HIDDEN, UPDATES));
    out.accept(
        String.format(Locale.ROOT, "Right on %.1f %% of %d held-out sequences.", 100 * result.accuracy(), HELD_OUT));
    out.accept("");
    out.accept(
        String.format(
            Locale.ROOT, "One of them, marked at step %d; the unit that takes the value in, number %d:",
            mark + 1, unit + 1));
    out.accept("");
    out.accept("               at the mark  mean after it");
    out.accept(row("input gate", result.input()[unit], result));
    out.accept(row("forget gate", result.forget()[unit], result));
    out.accept(row("output gate", result.output()[unit], result));
    out.accept(row("cell state", result.cells()[unit], result));
    out.accept("");
    out.accept(
        String.format(
            Locale.ROOT, "With the other sign at the mark its cell state is another by %.2f there, by %.2f at the end.",
            result.difference(unit, mark), result.difference(unit, STEPS - 1)));
    double[][] mark1 = new double[1][STEPS];
    mark1[0][mark] = 1;
    double largest = 1e-9;
    for (double[] row : result.cells()) {
      for (double c : row) {
        largest = Math.max(largest, Math.abs(c));
      }
    }
    return List.of(
        new Figure.HeatMap(
            "gates", "What the gates let through while a marked value is remembered", "step",
            List.of(
                new Figure.Band("value", result.signs(), -1, 1),
                new Figure.Band("mark", mark1, 0, 1),
                new Figure.Band("input gate", result.input(), 0, 1),
                new Figure.Band("forget gate", result.forget(), 0, 1),
                new Figure.Band("output gate", result.output(), 0, 1),
                new Figure.Band("cell state", result.cells(), -largest, largest))));
  }

  private static String row(String name, double[] values, Result result) {
    return String.format(Locale.ROOT, "  %-12s  %10.2f  %13.2f", name, values[result.mark()], result.meanAfter(values));
  }
}
