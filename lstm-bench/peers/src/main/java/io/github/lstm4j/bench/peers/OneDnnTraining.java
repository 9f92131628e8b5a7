package io.github.lstm4j.bench.peers;

import io.github.lstm4j.bench.peer.Operands;
import io.github.lstm4j.bench.peer.Task;
import io.github.lstm4j.bench.peer.Workload;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.memory;

/** {@code lstm_forward} for training and {@code lstm_backward}, all gradients, the output's all 1. */
final class OneDnnTraining implements Workload {
  private final OneDnn dnn = new OneDnn();
  private final List<OneDnnTrainingStage> stages = new ArrayList<>();
  private final memory inputGradient;

  OneDnnTraining(Task task, Operands operands) {
    List<OneDnnLayers> groups = OneDnnLayers.of(task.shape());
    memory source = dnn.make(groups.getFirst().source(), operands.input());
    memory sourceGradient = dnn.make(groups.getFirst().source());
    inputGradient = sourceGradient;
    for (OneDnnLayers layers : groups) {
      memory target = dnn.make(layers.target());
      memory targetGradient = dnn.make(layers.target());
      OneDnn.fill(targetGradient, 1);
      stages.add(
          new OneDnnTrainingStage(dnn, layers, operands, source, target, sourceGradient, targetGradient));
      source = target;
      sourceGradient = targetGradient;
    }
  }

  @Override
  public void call() {
    for (int i = 0; i < stages.size(); i++) {
      stages.get(i).forward();
    }
    for (int i = stages.size() - 1; i >= 0; i--) {
      stages.get(i).backward();
    }
    dnn.queue._wait();
  }

  @Override
  public List<float[]> results() {
    List<float[]> results = new ArrayList<>();
    results.add(OneDnn.numbers(inputGradient));
    stages.forEach(stage -> results.addAll(stage.weightGradients()));
    return results;
  }

  @Override
  public void close() {
    stages.forEach(OneDnnTrainingStage::close);
  }
}
