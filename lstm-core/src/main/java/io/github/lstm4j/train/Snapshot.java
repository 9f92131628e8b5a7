package io.github.lstm4j.train;

import io.github.lstm4j.layer.Parameter;
import java.util.List;

/** A copy of parameters' values, on the heap. */
final class Snapshot {
  private final float[][] values;
  private boolean taken;

  Snapshot(List<Parameter> parameters) {
    values = new float[parameters.size()][];
  }

  void take(List<Parameter> parameters) {
    for (int i = 0; i < values.length; i++) {
      float[] copy = values[i];
      if (copy == null) {
        copy = parameters.get(i).value().toArray();
        values[i] = copy;
      } else {
        parameters.get(i).value().copyTo(copy, 0);
      }
    }
    taken = true;
  }

  /** Puts the copied values back; without a copy nothing changes. */
  void restore(List<Parameter> parameters) {
    for (int i = 0; taken && i < values.length; i++) {
      parameters.get(i).value().copyFrom(values[i], 0);
      parameters.get(i).changed();
    }
  }
}
