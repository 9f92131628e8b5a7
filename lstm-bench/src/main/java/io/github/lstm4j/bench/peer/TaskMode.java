package io.github.lstm4j.bench.peer;

import java.util.Locale;

/** What a contestant is asked to do. */
public enum TaskMode {
  /** Inference over whole sequences, from zero states. */
  INFER,
  /** Forward, backward of the sum of the outputs, gradients of all weights and of the input. */
  TRAIN,
  /** One time step of inference, the state carried from call to call. */
  STREAM,
  /** One product of matrices, c[m, n] = a[m, k]·b[k, n], nothing packed beforehand. */
  GEMM,
  /** Fused multiply-adds in registers: the peak that the others are shares of. */
  PEAK;

  /**
   * Reads a mode.
   *
   * @param text its {@linkplain #word() word}
   * @return the mode
   * @throws IllegalArgumentException if there is no such mode; the message lists those there are
   */
  public static TaskMode parse(String text) {
    for (TaskMode mode : values()) {
      if (mode.word().equals(text)) {
        return mode;
      }
    }
    throw new IllegalArgumentException("mode \"" + text + "\"; expected infer, train, stream, gemm or peak");
  }

  /**
   * How it is written.
   *
   * @return its name in small letters
   */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
