package io.github.lstm4j.bench.contest;

import java.io.IOException;

/** A contestant that can't or won't do a task. The others go on. */
final class PeerException extends IOException {
  private static final long serialVersionUID = 1;

  PeerException(String peer, String reason) {
    super(peer + ": " + reason);
  }

  /** Whether it never had that, and nothing is wrong. */
  boolean unsupported() {
    return String.valueOf(getMessage()).contains(UnsupportedOperationException.class.getName());
  }
}
