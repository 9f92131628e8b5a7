package io.github.lstm4j.bench.peer;

import io.github.lstm4j.bench.Shape;

/**
 * An LSTM stack as an ONNX file: for each layer a node LSTM and one that takes its axis of directions out. Just what a
 * benchmark needs, with fixed shapes. Inference: input x [T, B, I], output y [T, B, H], states from zero. A stream has
 * besides, for each layer l, the inputs {@code h_l} and {@code c_l} and the outputs {@code hn_l} and {@code cn_l}, all
 * [1, B, H].
 */
public final class OnnxModel {
  /** Versions that every current runtime reads; the operator LSTM is that of 14, whose layout 0 is time-major. */
  private static final int IR_VERSION = 8;

  private static final int OPERATORS_VERSION = 17;
  private static final int FLOAT = 1;
  private static final int INT64 = 7;
  private static final int ATTRIBUTE_INT = 2;

  /** ONNX has the gates in the order i o f g. */
  private static final int[] GATE_ORDER = {0, 3, 1, 2};

  // Field numbers of the messages, by onnx.proto.
  private static final int MODEL_IR_VERSION = 1;
  private static final int MODEL_GRAPH = 7;
  private static final int MODEL_OPERATORS = 8;
  private static final int OPERATORS_NUMBER = 2;
  private static final int GRAPH_NODE = 1;
  private static final int GRAPH_NAME = 2;
  private static final int GRAPH_CONSTANT = 5;
  private static final int GRAPH_INPUT = 11;
  private static final int GRAPH_OUTPUT = 12;
  private static final int NODE_INPUT = 1;
  private static final int NODE_OUTPUT = 2;
  private static final int NODE_OPERATOR = 4;
  private static final int NODE_ATTRIBUTE = 5;
  private static final int ATTRIBUTE_NAME = 1;
  private static final int ATTRIBUTE_VALUE = 3;
  private static final int ATTRIBUTE_TYPE = 20;
  private static final int TENSOR_SIZE = 1;
  private static final int TENSOR_TYPE = 2;
  private static final int TENSOR_NAME = 8;
  private static final int TENSOR_BYTES = 9;
  private static final int VALUE_NAME = 1;
  private static final int VALUE_TYPE = 2;

  private final Task task;
  private final Shape shape;
  private final boolean stream;
  private final ProtoMessage graph = new ProtoMessage();

  private OnnxModel(Task task) {
    this.task = task;
    shape = task.shape();
    stream = task.mode() == TaskMode.STREAM;
  }

  /**
   * Writes a model.
   *
   * @param task inference or a stream
   * @param operands its weights
   * @return the file's bytes
   */
  public static byte[] of(Task task, Operands operands) {
    return new OnnxModel(task).write(operands);
  }

  private byte[] write(Operands operands) {
    graph.text(GRAPH_NAME, "lstm");
    value(GRAPH_INPUT, "x", shape.steps(), shape.batch(), shape.input());
    graph.message(GRAPH_CONSTANT, axis());
    for (int layer = 0; layer < shape.layers(); layer++) {
      layer(layer, operands);
    }
    value(GRAPH_OUTPUT, "y", shape.steps(), shape.batch(), shape.hidden());
    return new ProtoMessage()
        .integer(MODEL_IR_VERSION, IR_VERSION)
        .message(MODEL_GRAPH, graph)
        .message(MODEL_OPERATORS, new ProtoMessage().integer(OPERATORS_NUMBER, OPERATORS_VERSION))
        .toBytes();
  }

  private void layer(int layer, Operands operands) {
    int hidden = shape.hidden();
    int in = task.inputOf(layer);
    constant("w" + layer, reordered(operands.inputWeight(layer), hidden * in), 1, 4 * hidden, in);
    constant("r" + layer, reordered(operands.recurrentWeight(layer), hidden * hidden), 1, 4 * hidden, hidden);
    float[] biases = new float[8 * hidden];
    System.arraycopy(reordered(operands.inputBias(layer), hidden), 0, biases, 0, 4 * hidden);
    System.arraycopy(reordered(operands.recurrentBias(layer), hidden), 0, biases, 4 * hidden, 4 * hidden);
    constant("b" + layer, biases, 1, 8 * hidden);

    ProtoMessage lstm = new ProtoMessage();
    lstm.text(NODE_INPUT, layer == 0 ? "x" : "y" + (layer - 1));
    lstm.text(NODE_INPUT, "w" + layer).text(NODE_INPUT, "r" + layer).text(NODE_INPUT, "b" + layer);
    lstm.text(NODE_OUTPUT, "all" + layer);
    if (stream) {
      lstm.text(NODE_INPUT, "").text(NODE_INPUT, "h_" + layer).text(NODE_INPUT, "c_" + layer); // "": no lengths
      lstm.text(NODE_OUTPUT, "hn_" + layer).text(NODE_OUTPUT, "cn_" + layer);
      for (String state : new String[] {"h_", "c_"}) {
        value(GRAPH_INPUT, state + layer, 1, shape.batch(), hidden);
      }
      for (String state : new String[] {"hn_", "cn_"}) {
        value(GRAPH_OUTPUT, state + layer, 1, shape.batch(), hidden);
      }
    }
    lstm.text(NODE_OPERATOR, "LSTM");
    lstm.message(
        NODE_ATTRIBUTE,
        new ProtoMessage()
            .text(ATTRIBUTE_NAME, "hidden_size")
            .integer(ATTRIBUTE_VALUE, hidden)
            .integer(ATTRIBUTE_TYPE, ATTRIBUTE_INT));
    graph.message(GRAPH_NODE, lstm);

    ProtoMessage squeeze = new ProtoMessage().text(NODE_INPUT, "all" + layer).text(NODE_INPUT, "directions");
    squeeze.text(NODE_OUTPUT, layer == shape.layers() - 1 ? "y" : "y" + layer).text(NODE_OPERATOR, "Squeeze");
    graph.message(GRAPH_NODE, squeeze);
  }

  /** The axis of directions of LSTM's output [T, directions, B, H]: 1. */
  private static ProtoMessage axis() {
    byte[] one = {1, 0, 0, 0, 0, 0, 0, 0};
    return new ProtoMessage()
        .integer(TENSOR_SIZE, 1)
        .integer(TENSOR_TYPE, INT64)
        .text(TENSOR_NAME, "directions")
        .bytes(TENSOR_BYTES, one);
  }

  /** The four blocks of gates from PyTorch's order into ONNX's. */
  private static float[] reordered(float[] blocks, int blockLength) {
    float[] result = new float[blocks.length];
    for (int to = 0; to < GATE_ORDER.length; to++) {
      System.arraycopy(blocks, GATE_ORDER[to] * blockLength, result, to * blockLength, blockLength);
    }
    return result;
  }

  private void constant(String name, float[] numbers, int... sizes) {
    ProtoMessage tensor = new ProtoMessage();
    for (int size : sizes) {
      tensor.integer(TENSOR_SIZE, size);
    }
    graph.message(
        GRAPH_CONSTANT, tensor.integer(TENSOR_TYPE, FLOAT).text(TENSOR_NAME, name).floats(TENSOR_BYTES, numbers));
  }

  /** An input or output of the graph: its name, and in three layers of messages its type and sizes. */
  private void value(int field, String name, int... sizes) {
    ProtoMessage dimensions = new ProtoMessage();
    for (int size : sizes) {
      dimensions.message(1, new ProtoMessage().integer(1, size));
    }
    ProtoMessage tensorType = new ProtoMessage().integer(1, FLOAT).message(2, dimensions);
    graph.message(
        field,
        new ProtoMessage().text(VALUE_NAME, name).message(VALUE_TYPE, new ProtoMessage().message(1, tensorType)));
  }
}
