package io.github.lstm4j.text;

import java.io.IOException;
import java.util.PrimitiveIterator;

/** Unicode code points, one after the other. */
@FunctionalInterface
interface CodePoints {
  /** After the last one. */
  int END = -1;

  /** The next one, or {@link #END}. */
  int next() throws IOException;

  static CodePoints of(String text) {
    PrimitiveIterator.OfInt points = text.codePoints().iterator();
    return () -> points.hasNext() ? points.nextInt() : END;
  }
}
