package io.github.lstm4j.train;

import io.github.lstm4j.layer.Execution;
import io.github.lstm4j.layer.Parameter;
import io.github.lstm4j.layer.ParameterSpec;
import io.github.lstm4j.layer.Parameters;
import io.github.lstm4j.memory.Tensor;
import java.util.List;

/** One parameter under an optimizer, given its gradients. */
final class Steps {
  private Steps() {}

  /** The values after each update [update][element]. */
  static float[][] run(OptimizerOptions options, float[] start, float[][] gradients, double rate, float scale) {
    float[][] values = new float[gradients.length][];
    try (Parameters parameters = Parameters.allocate(List.of(new ParameterSpec("p", List.of(start.length))));
        Execution execution = Execution.of(1);
        Optimizer optimizer = options.create(execution)) {
      parameters.allocateGradients();
      Parameter p = parameters.get("p");
      p.set(Tensor.of(start.clone(), start.length));
      for (int t = 0; t < gradients.length; t++) {
        p.gradient().copyFrom(gradients[t], 0);
        optimizer.step(List.of(p), rate, scale);
        values[t] = p.value().toArray();
      }
    }
    return values;
  }
}
