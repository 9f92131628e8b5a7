package io.github.lstm4j.layer;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The options of a recurrent layer, read off PyTorch's parameter names and shapes: weight_ih_l0 (G·H, input),
 * weight_hh_l0 (G·H, R), weight_hr_l0 (P, H).
 */
public final class RecurrentNames {
  private static final Pattern OWN = Pattern.compile("(weight_(ih|hh|hr)|bias_(ih|hh))_l\\d+(_reverse)?");

  private RecurrentNames() {}

  /**
   * Reads off the options.
   *
   * @param shapes shapes by name, of the layer and whatever else stands in the same file
   * @param prefix of the layer's names, such as {@code "rnn."}, or nothing
   * @param cell the cell, or null to tell an LSTM or a GRU by the number of gate blocks
   * @return the options; dropout is 0, since no weight tells it
   * @throws IllegalArgumentException if a parameter is missing, a shape does not fit, or a name like a recurrent
   *     layer's is left over; the message names it
   */
  public static RecurrentOptions infer(
      Map<String, List<Integer>> shapes, String prefix, @Nullable CellKind cell) {
    List<Integer> input = matrix(shapes, prefix + "weight_ih_l0");
    List<Integer> recurrent = matrix(shapes, prefix + "weight_hh_l0");
    boolean projected = shapes.containsKey(prefix + "weight_hr_l0");
    int hidden = projected ? matrix(shapes, prefix + "weight_hr_l0").getLast() : recurrent.getLast();
    CellKind kind = cell == null ? kind(prefix, recurrent.getFirst(), hidden, projected) : cell;
    Set<String> own = own(shapes, prefix);
    int layers = 1;
    while (shapes.containsKey(prefix + "weight_ih_l" + layers)) {
      layers++;
    }
    RecurrentOptions options =
        RecurrentOptions.of(kind, input.getLast(), hidden)
            .withLayers(layers)
            .withBias(own.stream().anyMatch(name -> name.startsWith(prefix + "bias")))
            .withBidirectional(own.stream().anyMatch(name -> name.endsWith("_reverse")))
            .withProjSize(projected ? recurrent.getLast() : 0);
    List<ParameterSpec> specs = options.parameters(prefix);
    for (ParameterSpec spec : specs) {
      List<Integer> shape = shapes.get(spec.name());
      if (!spec.shape().equals(shape)) {
        throw new IllegalArgumentException(
            spec.name() + (shape == null ? " is missing" : " has shape " + shape) + "; expected " + spec.shape()
                + " of a " + kind + " with input_size " + options.inputSize() + ", hidden_size " + hidden
                + ", num_layers " + layers + (options.projSize() > 0 ? ", proj_size " + options.projSize() : ""));
      }
      own.remove(spec.name());
    }
    if (!own.isEmpty()) { // leaving it out would give another network than the one that was trained
      throw new IllegalArgumentException(
          String.join(", ", own) + ": no place in a " + kind + " with num_layers " + layers
              + (projected ? "" : " without a projection") + ", which is what weight_ih_l0 and its like stand for");
    }
    return options;
  }

  /** The names of this layer: those that no option explains must not be passed over. */
  private static Set<String> own(Map<String, List<Integer>> shapes, String prefix) {
    Set<String> own = new TreeSet<>();
    for (String name : shapes.keySet()) {
      if (name.startsWith(prefix) && OWN.matcher(name.substring(prefix.length())).matches()) {
        own.add(name);
      }
    }
    return own;
  }

  private static List<Integer> matrix(Map<String, List<Integer>> shapes, String name) {
    List<Integer> shape = shapes.get(name);
    if (shape == null) {
      throw new IllegalArgumentException(
          "no tensor " + name + ": not a recurrent layer under PyTorch's names; there are " + shapes.keySet());
    }
    if (shape.size() != 2 || shape.getFirst() < 1 || shape.getLast() < 1) {
      throw new IllegalArgumentException(name + " has shape " + shape + "; expected a matrix");
    }
    return shape;
  }

  /**
   * The number of gate blocks that the shapes show.
   *
   * @param shapes shapes by name
   * @param prefix of the layer's names
   * @return rows of weight_hh_l0 divided by hidden_size; 0 if that leaves a remainder
   * @throws IllegalArgumentException if there is no recurrent layer
   */
  public static int gates(Map<String, List<Integer>> shapes, String prefix) {
    List<Integer> recurrent = matrix(shapes, prefix + "weight_hh_l0");
    int hidden =
        shapes.containsKey(prefix + "weight_hr_l0")
            ? matrix(shapes, prefix + "weight_hr_l0").getLast()
            : recurrent.getLast();
    return recurrent.getFirst() % hidden == 0 ? recurrent.getFirst() / hidden : 0;
  }

  private static CellKind kind(String prefix, int rows, int hidden, boolean projected) {
    if (rows == 4L * hidden) {
      return CellKind.LSTM;
    }
    if (!projected && rows == 3L * hidden) {
      return CellKind.GRU;
    }
    if (!projected && rows == hidden) {
      throw new IllegalArgumentException(
          prefix + "weight_hh_l0 has " + rows + " rows for " + hidden + " hidden units: a plain recurrent layer, and no"
              + " tensor tells whether with tanh or relu; expected the cell to be given");
    }
    throw new IllegalArgumentException(
        prefix + "weight_hh_l0 has " + rows + " rows for " + hidden
            + " hidden units; expected 4 times as many for an LSTM, 3 for a GRU, as many for a plain recurrent layer");
  }
}
