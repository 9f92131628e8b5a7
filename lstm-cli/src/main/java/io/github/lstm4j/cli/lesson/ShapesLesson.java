package io.github.lstm4j.cli.lesson;

import static io.github.lstm4j.cli.lesson.TorchSize.torchSize;

import io.github.lstm4j.layer.CellKind;
import io.github.lstm4j.layer.Lstm;
import io.github.lstm4j.layer.Parameter;
import io.github.lstm4j.layer.RecurrentInput;
import io.github.lstm4j.layer.RecurrentOptions;
import io.github.lstm4j.layer.RecurrentOutput;
import io.github.lstm4j.memory.Tensor;
import io.github.lstm4j.model.SequenceModel;
import io.github.lstm4j.random.CounterRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** What goes in, what comes out, and what lies in between. */
final class ShapesLesson implements Lesson {
  @Override
  public String name() {
    return "shapes";
  }

  @Override
  public String description() {
    return "parameter shapes as PyTorch prints them, a summary, outputs, and a state that is carried";
  }

  @Override
  public String duration() {
    return "a second";
  }

  /** The parameters of a layer as PyTorch prints them. */
  static List<String> parameterShapes(int inputSize, int hiddenSize) {
    // tutorial: shapes
    try (Lstm lstm = Lstm.create(RecurrentOptions.of(CellKind.LSTM, inputSize, hiddenSize), 0)) {
      return lstm.parameters().all().stream().map(p -> p.name() + " " + torchSize(sizes(p))).toList();
    }
    // tutorial: end
  }

  private static int[] sizes(Parameter parameter) {
    return parameter.shape().stream().mapToInt(Integer::intValue).toArray();
  }

  /** LSTM(10, 20, num_layers=2, dropout=0.2) in a table. */
  static String summary(boolean firstLayerFrozen) {
    // tutorial: summary
    try (SequenceModel model =
        SequenceModel.builder(10).lstm("rnn", 20, o -> o.withLayers(2).withDropout(0.2f)).build()) {
      if (firstLayerFrozen) {
        for (String name : List.of("weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0")) {
          model.setTrainable("rnn." + name, false);
        }
      }
      return model.summary();
    }
    // tutorial: end
  }

  /** The output's shape for zeros of a shape, in the layout [steps, batch, features]. */
  static RecurrentOutput output(RecurrentOptions options, int... shape) {
    try (Lstm lstm = Lstm.create(options.withBatchFirst(false), 0)) {
      return lstm.run(RecurrentInput.of(Tensor.zeros(shape)));
    }
  }

  /**
   * A sequence in two pieces.
   *
   * @param whole the output of the whole, [1, steps, 3]
   * @param pieces that of both pieces, one after the other
   */
  @SuppressWarnings("ArrayRecordComponent") // compared by its arrays
  record Continued(float[] whole, float[] pieces) {
    /** Whether all bits are the same. */
    boolean equal() {
      return Arrays.equals(whole, pieces);
    }
  }

  /** A sequence of 20 steps as a whole, and cut at a step, the second piece starting from the state after the first. */
  static Continued continued(int cut, long seed) {
    Tensor x = Tensor.zeros(1, 20, 6);
    for (int i = 0; i < x.data().length; i++) {
      x.data()[i] = (float) CounterRandom.normal(seed, CounterRandom.stream("steps"), i);
    }
    // tutorial: continued
    try (Lstm lstm = Lstm.create(RecurrentOptions.of(CellKind.LSTM, 6, 3), seed)) {
      Tensor whole = lstm.run(RecurrentInput.of(x)).y(); // [1, 20, 3]
      RecurrentOutput first = lstm.run(RecurrentInput.of(steps(x, 0, cut)));
      RecurrentInput rest = RecurrentInput.of(steps(x, cut, 20)).withState(first.hn(), first.cn());
      RecurrentOutput second = lstm.run(rest);
      // tutorial: end
      float[] pieces = Arrays.copyOf(first.y().data(), whole.data().length);
      System.arraycopy(second.y().data(), 0, pieces, first.y().data().length, second.y().data().length);
      return new Continued(whole.data(), pieces);
    }
  }

  private static Tensor steps(Tensor x, int from, int to) {
    return Tensor.of(Arrays.copyOfRange(x.data(), from * x.size(2), to * x.size(2)), 1, to - from, x.size(2));
  }

  @Override
  public List<Figure> run(Settings settings, Consumer<String> out) {
    out.accept("LSTM(2, 3), four gates below each other in each parameter:");
    parameterShapes(2, 3).forEach(shape -> out.accept("  " + shape));
    out.accept("");
    summary(false).lines().forEach(out);
    out.accept("");
    out.accept("The same with its first layer frozen: " + summary(true).lines().reduce("", (a, b) -> b));
    out.accept("");
    RecurrentOutput one = output(RecurrentOptions.of(CellKind.LSTM, 6, 3), 1, 1, 6);
    out.accept(String.format(Locale.ROOT, "LSTM(6, 3): in %s, out %s", torchSize(1, 1, 6), torchSize(one.y())));
    RecurrentOutput two = output(RecurrentOptions.of(CellKind.LSTM, 10, 20).withLayers(2), 5, 3, 10);
    out.accept(
        String.format(
            Locale.ROOT, "LSTM(10, 20, num_layers=2): in %s, out %s, h_n %s", torchSize(5, 3, 10), torchSize(two.y()),
            torchSize(two.hn())));
    out.accept("");
    boolean equal = continued(8, settings.seed()).equal();
    out.accept("20 steps at once, and 8 then 12 from the state that the 8 returned: "
        + (equal ? "the same bits" : "NOT the same bits"));
    return List.of();
  }
}
