package io.github.lstm4j.cli.lesson;

import io.github.lstm4j.layer.CellKind;
import io.github.lstm4j.layer.Gate;
import io.github.lstm4j.layer.Recurrent;
import io.github.lstm4j.layer.RecurrentOptions;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The GRU beside the LSTM: two gates instead of three, no cell state, three quarters of the parameters. */
final class GruLesson implements Lesson {
  /**
   * What a cell is made of.
   *
   * @param cell which cell
   * @param gates what is squashed to 0..1 and multiplied with something
   * @param parameters how many numbers are learnt
   */
  record Size(CellKind cell, List<Gate> gates, long parameters) {}

  @Override
  public String name() {
    return "gru";
  }

  @Override
  public String description() {
    return "GRU beside LSTM and RNN: gates and parameters";
  }

  @Override
  public String duration() {
    return "a second";
  }

  static Size size(CellKind cell, int inputSize, int hiddenSize) {
    // tutorial: gru
    try (Recurrent layer = Recurrent.of(RecurrentOptions.of(cell, inputSize, hiddenSize), 0)) {
      List<Gate> gates = Gate.of(cell).stream().filter(gate -> gate != Gate.CANDIDATE).toList();
      return new Size(cell, gates, layer.parameters().elements());
    }
    // tutorial: end
  }

  @Override
  public List<Figure> run(Settings settings, Consumer<String> out) {
    out.accept("10 features in, 20 units:");
    out.accept("");
    long lstm = size(CellKind.LSTM, 10, 20).parameters();
    for (CellKind cell : List.of(CellKind.LSTM, CellKind.GRU, CellKind.RNN_TANH)) {
      Size size = size(cell, 10, 20);
      String gates =
          size.gates().stream().map(g -> g.name().toLowerCase(Locale.ROOT)).collect(Collectors.joining(", "));
      out.accept(
          String.format(
              Locale.ROOT, "  %-8s  %d x 20 rows  %,5d parameters  %.2f of the LSTM's  gates: %s", cell,
              cell.gates(), size.parameters(), size.parameters() / (double) lstm, gates.isEmpty() ? "none" : gates));
    }
    out.accept("");
    out.accept("20 rows more than the gates have: the candidate, the new value that the gates let in.");
    return List.of();
  }
}
