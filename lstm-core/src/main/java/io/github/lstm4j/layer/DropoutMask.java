package io.github.lstm4j.layer;

import io.github.lstm4j.memory.Matrix;
import io.github.lstm4j.random.CounterRandom;

/**
 * Inverted dropout: an element survives with probability 1 − rate and is then multiplied by 1/(1 − rate). Whether it
 * survives depends on (key, time step, sequence of the batch, unit) alone, so the backward pass computes the same mask
 * again instead of storing it.
 */
final class DropoutMask {
  private final StepPlan plan;
  private final float rate;
  private final float scale;

  DropoutMask(StepPlan plan, float rate) {
    this.plan = plan;
    this.rate = rate;
    this.scale = rate == 1 ? 0 : 1 / (1 - rate);
  }

  /**
   * target = source with some elements zeroed and the others scaled.
   *
   * @param target [N, units]; may be source itself
   * @param source [N, units]
   * @param key of this update and place
   */
  void apply(Matrix target, Matrix source, long key) {
    for (int t = 0; t < plan.longest(); t++) {
      for (int p = 0; p < plan.active(t); p++) {
        int row = plan.offset(t) + p;
        long stream = (long) t * plan.batch() + plan.sequence(p);
        for (int u = 0; u < source.columns(); u++) {
          boolean survives = CounterRandom.uniform(key, stream, u) >= rate;
          target.set(row, u, survives ? source.get(row, u) * scale : 0f);
        }
      }
    }
  }
}
