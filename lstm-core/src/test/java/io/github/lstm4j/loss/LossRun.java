package io.github.lstm4j.loss;

import io.github.lstm4j.layer.Execution;
import io.github.lstm4j.memory.Matrix;
import io.github.lstm4j.memory.Memory;
import io.github.lstm4j.memory.Tensor;

/** A loss evaluated on arrays. */
record LossRun(LossSum sum, Tensor gradients) {
  float[] gradient() {
    return gradients.data();
  }

  static LossRun of(Loss loss, double[][] outputs, double[][] targets, double scale) {
    try (Execution execution = Execution.of(1)) {
      return of(execution, loss, outputs, targets, scale);
    }
  }

  static LossRun of(Execution execution, Loss loss, double[][] outputs, double[][] targets, double scale) {
    try (Memory memory = Memory.unlimited("test")) {
      Matrix gradient = memory.matrix(outputs.length, outputs[0].length);
      gradient.fill(Float.NaN); // must be overwritten, never read
      LossSum sum =
          loss.evaluate(execution, matrix(memory, outputs), matrix(memory, targets), gradient, scale);
      LossSum alone =
          loss.evaluate(execution, matrix(memory, outputs), matrix(memory, targets), null, scale);
      if (!alone.equals(sum)) {
        throw new AssertionError("without a gradient " + alone + ", with one " + sum);
      }
      return new LossRun(sum, Tensor.of(gradient.toArray(), outputs.length, outputs[0].length));
    }
  }

  /** Values that a float holds: rounded here, the loss would not be that of the values a test compares it with. */
  private static Matrix matrix(Memory memory, double[][] values) {
    Matrix matrix = memory.matrix(values.length, values[0].length);
    for (int r = 0; r < values.length; r++) {
      for (int c = 0; c < values[r].length; c++) {
        float value = (float) values[r][c];
        if (Double.compare(value, values[r][c]) != 0) {
          throw new AssertionError(values[r][c] + " at [" + r + ", " + c + "] is no float");
        }
        matrix.set(r, c, value);
      }
    }
    return matrix;
  }

  /** Class indices as a column. */
  static double[][] column(int... labels) {
    double[][] column = new double[labels.length][1];
    for (int r = 0; r < labels.length; r++) {
      column[r][0] = labels[r];
    }
    return column;
  }
}
