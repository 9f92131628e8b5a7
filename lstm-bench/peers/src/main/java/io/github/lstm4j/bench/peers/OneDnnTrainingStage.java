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
import org.bytedeco.dnnl.reorder;
import org.bytedeco.javacpp.Pointer;

/**
 * Forward and backward of the layers of one primitive. The weights lie as their gradients do, where an optimizer can
 * add the two; what forward and backward need in another format is reordered in every step, since every step begins
 * with weights that have changed.
 */
final class OneDnnTrainingStage implements AutoCloseable {
  private final OneDnn dnn;
  private final OneDnnLayers layers;
  private final lstm_forward forward;
  private final lstm_backward backward;
  private final IntMemoryMap forwardArguments = new IntMemoryMap();
  private final IntMemoryMap backwardArguments = new IntMemoryMap();
  private final List<Reordering> beforeForward = new ArrayList<>();
  private final List<Reordering> beforeBackward = new ArrayList<>();
  private final memory inputWeightGradient;
  private final memory recurrentWeightGradient;
  private final memory biasGradient;

  /** Weights in the format of their gradients, and where a primitive finds them in its own. */
  private record Reordering(reorder primitive, memory from, memory to) {}

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
            anyInput, anyRecurrent, layers.biases(), layers.target(), none, none, layers.source(), state, state,
            anyInput, anyRecurrent, layers.biases(), layers.target(), none, none, there);
    forward = new lstm_forward(there);
    backward = new lstm_backward(back);

    memory inputWeights = dnn.convert(layers.inputWeights(dnn, operands), back.diff_weights_layer_desc());
    memory recurrentWeights = dnn.convert(layers.recurrentWeights(dnn, operands), back.diff_weights_iter_desc());
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
    forwardArguments.put(
        dnnl.DNNL_ARG_WEIGHTS_LAYER, following(inputWeights, there.weights_layer_desc(), beforeForward));
    forwardArguments.put(
        dnnl.DNNL_ARG_WEIGHTS_ITER, following(recurrentWeights, there.weights_iter_desc(), beforeForward));
    backwardArguments.put(
        dnnl.DNNL_ARG_WEIGHTS_LAYER, following(inputWeights, back.weights_layer_desc(), beforeBackward));
    backwardArguments.put(
        dnnl.DNNL_ARG_WEIGHTS_ITER, following(recurrentWeights, back.weights_iter_desc(), beforeBackward));

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

  /** Weights in a format that a primitive wants: themselves, or a copy that is made again in every step. */
  private memory following(memory weights, memory.desc wanted, List<Reordering> before) {
    if (weights.get_desc().equals(wanted)) {
      return weights;
    }
    memory copy = dnn.make(wanted);
    before.add(new Reordering(new reorder(weights, copy), weights, copy));
    return copy;
  }

  private void reorder(List<Reordering> all) {
    for (Reordering one : all) {
      one.primitive().execute(dnn.queue, one.from(), one.to());
    }
  }

  void forward() {
    reorder(beforeForward);
    forward.execute(dnn.queue, forwardArguments);
  }

  /** Gradients of weights are added to what is there, so it is cleared first. */
  void backward() {
    clear(inputWeightGradient);
    clear(recurrentWeightGradient);
    clear(biasGradient);
    reorder(beforeBackward);
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
    for (Reordering one : beforeForward) {
      one.primitive().close();
    }
    for (Reordering one : beforeBackward) {
      one.primitive().close();
    }
    forward.close();
    backward.close();
  }
}
