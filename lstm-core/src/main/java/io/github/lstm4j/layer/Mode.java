package io.github.lstm4j.layer;

/** What a pass is made for. */
public enum Mode {
  /** Outputs only: no tape, no dropout. */
  INFERENCE,
  /** A tape for the backward pass; dropout is active. */
  TRAINING
}
