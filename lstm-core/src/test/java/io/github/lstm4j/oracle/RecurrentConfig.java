package io.github.lstm4j.oracle;

import java.util.ArrayList;
import java.util.List;

/**
 * The sizes and options of a recurrent layer stack and of one batch through it, in PyTorch's words.
 *
 * @param cell which cell
 * @param inputSize features of an input
 * @param hiddenSize H, units of a layer and direction
 * @param layers how many are stacked
 * @param bias whether there are biases
 * @param bidirectional whether a second set of weights runs backwards
 * @param projSize P, the size h is projected to; 0 for none; LSTM only
 * @param batch sequences
 * @param steps time steps of the padded batch
 * @param lengths steps of each sequence, in 1..steps; empty if all are full
 */
public record RecurrentConfig(
    Cell cell,
    int inputSize,
    int hiddenSize,
    int layers,
    boolean bias,
    boolean bidirectional,
    int projSize,
    int batch,
    int steps,
    List<Integer> lengths) {

  /** Checks what the oracle relies on. */
  public RecurrentConfig {
    lengths = List.copyOf(lengths);
    if (projSize < 0 || projSize >= hiddenSize || (projSize > 0 && cell != Cell.LSTM)) {
      throw new IllegalArgumentException("projSize " + projSize + " of a " + cell + " with hiddenSize " + hiddenSize);
    }
    if (!lengths.isEmpty() && lengths.size() != batch) {
      throw new IllegalArgumentException(lengths.size() + " lengths for a batch of " + batch);
    }
    for (int length : lengths) {
      if (length < 1 || length > steps) {
        throw new IllegalArgumentException("length " + length + " of " + steps + " steps");
      }
    }
  }

  /**
   * D.
   *
   * @return 2 if bidirectional, else 1
   */
  public int directions() {
    return bidirectional ? 2 : 1;
  }

  /**
   * G.
   *
   * @return the blocks of H rows in a weight
   */
  public int gates() {
    return cell.gates();
  }

  /**
   * R, the size of h.
   *
   * @return P with a projection, else H
   */
  public int outputSize() {
    return projSize > 0 ? projSize : hiddenSize;
  }

  /**
   * Whether the state has a c.
   *
   * @return true for LSTM
   */
  public boolean hasCellState() {
    return cell == Cell.LSTM;
  }

  /**
   * The steps of one sequence.
   *
   * @param sequence index in the batch
   * @return its length
   */
  public int length(int sequence) {
    return lengths.isEmpty() ? steps : lengths.get(sequence);
  }

  /**
   * The features a layer reads.
   *
   * @param layer index
   * @return the input's size for layer 0, D·R above
   */
  public int layerInputSize(int layer) {
    return layer == 0 ? inputSize : directions() * outputSize();
  }

  /**
   * What PyTorch appends to a parameter's name.
   *
   * @param layer index
   * @param direction 0 forward, 1 reverse
   * @return such as {@code _l0_reverse}
   */
  static String suffix(int layer, int direction) {
    return "_l" + layer + (direction == 1 ? "_reverse" : "");
  }

  /**
   * The parameters in PyTorch's order.
   *
   * @return weight_ih_l0, weight_hh_l0, bias_ih_l0, bias_hh_l0, weight_hr_l0, weight_ih_l0_reverse, …
   */
  public List<String> parameterNames() {
    List<String> names = new ArrayList<>();
    for (int layer = 0; layer < layers; layer++) {
      for (int direction = 0; direction < directions(); direction++) {
        String suffix = suffix(layer, direction);
        names.add("weight_ih" + suffix);
        names.add("weight_hh" + suffix);
        if (bias) {
          names.add("bias_ih" + suffix);
          names.add("bias_hh" + suffix);
        }
        if (projSize > 0) {
          names.add("weight_hr" + suffix);
        }
      }
    }
    return names;
  }

  /**
   * All tensors a case needs: {@code in.x}, {@code in.h0}, {@code in.c0}, the parameters, {@code seed.y}, {@code
   * seed.hn}, {@code seed.cn}; c0 and cn for LSTM only.
   *
   * @return their names
   */
  public List<String> inputNames() {
    List<String> names = new ArrayList<>(List.of("in.x", "in.h0"));
    if (hasCellState()) {
      names.add("in.c0");
    }
    names.addAll(parameterNames());
    names.addAll(List.of("seed.y", "seed.hn"));
    if (hasCellState()) {
      names.add("seed.cn");
    }
    return names;
  }

  /**
   * The shape of a tensor.
   *
   * @param name a parameter, or in.x, in.h0, in.c0, out.y, out.hn, out.cn, the same under seed. or grad.
   * @return its dimensions; everything but the states is batch-first
   * @throws IllegalArgumentException for any other name
   */
  public List<Integer> shape(String name) {
    int rows = gates() * hiddenSize;
    String kind = name.replaceFirst("^(in|out|seed|grad)\\.", "").replaceFirst("_l\\d+(_reverse)?$", "");
    return switch (kind) {
      case "x" -> List.of(batch, steps, inputSize);
      case "y" -> List.of(batch, steps, directions() * outputSize());
      case "h0", "hn" -> List.of(directions() * layers, batch, outputSize());
      case "c0", "cn" -> List.of(directions() * layers, batch, hiddenSize);
      case "weight_ih" -> List.of(rows, layerInputSize(name.contains("_l0") ? 0 : 1));
      case "weight_hh" -> List.of(rows, outputSize());
      case "bias_ih", "bias_hh" -> List.of(rows);
      case "weight_hr" -> List.of(projSize, hiddenSize);
      default -> throw new IllegalArgumentException("no tensor " + name + " in " + this);
    };
  }

  /**
   * The elements of a tensor.
   *
   * @param name as for {@link #shape}
   * @return the product of its dimensions
   */
  public int size(String name) {
    return shape(name).stream().reduce(1, Math::multiplyExact);
  }
}
