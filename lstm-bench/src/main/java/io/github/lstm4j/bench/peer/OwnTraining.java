package io.github.lstm4j.bench.peer;

import io.github.lstm4j.kernels.Kernels;
import io.github.lstm4j.layer.Mode;
import io.github.lstm4j.layer.Noise;
import io.github.lstm4j.layer.Parameter;
import java.util.List;
import java.util.Objects;

/** A training step without the optimizer: weights packed anew, as they are after each update. */
final class OwnTraining implements Workload {
  private final OwnStack stack;
  private final List<Parameter> parameters;

  OwnTraining(Task task, Operands operands, Kernels kernels, int threads) {
    stack = new OwnStack(task, operands, kernels, threads, Mode.TRAINING);
    parameters = List.copyOf(stack.parameters.all());
  }

  @Override
  public void call() {
    for (int p = 0; p < parameters.size(); p++) {
      parameters.get(p).changed();
    }
    stack.parameters.zeroGradients();
    stack.pass.forward(Noise.NONE);
    Objects.requireNonNull(stack.pass.outputGradient()).fill(1f);
    stack.pass.backward();
  }

  @Override
  public List<float[]> results() {
    return stack.gradients();
  }

  @Override
  public void close() {
    stack.close();
  }
}
