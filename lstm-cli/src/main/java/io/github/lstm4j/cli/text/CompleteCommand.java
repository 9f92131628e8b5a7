package io.github.lstm4j.cli.text;

import io.github.lstm4j.cli.Check;
import io.github.lstm4j.cli.Main;
import io.github.lstm4j.text.Continuation;
import io.github.lstm4j.text.Suggestion;
import io.github.lstm4j.text.TextModel;
import io.github.lstm4j.text.Vocabulary;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lstm text complete}. */
@Command(
    name = "complete",
    sortOptions = false,
    description = "Says which characters or words are most likely to come next, with their probabilities.",
    footer = {
      "",
      "Example:",
      "  lstm text complete --model novels/model.safetensors --prime \"However, Cliff, my pet\""
    })
final class CompleteCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private PrimeArguments start = new PrimeArguments();

  @Option(names = "--count", paramLabel = "N", description = "How many to name. Default: ${DEFAULT-VALUE}.")
  private int count = 5;

  @Override
  public Integer call() throws IOException {
    Check.atLeast("--count", count, 1);
    PrintWriter out = spec.commandLine().getOut();
    try (TextModel model = start.open();
        Continuation text = start.start(model, spec.commandLine().getErr())) {
      List<Suggestion> suggestions = text.suggestions(count);
      int width = suggestions.stream().mapToInt(s -> Vocabulary.shown(s.symbol()).length()).max().orElse(1);
      for (Suggestion suggestion : suggestions) {
        out.printf(
            Locale.ROOT, "  %-" + width + "s %6.2f %%%n", Vocabulary.shown(suggestion.symbol()),
            100 * suggestion.probability());
      }
    }
    out.flush();
    return Main.OK;
  }
}
