package io.github.lstm4j.layer;

import io.github.lstm4j.memory.Matrix;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/** The input's product for the rows of a chunk of time, a part of them each. */
final class InputProjection implements IntConsumer {
  private final UnitSlice weights;
  private final Matrix[] inputs;
  private final List<List<Matrix>> targets = new ArrayList<>();

  /**
   * A product.
   *
   * @param weights of all units
   * @param x the rows of the input [n, in]
   * @param z the rows of the gates [n, G·H]
   * @param parts how many threads share the rows
   */
  InputProjection(UnitSlice weights, Matrix x, Matrix z, int parts) {
    this.weights = weights;
    inputs = Parts.split(x, parts, Parts.TILE_ROWS);
    for (Matrix rows : Parts.split(z, parts, Parts.TILE_ROWS)) {
      targets.add(weights.inputTargets(rows));
    }
  }

  @Override
  public void accept(int part) {
    if (inputs[part].rows() > 0) {
      weights.project(targets.get(part), inputs[part]);
    }
  }
}
