package io.github.lstm4j.train;

import io.github.lstm4j.layer.Parameter;
import io.github.lstm4j.memory.Matrix;
import io.github.lstm4j.memory.Memory;
import java.util.HashMap;
import java.util.Map;

/** What an optimizer keeps of each parameter: a fixed number of matrices of its shape, made when first asked for. */
final class Moments implements AutoCloseable {
  private final Memory memory;
  private final int count;
  private final float initial;
  private final Map<String, Matrix[]> byName = new HashMap<>();

  Moments(String owner, int count, float initial) {
    this.memory = Memory.unlimited("state of " + owner);
    this.count = count;
    this.initial = initial;
  }

  Matrix[] of(Parameter parameter) {
    Matrix[] matrices = byName.get(parameter.name());
    if (matrices == null) {
      matrices = new Matrix[count];
      for (int i = 0; i < count; i++) {
        matrices[i] = memory.dense(parameter.value().rows(), parameter.value().columns());
        if (initial != 0) {
          matrices[i].fill(initial);
        }
      }
      byName.put(parameter.name(), matrices);
    }
    return matrices;
  }

  @Override
  public void close() {
    memory.close();
  }
}
