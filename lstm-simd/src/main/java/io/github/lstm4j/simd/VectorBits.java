package io.github.lstm4j.simd;

import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The vector width that the user forces, in bits. Links no vector type. */
final class VectorBits {
  /** The system property that forces a width. */
  static final String PROPERTY = "lstm4j.vectorBits";

  private VectorBits() {}

  static OptionalInt forced() {
    return parse(System.getProperty(PROPERTY));
  }

  static OptionalInt parse(@Nullable String text) {
    if (text == null) {
      return OptionalInt.empty();
    }
    return switch (text) {
      case "128" -> OptionalInt.of(128);
      case "256" -> OptionalInt.of(256);
      case "512" -> OptionalInt.of(512);
      default -> throw new IllegalStateException("-D" + PROPERTY + "=" + text + ": expected 128, 256 or 512");
    };
  }
}
