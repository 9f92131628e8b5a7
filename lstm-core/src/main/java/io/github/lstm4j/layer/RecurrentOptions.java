package io.github.lstm4j.layer;

import java.util.ArrayList;
import java.util.List;

/**
 * The options of a recurrent stack: those of PyTorch's {@code nn.LSTM}, under their names in Java's spelling, and two
 * of initialisation.
 *
 * @param cell which cell
 * @param inputSize features of the input, {@code input_size}
 * @param hiddenSize units of the state, {@code hidden_size}
 * @param layers layers on top of each other, {@code num_layers}
 * @param bias whether there are biases
 * @param batchFirst whether tensors are [batch, steps, features]; else [steps, batch, features]. States are never
 * @param dropout probability of zeroing an element between layers while training, {@code dropout}
 * @param bidirectional whether a second direction runs from the end of each sequence
 * @param projSize size of the projected output, 0 for none, {@code proj_size}
 * @param forgetBias added to the forget gate's input bias on initialisation; 0 as PyTorch does
 * @param orthogonal whether recurrent weights start orthogonal, gate by gate, instead of uniform
 */
public record RecurrentOptions(
    CellKind cell,
    int inputSize,
    int hiddenSize,
    int layers,
    boolean bias,
    boolean batchFirst,
    float dropout,
    boolean bidirectional,
    int projSize,
    float forgetBias,
    boolean orthogonal) {
  /**
   * Validated options.
   *
   * @throws IllegalArgumentException if one is out of range; the message names it
   */
  public RecurrentOptions {
    positive("input_size", inputSize);
    positive("hidden_size", hiddenSize);
    positive("num_layers", layers);
    if (!(dropout >= 0 && dropout <= 1)) {
      throw new IllegalArgumentException("dropout is " + dropout + "; expected a probability, 0 to 1");
    }
    if (projSize < 0 || projSize >= hiddenSize) {
      throw new IllegalArgumentException(
          "proj_size is " + projSize + "; expected 0 (no projection) to " + (hiddenSize - 1)
              + ", less than hidden_size");
    }
    if (projSize > 0 && cell != CellKind.LSTM) {
      throw new IllegalArgumentException("proj_size is " + projSize + "; only an LSTM can project");
    }
    if (!Float.isFinite(forgetBias)) {
      throw new IllegalArgumentException("forget bias is " + forgetBias + "; expected a finite number");
    }
    if (forgetBias != 0 && (!bias || cell != CellKind.LSTM)) {
      throw new IllegalArgumentException("forget bias is " + forgetBias + "; only an LSTM with biases has one");
    }
    double largest = (double) cell.gates() * hiddenSize * Math.max(inputSize, 2.0 * hiddenSize); // a long may overflow
    if (largest > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "input_size is " + inputSize + " and hidden_size " + hiddenSize + "; expected weights of at most "
              + Integer.MAX_VALUE + " elements");
    }
  }

  private static void positive(String option, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(option + " is " + value + "; expected 1 or more");
    }
  }

  /**
   * Defaults: one layer, biases, batch first, no dropout, one direction, no projection, PyTorch's initialisation.
   *
   * @param cell which cell
   * @param inputSize features of the input
   * @param hiddenSize units of the state
   * @return the options
   */
  public static RecurrentOptions of(CellKind cell, int inputSize, int hiddenSize) {
    return new RecurrentOptions(cell, inputSize, hiddenSize, 1, true, true, 0, false, 0, 0, false);
  }

  /**
   * Directions.
   *
   * @return 2 if bidirectional, else 1
   */
  public int directions() {
    return bidirectional ? 2 : 1;
  }

  /**
   * The size of a direction's output and of h.
   *
   * @return proj_size if there is a projection, else hidden_size
   */
  public int stateSize() {
    return projSize > 0 ? projSize : hiddenSize;
  }

  /**
   * The features of the output.
   *
   * @return directions · state size
   */
  public int outputSize() {
    return directions() * stateSize();
  }

  int layerInputSize(int layer) {
    return layer == 0 ? inputSize : outputSize();
  }

  /**
   * The suffix of a layer's and direction's parameter names.
   *
   * @param layer the layer, from 0
   * @param reverse whether it is the reverse direction
   * @return such as {@code _l0} or {@code _l1_reverse}
   */
  static String suffix(int layer, boolean reverse) {
    return "_l" + layer + (reverse ? "_reverse" : "");
  }

  /**
   * The parameters under PyTorch's names.
   *
   * @param prefix put before each name, such as {@code "rnn."}, or nothing
   * @return names and shapes in PyTorch's order
   */
  public List<ParameterSpec> parameters(String prefix) {
    List<ParameterSpec> specs = new ArrayList<>();
    int rows = cell.gates() * hiddenSize;
    for (int layer = 0; layer < layers; layer++) {
      for (int direction = 0; direction < directions(); direction++) {
        String suffix = suffix(layer, direction == 1);
        specs.add(new ParameterSpec(prefix + "weight_ih" + suffix, List.of(rows, layerInputSize(layer))));
        specs.add(new ParameterSpec(prefix + "weight_hh" + suffix, List.of(rows, stateSize())));
        if (bias) {
          specs.add(new ParameterSpec(prefix + "bias_ih" + suffix, List.of(rows)));
          specs.add(new ParameterSpec(prefix + "bias_hh" + suffix, List.of(rows)));
        }
        if (projSize > 0) {
          specs.add(new ParameterSpec(prefix + "weight_hr" + suffix, List.of(projSize, hiddenSize)));
        }
      }
    }
    return specs;
  }

  /**
   * The same options with another number of layers.
   *
   * @param value num_layers
   * @return new options
   */
  public RecurrentOptions withLayers(int value) {
    return new RecurrentOptions(
        cell, inputSize, hiddenSize, value, bias, batchFirst, dropout, bidirectional, projSize, forgetBias, orthogonal);
  }

  /**
   * The same options with or without biases.
   *
   * @param value whether there are biases
   * @return new options
   */
  public RecurrentOptions withBias(boolean value) {
    return new RecurrentOptions(
        cell, inputSize, hiddenSize, layers, value, batchFirst, dropout, bidirectional, projSize, forgetBias,
        orthogonal);
  }

  /**
   * The same options with another layout of tensors.
   *
   * @param value batch_first
   * @return new options
   */
  public RecurrentOptions withBatchFirst(boolean value) {
    return new RecurrentOptions(
        cell, inputSize, hiddenSize, layers, bias, value, dropout, bidirectional, projSize, forgetBias, orthogonal);
  }

  /**
   * The same options with another dropout.
   *
   * @param value probability of zeroing an element between layers
   * @return new options
   */
  public RecurrentOptions withDropout(float value) {
    return new RecurrentOptions(
        cell, inputSize, hiddenSize, layers, bias, batchFirst, value, bidirectional, projSize, forgetBias, orthogonal);
  }

  /**
   * The same options with one or two directions.
   *
   * @param value bidirectional
   * @return new options
   */
  public RecurrentOptions withBidirectional(boolean value) {
    return new RecurrentOptions(
        cell, inputSize, hiddenSize, layers, bias, batchFirst, dropout, value, projSize, forgetBias, orthogonal);
  }

  /**
   * The same options with a projection.
   *
   * @param value proj_size, 0 for none
   * @return new options
   */
  public RecurrentOptions withProjSize(int value) {
    return new RecurrentOptions(
        cell, inputSize, hiddenSize, layers, bias, batchFirst, dropout, bidirectional, value, forgetBias, orthogonal);
  }

  /**
   * The same options with a forget-gate bias.
   *
   * @param value added to the forget gate's input bias on initialisation
   * @return new options
   */
  public RecurrentOptions withForgetBias(float value) {
    return new RecurrentOptions(
        cell, inputSize, hiddenSize, layers, bias, batchFirst, dropout, bidirectional, projSize, value, orthogonal);
  }

  /**
   * The same options with another initialisation of the recurrent weights.
   *
   * @param value whether they start orthogonal
   * @return new options
   */
  public RecurrentOptions withOrthogonal(boolean value) {
    return new RecurrentOptions(
        cell, inputSize, hiddenSize, layers, bias, batchFirst, dropout, bidirectional, projSize, forgetBias, value);
  }
}
