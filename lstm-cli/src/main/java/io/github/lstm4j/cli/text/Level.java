package io.github.lstm4j.cli.text;

import io.github.lstm4j.text.CorpusOptions;
import java.util.Locale;

/** {@code --level}: what the symbols of a text are. */
enum Level {
  CHAR,
  WORD;

  /** How a corpus of the level is read unless options say otherwise. */
  CorpusOptions defaults() {
    return this == CHAR ? CorpusOptions.CHARACTERS : CorpusOptions.WORDS;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
