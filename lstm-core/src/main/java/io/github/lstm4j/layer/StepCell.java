package io.github.lstm4j.layer;

import io.github.lstm4j.memory.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One step of a recurrent cell, for loops of one's own: PyTorch's {@code nn.LSTMCell}, {@code nn.GRUCell} and {@code
 * nn.RNNCell}. Parameters are {@code weight_ih}, {@code weight_hh}, {@code bias_ih}, {@code bias_hh}.
 */
public abstract sealed class StepCell implements AutoCloseable permits LstmCell, GruCell, RnnCell {
  private static final String LAYER = "_l0";

  private final Recurrent layer;

  StepCell(CellKind cell, int inputSize, int hiddenSize, boolean bias, long seed) {
    layer =
        Recurrent.of(RecurrentOptions.of(cell, inputSize, hiddenSize).withBias(bias), seed);
  }

  /**
   * The parameters under PyTorch's names for cells, without a layer's suffix.
   *
   * @return parameters by name, in PyTorch's order
   */
  public final Map<String, Parameter> parameters() {
    Map<String, Parameter> byName = new LinkedHashMap<>();
    layer.parameters().all()
        .forEach(parameter ->
            byName.put(parameter.name().substring(0, parameter.name().length() - LAYER.length()), parameter));
    return byName;
  }

  /**
   * Replaces a parameter.
   *
   * @param name PyTorch's name for cells, such as {@code weight_ih}
   * @param value of the parameter's shape
   * @throws IllegalArgumentException if there is no such parameter or the shape differs
   */
  public final void set(String name, Tensor value) {
    layer.set(name + LAYER, value);
  }

  /**
   * What one step returns.
   *
   * @param h the new hidden state [batch, hidden_size]
   * @param c the new cell state [batch, hidden_size]; null for cells that have none
   */
  public record State(Tensor h, @Nullable Tensor c) {}

  /** One step of all sequences of a batch. */
  final State step(Tensor x, @Nullable Tensor h, @Nullable Tensor c) {
    int inputSize = layer.options().inputSize();
    if (x.rank() != 2 || x.size(1) != inputSize) {
      throw new IllegalArgumentException("x has shape " + x.shapeText() + "; expected [batch, " + inputSize + "]");
    }
    int batch = x.size(0);
    RecurrentInput input =
        RecurrentInput.of(x.reshape(batch, 1, inputSize)).withState(state("h", h, batch), state("c", c, batch));
    RecurrentOutput output = layer.run(input);
    int hidden = layer.options().hiddenSize();
    Tensor cell = output.cn();
    return new State(output.hn().reshape(batch, hidden), cell == null ? null : cell.reshape(batch, hidden));
  }

  private @Nullable Tensor state(String name, @Nullable Tensor state, int batch) {
    int hidden = layer.options().hiddenSize();
    return state == null ? null : state.require(name, batch, hidden).reshape(1, batch, hidden);
  }

  /** Frees the parameters. */
  @Override
  public final void close() {
    layer.close();
  }
}
