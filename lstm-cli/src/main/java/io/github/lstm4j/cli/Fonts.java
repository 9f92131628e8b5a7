package io.github.lstm4j.cli;

import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.awt.font.TextLayout;
import java.util.Optional;

/** Whether text can be drawn: small servers and containers often have no fonts at all. */
public final class Fonts {
  private Fonts() {}

  /**
   * Why text can't be drawn and what to do about it.
   *
   * @return a sentence; empty where text can be drawn
   */
  public static Optional<String> whyMissing() {
    try {
      Font font = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
      float width = new TextLayout("x", font, new FontRenderContext(null, true, true)).getAdvance();
      return width > 0 ? Optional.empty() : Optional.of("this JVM draws letters without a width; check its fonts");
    } catch (RuntimeException | LinkageError | InternalError e) {
      // The JDK throws a bare RuntimeException without fontconfig, and errors where its own font libraries are missing.
      return Optional.of(
          "this JVM finds no fonts (" + e.getMessage() + "); install some, on Debian and Ubuntu with"
              + " apt-get install fontconfig fonts-dejavu-core");
    }
  }
}
