package io.github.lstm4j.layer;

import io.github.lstm4j.kernels.RowOrder;
import java.util.function.Supplier;

/**
 * What a pass leaves out at its start. While the initial hidden states are zeros because none were given: forward, the
 * products of the first step with them, and their pairs in the gradient of the recurrent weight. Where they were not
 * given, but are zero or carried, and nobody wants their gradient: backward, the products that give it. All of that is
 * one step's share of half of the work.
 *
 * <p>The products with zeros would add zeros, so results keep their bits, up to the sign of a zero (a gate's whose bias
 * is −0) and to the NaN that an infinite weight or gradient would have made of 0·∞ in this one step.
 *
 * <p>All layers and directions of a pass share one. It changes between runs only, on the thread that starts them.
 */
final class Start {
  /** Where the initial hidden states are from. */
  enum Origin {
    /** Nobody gave any: they are zeros. */
    NONE,

    /** The caller. */
    GIVEN,

    /** The end of the run before, without a gradient. */
    CARRIED
  }

  private Origin origin = Origin.NONE; // zeros, as the buffers are made
  private boolean gradientLeftOut;
  private boolean stoppedAbove;

  /** Says where the initial hidden states of the runs to come are from. */
  void from(Origin newOrigin) {
    origin = newOrigin;
  }

  /** Says that a backward pass begins, and whether somebody wants the gradient of the initial hidden states. */
  void backward(boolean wantsGradient) {
    gradientLeftOut = origin != Origin.GIVEN && !wantsGradient;
    stoppedAbove = false;
  }

  /** Says that the backward pass stopped above the lowest layer. */
  void stop() {
    stoppedAbove = true;
  }

  /** Whether the last backward pass did not reach the lowest layer, whose states' gradients are not there then. */
  boolean stoppedAbove() {
    return stoppedAbove;
  }

  /** Whether the last backward pass did not compute the gradient of the initial hidden states. */
  boolean gradientLeftOut() {
    return gradientLeftOut;
  }

  /** Whether a step leaves out its products with the previous hidden states. */
  boolean leavesOut(boolean previousAreInitial) {
    return previousAreInitial && origin == Origin.NONE;
  }

  /** Whether a step leaves out the products that give the gradient of the previous hidden states. */
  boolean leavesOutBack(boolean previousAreInitial) {
    return previousAreInitial && gradientLeftOut;
  }

  /**
   * The pairs of rows of a recurrent weight's gradient, as the next backward pass adds them. Pairs with initial states
   * are left out at the end of the order only, where they all stand unless time runs backwards: without others, the
   * pairs behind them would move to other depth blocks, which are part of the arithmetic.
   */
  Supplier<RowOrder> recurrentOrder(StepPlan plan, boolean reverse) {
    RowOrder all = plan.recurrentOrder(reverse);
    RowOrder fewer = withoutInitialEnd(all, plan.batch());
    return () -> origin == Origin.NONE ? fewer : all;
  }

  /** Without the last pairs, as far as they meet initial states: the first rows of the matrix of states. */
  static RowOrder withoutInitialEnd(RowOrder order, int initialRows) {
    int pairs = order.size();
    while (pairs > 0 && order.right(pairs - 1) < initialRows) {
      pairs--;
    }
    return order.first(pairs);
  }
}
