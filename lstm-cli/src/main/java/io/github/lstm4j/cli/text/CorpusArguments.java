package io.github.lstm4j.cli.text;

import io.github.lstm4j.cli.Check;
import io.github.lstm4j.text.CorpusOptions;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which text {@code text train} reads, and how. */
final class CorpusArguments {
  @Option(names = "--corpus", paramLabel = "FILE", required = true,
      description = "A text in UTF-8, of any size: it is read as it comes, and needs four bytes for each symbol in the"
          + " folder of temporary files.")
  Path corpus = Path.of("");

  @Option(
      names = "--level",
      paramLabel = "LEVEL",
      description = "What the network reads and writes at each step: ${COMPLETION-CANDIDATES}. Default:"
          + " ${DEFAULT-VALUE}.")
  Level level = Level.CHAR;

  @Option(
      names = "--held-out",
      paramLabel = "SHARE",
      description = "The share at the end of the text that is not trained on but measured on. Default:"
          + " ${DEFAULT-VALUE}.")
  double heldOut = 0.1;

  @Option(
      names = "--min-count",
      paramLabel = "N",
      description = "How often a symbol must come in the part to train on; rarer ones are read as <unk>."
          + " Default: 1 for characters, 2 for words.")
  @Nullable Integer minCount;

  @Option(
      names = "--vocabulary",
      paramLabel = "N",
      description = "The most symbols to learn, the most frequent first; the others are read as <unk>."
          + " Default: all characters, 10000 words.")
  @Nullable Integer vocabulary;

  /** The checked options. */
  CorpusOptions options() {
    Check.between("--held-out", heldOut, 0, 1);
    CorpusOptions options = level.defaults().withHeldOut(heldOut);
    if (minCount != null) {
      Check.atLeast("--min-count", minCount, 1);
      options = options.withMinCount(minCount);
    }
    if (vocabulary != null) {
      Check.atLeast("--vocabulary", vocabulary, 1);
      options = options.withLimit(vocabulary);
    }
    return options;
  }
}
