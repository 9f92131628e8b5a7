package io.github.lstm4j.bench.peers;

import io.github.lstm4j.bench.peer.Operands;
import io.github.lstm4j.bench.peer.Task;
import io.github.lstm4j.bench.peer.TaskMode;
import io.github.lstm4j.bench.peer.Workload;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.global.dnnl.rnn_direction;
import org.bytedeco.dnnl.lstm_forward;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.memory.format_tag;

/** {@code lstm_forward} for inference, from zero states or with the state carried. */
final class OneDnnInference implements Workload {
  /** A primitive and its arguments of even and of odd calls: a stream's states change places. */
  private record Stage(lstm_forward primitive, List<IntMemoryMap> arguments) {}

  private final OneDnn dnn = new OneDnn();
  private final List<Stage> stages = new ArrayList<>();
  private final memory output;
  private int turn;

  OneDnnInference(Task task, Operands operands) {
    memory between = dnn.make(OneDnnLayers.of(task.shape()).getFirst().source(), operands.input());
    for (OneDnnLayers layers : OneDnnLayers.of(task.shape())) {
      memory target = dnn.make(layers.target());
      stages.add(stage(layers, operands, between, target, task.mode() == TaskMode.STREAM));
      between = target;
    }
    output = between;
  }

  private Stage stage(OneDnnLayers layers, Operands operands, memory source, memory target, boolean stream) {
    memory.desc state = stream ? layers.state() : new memory.desc();
    lstm_forward.primitive_desc description =
        new lstm_forward.primitive_desc(
            dnn.cpu, prop_kind.forward_inference, rnn_direction.unidirectional_left2right, layers.source(), state,
            state, layers.inputWeights(format_tag.any), layers.recurrentWeights(format_tag.any), layers.biases(),
            layers.target(), state, state);
    memory inputWeights = dnn.convert(layers.inputWeights(dnn, operands), description.weights_layer_desc());
    memory recurrentWeights = dnn.convert(layers.recurrentWeights(dnn, operands), description.weights_iter_desc());
    memory biases = layers.biases(dnn, operands);
    List<memory> states = new ArrayList<>();
    for (int i = 0; stream && i < 4; i++) {
      memory zero = dnn.make(state);
      OneDnn.fill(zero, 0);
      states.add(zero);
    }
    List<IntMemoryMap> arguments = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      IntMemoryMap map = new IntMemoryMap();
      map.put(dnnl.DNNL_ARG_SRC_LAYER, source);
      map.put(dnnl.DNNL_ARG_WEIGHTS_LAYER, inputWeights);
      map.put(dnnl.DNNL_ARG_WEIGHTS_ITER, recurrentWeights);
      map.put(dnnl.DNNL_ARG_BIAS, biases);
      map.put(dnnl.DNNL_ARG_DST_LAYER, target);
      if (stream) {
        map.put(dnnl.DNNL_ARG_SRC_ITER, states.get(2 * i));
        map.put(dnnl.DNNL_ARG_SRC_ITER_C, states.get(2 * i + 1));
        map.put(dnnl.DNNL_ARG_DST_ITER, states.get(2 - 2 * i));
        map.put(dnnl.DNNL_ARG_DST_ITER_C, states.get(3 - 2 * i));
      }
      arguments.add(map);
    }
    return new Stage(new lstm_forward(description), arguments);
  }

  @Override
  public void call() {
    for (int i = 0; i < stages.size(); i++) {
      Stage stage = stages.get(i);
      stage.primitive().execute(dnn.queue, stage.arguments().get(turn));
    }
    dnn.queue._wait();
    turn = 1 - turn;
  }

  @Override
  public List<float[]> results() {
    return List.of(OneDnn.numbers(output));
  }

  @Override
  public void close() {
    stages.forEach(stage -> stage.primitive().close());
  }
}
