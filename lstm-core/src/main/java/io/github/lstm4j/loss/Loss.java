package io.github.lstm4j.loss;

import io.github.lstm4j.layer.Execution;
import io.github.lstm4j.memory.Matrix;
import org.jspecify.annotations.Nullable;

/**
 * A loss: how far outputs are from targets, averaged, and the gradient of that average. Sums are taken in double
 * precision in the order of rows, then columns, whoever computed the terms, so they do not depend on kernels or
 * threads.
 *
 * <p>Losses on logits can't tell that they were given probabilities: those are numbers like any other, and training
 * goes wrong quietly. The network's last layer is linear, without an activation.
 */
public interface Loss {
  /**
   * The loss of some rows.
   *
   * @param execution what computes what is worth it, and the threads that may share the rows
   * @param output [rows, outputs]
   * @param target [rows, outputs]; class indices are one column
   * @param gradient [rows, outputs]: gradientScale times the derivative of the average by each output; null if not
   *     wanted
   * @param gradientScale a factor of the gradient: 1, or less where several batches make an update
   * @return the sum of the terms and their number
   * @throws IllegalArgumentException if the shapes differ or a target is out of range
   */
  LossSum evaluate(
      Execution execution, Matrix output, Matrix target, @Nullable Matrix gradient, double gradientScale);
}
