package io.github.lstm4j.bench.peers;

import io.github.lstm4j.bench.peer.Operands;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.global.dnnl.rnn_direction;
import org.bytedeco.dnnl.lstm_backward;
import org.bytedeco.dnnl.lstm_forward;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.memory.format_tag;
import org.bytedeco.javacpp.Pointer;

/** Forward and backward of the layers of one primitive. */
final class OneDnnTrainingStage implements AutoCloseable {
  private final OneDnn dnn;
  private final OneDnnLayers layers;
  private final lstm_forward forward;
  private final lstm_backward backward;
  private final IntMemoryMap forwardArguments = new IntMemoryMap();
  private final IntMemoryMap backwardArguments = new IntMemoryMap();
  private final memory inputWeightGradient;
  private final memory recurrentWeightGradient;
  private final memory biasGradient;

  OneDnnTrainingStage(
      OneDnn dnn, OneDnnLayers layers, Operands operands, memory source, memory target, memory sourceGradient,
      memory targetGradient) {
    this.dnn = dnn;
    this.layers = layers;
    memory.desc none = new memory.desc();
    memory.desc state = layers.state();
    memory.desc anyInput = layers.inputWeights(format_tag.any);
    memory.desc anyRecurrent = layers.recurrentWeights(format_tag.any);
    lstm_forward.primitive_desc there =
        new lstm_forward.primitive_desc(
            dnn.cpu, prop_kind.forward_training, rnn_direction.unidirectional_left2right, layers.source(), state, state,
            anyInput, anyRecurrent, layers.biases(), layers.target(), none, none);
    lstm_backward.primitive_desc back =
        new lstm_backward.primitive_desc(
            dnn.cpu, prop_kind.backward, rnn_direction.unidirectional_left2right, layers.source(), state, state,
            anyInput, anyRecurrent, layers.biases(), layers.target(), none, none, layers.source(), state, state, anyInput,
            anyRecurrent, layers.biases(), layers.target(), none, none, there);
    forward = new lstm_forward(there);
    backward = new lstm_backward(back);

    memory inputWeights = layers.inputWeights(dnn, operands);
    memory recurrentWeights = layers.recurrentWeights(dnn, operands);
    // Zero states have to be given: without them oneDNN 3.11 adds something to the gradient of the recurrent weights.
    memory zeroStates = dnn.make(state);
    OneDnn.fill(zeroStates, 0);
    memory workspace = dnn.make(there.workspace_desc());
    for (IntMemoryMap arguments : List.of(forwardArguments, backwardArguments)) {
      arguments.put(dnnl.DNNL_ARG_SRC_LAYER, source);
      arguments.put(dnnl.DNNL_ARG_SRC_ITER, zeroStates);
      arguments.put(dnnl.DNNL_ARG_SRC_ITER_C, zeroStates);
      arguments.put(dnnl.DNNL_ARG_BIAS, layers.biases(dnn, operands));
      arguments.put(dnnl.DNNL_ARG_DST_LAYER, target);
      arguments.put(dnnl.DNNL_ARG_WORKSPACE, workspace);
    }
    forwardArguments.put(dnnl.DNNL_ARG_WEIGHTS_LAYER, dnn.convert(inputWeights, there.weights_layer_desc()));
    forwardArguments.put(dnnl.DNNL_ARG_WEIGHTS_ITER, dnn.convert(recurrentWeights, there.weights_iter_desc()));
    backwardArguments.put(dnnl.DNNL_ARG_WEIGHTS_LAYER, dnn.convert(inputWeights, back.weights_layer_desc()));
    backwardArguments.put(dnnl.DNNL_ARG_WEIGHTS_ITER, dnn.convert(recurrentWeights, back.weights_iter_desc()));

    inputWeightGradient = dnn.make(back.diff_weights_layer_desc());
    recurrentWeightGradient = dnn.make(back.diff_weights_iter_desc());
    biasGradient = dnn.make(back.diff_bias_desc());
    backwardArguments.put(dnnl.DNNL_ARG_DIFF_WEIGHTS_LAYER, inputWeightGradient);
    backwardArguments.put(dnnl.DNNL_ARG_DIFF_WEIGHTS_ITER, recurrentWeightGradient);
    backwardArguments.put(dnnl.DNNL_ARG_DIFF_BIAS, biasGradient);
    backwardArguments.put(dnnl.DNNL_ARG_DIFF_SRC_LAYER, sourceGradient);
    backwardArguments.put(dnnl.DNNL_ARG_DIFF_SRC_ITER, dnn.make(state));
    backwardArguments.put(dnnl.DNNL_ARG_DIFF_SRC_ITER_C, dnn.make(state));
    backwardArguments.put(dnnl.DNNL_ARG_DIFF_DST_LAYER, targetGradient);
  }

  void forward() {
    forward.execute(dnn.queue, forwardArguments);
  }

  /** Gradients of weights are added to what is there, so it is cleared first. */
  void backward() {
    clear(inputWeightGradient);
    clear(recurrentWeightGradient);
    clear(biasGradient);
    backward.execute(dnn.queue, backwardArguments);
  }

  private static void clear(memory gradient) {
    Pointer.memset(gradient.get_data_handle(), 0, gradient.get_desc().get_size());
  }

  /** For each layer the gradients of input weight, recurrent weight and bias, as PyTorch has them. */
  List<float[]> weightGradients() {
    List<float[]> inputs = parts(inputWeightGradient, layers.inputWeights(format_tag.ldgoi));
    List<float[]> recurrents = parts(recurrentWeightGradient, layers.recurrentWeights(format_tag.ldgoi));
    List<float[]> biases = parts(biasGradient, layers.biases());
    List<float[]> all = new ArrayList<>();
    for (int i = 0; i < layers.count(); i++) {
      all.add(inputs.get(i));
      all.add(recurrents.get(i));
      all.add(biases.get(i));
    }
    return all;
  }

  private List<float[]> parts(memory gradient, memory.desc format) {
    return layers.parts(OneDnn.numbers(dnn.convert(gradient, format)));
  }

  @Override
  public void close() {
    forward.close();
    backward.close();
  }
}
