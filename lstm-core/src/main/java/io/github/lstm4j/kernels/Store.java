package io.github.lstm4j.kernels;

/** What a product does with what stood in its result. */
public enum Store {
  /** c = …; c is never read, so it may hold anything, NaN included. */
  OVERWRITE,
  /** c += … */
  ACCUMULATE
}
