package io.github.lstm4j.cli.text;

import io.github.lstm4j.cli.Check;
import io.github.lstm4j.cli.Main;
import io.github.lstm4j.text.Continuation;
import io.github.lstm4j.text.Sampler;
import io.github.lstm4j.text.TextJoiner;
import io.github.lstm4j.text.TextLevel;
import io.github.lstm4j.text.TextModel;
import io.github.lstm4j.text.Vocabulary;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lstm text generate}. */
@Command(
    name = "generate",
    sortOptions = false,
    description = "Writes a text on from where it was given, symbol by symbol, as it comes.",
    footer = {
      "",
      "Examples:",
      "  lstm text generate --model lstm4j-text/model.safetensors --prime \"ROMEO:\"",
      "  lstm text generate --model lstm4j-text/model.safetensors --temperature 1 --top-p 0.9 --seed 7"
    })
final class GenerateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private PrimeArguments start = new PrimeArguments();

  @Option(names = "--length", paramLabel = "N",
      description = "Characters or words to write. Default: ${DEFAULT-VALUE}.")
  private int length = 500;

  @Option(
      names = "--temperature",
      paramLabel = "T",
      description = "0 writes the most likely symbol every time, 1 draws as the network's probabilities say, more is"
          + " wilder. Default: ${DEFAULT-VALUE}.")
  private double temperature = 0.8;

  @Option(names = "--top-k", paramLabel = "K",
      description = "Draw from the K most likely symbols only; 0 for all. Default: ${DEFAULT-VALUE}.")
  private int topK = Sampler.ALL;

  @Option(
      names = "--top-p",
      paramLabel = "P",
      description = "Draw from the fewest most likely symbols that have this probability together. Default:"
          + " ${DEFAULT-VALUE}.")
  private double topP = 1;

  @Option(names = "--seed", paramLabel = "N",
      description = "Another seed, another text; the same one, the same text. Default: ${DEFAULT-VALUE}.")
  private long seed = 1;

  @Override
  public Integer call() throws IOException {
    Sampler sampler = sampler();
    try (TextModel model = start.open();
        Continuation text = start.start(model, spec.commandLine().getErr())) {
      write(model.vocabulary(), text, sampler);
    }
    return Main.OK;
  }

  private Sampler sampler() {
    Check.atLeast("--length", length, 0);
    Check.atLeast("--top-k", topK, 0);
    if (!(temperature >= 0) || Double.isInfinite(temperature)) {
      throw new IllegalArgumentException("--temperature is " + temperature + "; expected a number of 0 or more");
    }
    if (!(topP > 0 && topP <= 1)) {
      throw new IllegalArgumentException("--top-p is " + topP + "; expected a number above 0, up to 1");
    }
    return new Sampler(temperature, topK, topP, seed);
  }

  private void write(Vocabulary vocabulary, Continuation text, Sampler sampler) {
    PrintWriter out = spec.commandLine().getOut();
    TextJoiner joiner = new TextJoiner(vocabulary.level());
    vocabulary.split(start.prime).forEach(joiner::next); // whether a space comes next
    out.print(printable(start.prime));
    boolean spaced = vocabulary.level() == TextLevel.WORD && start.prime.endsWith(" ");
    for (int i = 0; i < length; i++) {
      String next = joiner.next(vocabulary.symbol(text.write(sampler)));
      out.print(printable(i == 0 && spaced && next.startsWith(" ") ? next.substring(1) : next));
      out.flush();
    }
    out.println();
    out.flush();
  }

  /** A model may come from anyone: control characters don't reach the terminal, but for those of plain text. */
  private static String printable(String text) {
    return text.replaceAll("[\\p{Cc}&&[^\\n\\t]]", "?");
  }
}
