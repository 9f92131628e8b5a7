package io.github.lstm4j.bench.peer;

import io.github.lstm4j.kernels.Kernels;
import io.github.lstm4j.layer.Mode;
import io.github.lstm4j.layer.Noise;
import java.util.List;

/** A forward pass for inference: weights packed once, zero initial states, which an inference pass overwrites. */
final class OwnInference implements Workload {
  private final OwnStack stack;

  OwnInference(Task task, Operands operands, Kernels kernels, int threads) {
    stack = new OwnStack(task, operands, kernels, threads, Mode.INFERENCE);
  }

  @Override
  public void call() {
    stack.pass.states().setInitial(null, null);
    stack.pass.forward(Noise.NONE);
  }

  @Override
  public List<float[]> results() {
    return List.of(stack.pass.output().toArray());
  }

  @Override
  public void close() {
    stack.close();
  }
}
