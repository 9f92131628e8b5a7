package io.github.lstm4j.bench.peers;

import io.github.lstm4j.bench.Shape;
import io.github.lstm4j.bench.peer.Operands;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.memory.format_tag;

/**
 * Layers that one primitive of oneDNN runs: those whose input is as wide as its first. A stack is one such group, or
 * two if the first layer's input has another width than the hidden state.
 *
 * @param first the first of them, from 0
 * @param count how many
 * @param input features that go into the first
 * @param shape the whole stack's
 */
record OneDnnLayers(int first, int count, int input, Shape shape) {
  static List<OneDnnLayers> of(Shape shape) {
    List<OneDnnLayers> groups = new ArrayList<>();
    if (shape.input() == shape.hidden() || shape.layers() == 1) {
      groups.add(new OneDnnLayers(0, shape.layers(), shape.input(), shape));
    } else {
      groups.add(new OneDnnLayers(0, 1, shape.input(), shape));
      groups.add(new OneDnnLayers(1, shape.layers() - 1, shape.hidden(), shape));
    }
    return groups;
  }

  /** Format of the input [T, B, in]. */
  memory.desc source() {
    return OneDnn.format(format_tag.tnc, shape.steps(), shape.batch(), input);
  }

  /** Format of the output [T, B, H]. */
  memory.desc target() {
    return OneDnn.format(format_tag.tnc, shape.steps(), shape.batch(), shape.hidden());
  }

  /** Format of a state [layers, 1, B, H]. */
  memory.desc state() {
    return OneDnn.format(format_tag.ldnc, count, 1, shape.batch(), shape.hidden());
  }

  /** Format of the input weights [layers, 1, in, 4, H]. */
  memory.desc inputWeights(format_tag tag) {
    return OneDnn.format(tag, count, 1, input, 4, shape.hidden());
  }

  /** Format of the recurrent weights [layers, 1, H, 4, H]. */
  memory.desc recurrentWeights(format_tag tag) {
    return OneDnn.format(tag, count, 1, shape.hidden(), 4, shape.hidden());
  }

  /** Format of the biases [layers, 1, 4, H]. */
  memory.desc biases() {
    return OneDnn.format(format_tag.ldgo, count, 1, 4, shape.hidden());
  }

  /** The input weights as PyTorch has them, its gates in oneDNN's order. */
  memory inputWeights(OneDnn dnn, Operands operands) {
    return dnn.make(inputWeights(format_tag.ldgoi), joined(operands::inputWeight));
  }

  /** The recurrent weights. */
  memory recurrentWeights(OneDnn dnn, Operands operands) {
    return dnn.make(recurrentWeights(format_tag.ldgoi), joined(operands::recurrentWeight));
  }

  /** The biases. */
  memory biases(OneDnn dnn, Operands operands) {
    return dnn.make(biases(), joined(operands::bias));
  }

  private float[] joined(IntFunction<float[]> part) {
    int length = part.apply(first).length;
    float[] all = new float[count * length];
    for (int i = 0; i < count; i++) {
      System.arraycopy(part.apply(first + i), 0, all, i * length, length);
    }
    return all;
  }

  /** Cuts what {@link #joined} would join. */
  List<float[]> parts(float[] all) {
    List<float[]> parts = new ArrayList<>();
    int length = all.length / count;
    for (int i = 0; i < count; i++) {
      float[] part = new float[length];
      System.arraycopy(all, i * length, part, 0, length);
      parts.add(part);
    }
    return parts;
  }
}
