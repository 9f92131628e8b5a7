package io.github.lstm4j.layer;

import io.github.lstm4j.memory.Matrix;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What carrying a state copies: ranges of sequences whose final states follow each other, to their initial states. Made
 * once, so that steps allocate nothing.
 */
final class CarriedRows {
  private final StepPlan plan;
  private final List<Copy> copies = new ArrayList<>();

  CarriedRows(StepPlan plan) {
    this.plan = plan;
  }

  /** Rows to copy. */
  private record Copy(Matrix from, Matrix to) {}

  /**
   * Adds the states of a layer's direction.
   *
   * @param h [B + N, R]
   * @param c the cell states, as {@link DirectionPass#cellStates} has them; null for cells without
   * @param reverse whether time runs backwards
   */
  void add(Matrix h, @Nullable Matrix c, boolean reverse) {
    int count;
    for (int p = 0; p < plan.batch(); p += count) {
      int last = plan.finalState(p, reverse);
      count = 1;
      while (p + count < plan.batch() && plan.finalState(p + count, reverse) == last + count) {
        count++;
      }
      copies.add(new Copy(h.rows(last, count), h.rows(p, count)));
      if (c != null) {
        copies.add(new Copy(c.rows(finalCell(plan, c, p, reverse), count), c.rows(p, count)));
      }
    }
  }

  /** Where the cell state after a sequence's last computed step stands, in the matrix of cell states. */
  static int finalCell(StepPlan plan, Matrix cells, int position, boolean reverse) {
    boolean serving = cells.rows() == 2 * plan.batch(); // or all sequences are of one step: the same rows
    return serving ? plan.batch() + position : plan.finalState(position, reverse);
  }

  void copy() {
    for (int i = 0; i < copies.size(); i++) { // by index: an iterator would be an object a step
      copies.get(i).to().copyFrom(copies.get(i).from());
    }
  }
}
