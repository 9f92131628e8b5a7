package io.github.lstm4j.bench.peers.dl4j;

import io.github.lstm4j.bench.Shape;
import io.github.lstm4j.bench.peer.Operands;
import io.github.lstm4j.bench.peer.Task;
import io.github.lstm4j.bench.peer.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Forward for training, then backward from an outer gradient of ones: what its documentation offers for losses of one's
 * own.
 */
final class Dl4jTraining implements Workload {
  private final MultiLayerNetwork network;
  private final Shape shape;
  private final INDArray x;
  private final INDArray ones;
  private @Nullable Pair<Gradient, INDArray> result;

  Dl4jTraining(Task task, Operands operands) {
    shape = task.shape();
    network = Dl4jPeer.network(task, operands);
    x = Dl4jPeer.input(task, operands);
    ones = Nd4j.ones(shape.batch(), shape.hidden(), shape.steps()).dup('f');
  }

  @Override
  public void call() {
    network.setInput(x);
    network.feedForward(true, false);
    result = network.backpropGradient(ones, LayerWorkspaceMgr.noWorkspaces());
  }

  @Override
  public List<float[]> results() {
    Pair<Gradient, INDArray> last = Objects.requireNonNull(result);
    List<float[]> results = new ArrayList<>();
    results.add(Dl4jPeer.timeMajor(last.getSecond()));
    for (int layer = 0; layer < shape.layers(); layer++) {
      int in = layer == 0 ? shape.input() : shape.hidden();
      results.add(Dl4jPeer.untransposed(gradient(last, layer + "_W"), in, shape.hidden()));
      results.add(Dl4jPeer.untransposed(gradient(last, layer + "_RW"), shape.hidden(), shape.hidden()));
      results.add(Dl4jPeer.untransposed(gradient(last, layer + "_b"), 1, shape.hidden()));
    }
    return results;
  }

  private static INDArray gradient(Pair<Gradient, INDArray> of, String name) {
    return of.getFirst().getGradientFor(name);
  }

  @Override
  public void close() {
    network.close();
  }
}
