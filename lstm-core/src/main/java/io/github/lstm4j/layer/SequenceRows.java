package io.github.lstm4j.layer;

import io.github.lstm4j.memory.Matrix;
import io.github.lstm4j.memory.Tensor;

/** Copies between padded tensors, as users hold them, and packed rows, as layers compute on them. */
public final class SequenceRows {
  private SequenceRows() {}

  /**
   * Tensor to rows; what lies past a sequence's length is not read.
   *
   * @param tensor [batch, steps, features], or [steps, batch, features]
   * @param batchFirst which of the two
   * @param plan how the batch lies in rows
   * @param rows result [rows, features]
   */
  public static void pack(Tensor tensor, boolean batchFirst, StepPlan plan, Matrix rows) {
    int features = rows.columns();
    for (int t = 0; t < plan.longest(); t++) {
      for (int p = 0; p < plan.active(t); p++) {
        int at = index(plan, batchFirst, t, p) * features;
        rows.rows(plan.offset(t) + p, 1).copyFrom(tensor.data(), at);
      }
    }
  }

  /**
   * Rows to tensor; what lies past a sequence's length becomes 0.
   *
   * @param rows [rows, features]
   * @param batchFirst the layout of the result
   * @param plan how the batch lies in rows
   * @return [batch, steps, features], or [steps, batch, features]
   */
  public static Tensor unpack(Matrix rows, boolean batchFirst, StepPlan plan) {
    int features = rows.columns();
    Tensor tensor =
        batchFirst
            ? Tensor.zeros(plan.batch(), plan.steps(), features)
            : Tensor.zeros(plan.steps(), plan.batch(), features);
    for (int t = 0; t < plan.longest(); t++) {
      for (int p = 0; p < plan.active(t); p++) {
        int at = index(plan, batchFirst, t, p) * features;
        rows.rows(plan.offset(t) + p, 1).copyTo(tensor.data(), at);
      }
    }
    return tensor;
  }

  private static int index(StepPlan plan, boolean batchFirst, int step, int position) {
    int sequence = plan.sequence(position);
    return batchFirst ? sequence * plan.steps() + step : step * plan.batch() + sequence;
  }
}
