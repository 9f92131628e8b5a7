package io.github.lstm4j.layer;

import java.util.ArrayList;
import java.util.List;

/**
 * Some consecutive time steps of a plan.
 *
 * @param from the first step
 * @param to one past the last
 */
record StepRange(int from, int to) {
  /** Rows of a chunk of time, at least: docs/adr/0006 has the figures. */
  static final int CHUNK_ROWS = 128;

  /** All steps of a plan. */
  static StepRange all(StepPlan plan) {
    return new StepRange(0, plan.longest());
  }

  /** How many steps. */
  int count() {
    return to - from;
  }

  /** The first row of these steps. */
  int firstRow(StepPlan plan) {
    return before(plan, from);
  }

  /** The rows of these steps. */
  int rows(StepPlan plan) {
    return before(plan, to) - before(plan, from);
  }

  private static int before(StepPlan plan, int step) {
    return step == plan.longest() ? plan.rows() : plan.offset(step);
  }

  /** These steps one by one, in the order of time. */
  List<StepRange> single(boolean reverse) {
    List<StepRange> steps = new ArrayList<>();
    for (int step = from; step < to; step++) {
      steps.add(new StepRange(step, step + 1));
    }
    return reverse ? steps.reversed() : steps;
  }

  /** Rows of the largest of some ranges. */
  static int mostRows(List<StepRange> ranges, StepPlan plan) {
    int most = 0;
    for (StepRange range : ranges) {
      most = Math.max(most, range.rows(plan));
    }
    return most;
  }

  /**
   * Ranges of at least a number of rows that make up a plan, in the order of time. What is too short for a range of its
   * own belongs to the one before.
   *
   * @param plan the plan
   * @param reverse whether time runs backwards
   * @param leastRows the fewest rows of a range
   * @return the ranges
   */
  static List<StepRange> chunks(StepPlan plan, boolean reverse, int leastRows) {
    List<StepRange> chunks = new ArrayList<>();
    int from = 0;
    for (int step = 1; step < plan.longest(); step++) {
      if (plan.offset(step) - plan.offset(from) >= leastRows && plan.rows() - plan.offset(step) >= leastRows) {
        chunks.add(new StepRange(from, step));
        from = step;
      }
    }
    chunks.add(new StepRange(from, plan.longest()));
    return reverse ? chunks.reversed() : chunks;
  }
}
