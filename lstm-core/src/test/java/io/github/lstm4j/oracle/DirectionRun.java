package io.github.lstm4j.oracle;

import io.github.lstm4j.oracle.CellStep.StateGradients;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** One layer in one direction over one sequence: forward in the constructor, then backward. */
final class DirectionRun {
  private final boolean reverse;
  private final Reals h0;
  private final Reals c0;
  private final List<CellStep> steps = new ArrayList<>(); // in the order they ran

  /**
   * Runs forward.
   *
   * @param x the sequence's inputs by time step, without padding
   * @param reverse whether to start at the sequence's own last step
   */
  DirectionRun(Cell cell, DirectionParameters parameters, List<Reals> x, boolean reverse, Reals h0, Reals c0) {
    this.reverse = reverse;
    this.h0 = h0;
    this.c0 = c0;
    for (Reals input : reverse ? x.reversed() : x) {
      steps.add(CellStep.forward(cell, parameters, input, h(), c()));
    }
  }

  /** The last state's h. */
  Reals h() {
    return steps.isEmpty() ? h0 : steps.getLast().h();
  }

  /** The last state's c. */
  Reals c() {
    return steps.isEmpty() ? c0 : steps.getLast().c();
  }

  /** h of a time step of the sequence. */
  Reals h(int time) {
    return steps.get(order(time)).h();
  }

  private int order(int time) {
    return reverse ? steps.size() - 1 - time : time;
  }

  /**
   * Runs backward.
   *
   * @param dy the gradients of h by time step, without padding
   * @param dhn the gradient of the last h
   * @param dcn the gradient of the last c
   * @param dx where the gradients of the inputs are added, by time step
   * @return the gradients of the initial state
   */
  StateGradients backward(List<Reals> dy, Reals dhn, Reals dcn, List<Sums> dx) {
    StateGradients state = new StateGradients(new Sums(dhn.size()).add(dhn), dcn);
    for (int s = steps.size() - 1; s >= 0; s--) {
      int time = order(s); // its own inverse
      Reals dh = state.dh().add(dy.get(time)).result();
      state = steps.get(s).backward(dh, state.dc(), dx.get(time));
    }
    return state;
  }

  /** Appends to `signs`, from bit `from` on, which elements of h are positive; returns the next free bit. */
  int appendSigns(BitSet signs, int from) {
    int bit = from;
    for (CellStep step : steps) {
      for (int u = 0; u < step.h().size(); u++) {
        signs.set(bit++, step.h().value(u) > 0);
      }
    }
    return bit;
  }
}
