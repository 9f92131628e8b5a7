package io.github.lstm4j.bench.peers.dl4j;

import io.github.lstm4j.bench.peer.Operands;
import io.github.lstm4j.bench.peer.Task;
import io.github.lstm4j.bench.peer.TaskMode;
import io.github.lstm4j.bench.peer.Workload;
import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;

/** {@code output}, or {@code rnnTimeStep} for a stream. */
final class Dl4jInference implements Workload {
  private final MultiLayerNetwork network;
  private final INDArray x;
  private final boolean stream;
  private INDArray y;

  Dl4jInference(Task task, Operands operands) {
    network = Dl4jPeer.network(task, operands);
    x = Dl4jPeer.input(task, operands);
    y = x;
    stream = task.mode() == TaskMode.STREAM;
  }

  @Override
  public void call() {
    y = stream ? network.rnnTimeStep(x) : network.output(x, false);
  }

  @Override
  public List<float[]> results() {
    return List.of(Dl4jPeer.timeMajor(y));
  }

  @Override
  public void close() {
    network.close();
  }
}
