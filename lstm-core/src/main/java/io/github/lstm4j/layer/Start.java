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
  private boolean fromZero = true; // as the buffers are made
  private boolean given;
  private boolean gradientLeftOut;
  private boolean stoppedAbove;

  /** Says that the initial hidden states are set: those given, or zeros where none are. */
  void set(boolean areGiven) {
    given = areGiven;
    fromZero = !areGiven;
  }

  /** Says that the initial hidden states are carried from the run before, without a gradient. */
  void carry() {
    given = false;
    fromZero = false;
  }

  /** Says that a backward pass begins, and whether somebody wants the gradient of the initial hidden states. */
  void backward(boolean wantsGradient) {
    gradientLeftOut = !given && !wantsGradient;
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
    return previousAreInitial && fromZero;
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
    return () -> fromZero ? fewer : all;
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
