package io.github.lstm4j.data;

/** Which steps of a window have a target. */
public enum WindowTargets {
  /** The last step only: many to one. */
  LAST_STEP,

  /** Every step: many to many; the target of step t stands a horizon after step t. */
  EVERY_STEP
}
