package io.github.lstm4j.cli.text;

import io.github.lstm4j.cli.Main;
import io.github.lstm4j.cli.OutputFolder;
import io.github.lstm4j.cli.Paragraph;
import io.github.lstm4j.cli.Terminal;
import io.github.lstm4j.cli.UpdateLosses;
import io.github.lstm4j.loss.CrossEntropy;
import io.github.lstm4j.text.Corpus;
import io.github.lstm4j.text.TextModel;
import io.github.lstm4j.text.TokenSequence;
import io.github.lstm4j.text.TokenStreams;
import io.github.lstm4j.text.Vocabulary;
import io.github.lstm4j.train.Clipping;
import io.github.lstm4j.train.EpochRecord;
import io.github.lstm4j.train.History;
import io.github.lstm4j.train.Trainer;
import io.github.lstm4j.train.TrainerOptions;
import io.github.lstm4j.train.UpdateRecord;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lstm text train}. */
@Command(
    name = "train",
    sortOptions = false,
    description = "Trains a network to tell the next symbol of a text from those before it, and measures it on the end"
        + " of the text, which it has not seen.",
    footer = {
      "",
      "Examples:",
      "  lstm text train --corpus shakespeare.txt",
      "  lstm text train --corpus shakespeare.txt --updates 4000 --dropout 0.3 --evaluate 500 --out long",
      "  lstm text train --corpus novels.txt --level word --embedding 256 --tied"
    })
final class TrainCommand implements Callable<Integer> {
  /** What the held-out part is measured with where it is long enough: the shape is that of usual comparisons. */
  private static final int STREAMS = 8;

  private static final int STEPS = 256;

  private final PrintStream err;
  private final Terminal terminal;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin(name = "Text:")
  private CorpusArguments text = new CorpusArguments();

  @Mixin(name = "Network and training:")
  private NetworkArguments network = new NetworkArguments();

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      description = "Where model.safetensors, loss.csv and loss.png go. Default: ${DEFAULT-VALUE}.")
  private Path out = Path.of("lstm4j-text");

  TrainCommand(PrintStream err, Terminal terminal) {
    this.err = err;
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    network.validate();
    try (Corpus corpus = Corpus.read(text.corpus, text.options())) {
      requireEnough(corpus);
      OutputFolder folder = OutputFolder.check(out);
      describe(corpus);
      try (TextModel model = new TextModel(network.build(corpus.vocabulary().size()), corpus.vocabulary())) {
        train(corpus, model, folder);
      }
    }
    return Main.OK;
  }

  private void requireEnough(Corpus corpus) {
    String symbols = corpus.vocabulary().level().label() + "s";
    long least = TokenStreams.least(network.batch, network.steps);
    if (corpus.training().size() < least) {
      throw new IllegalArgumentException(
          text.corpus + " has " + corpus.training().size() + " " + symbols + " to train on; expected at least " + least
              + " with --batch " + network.batch + " and --steps " + network.steps);
    }
    if (corpus.heldOut().size() < 2) {
      throw new IllegalArgumentException(
          text.corpus + " has " + corpus.heldOut().size() + " " + symbols + " held out with --held-out " + text.heldOut
              + "; expected 2 or more");
    }
  }

  private void describe(Corpus corpus) {
    Vocabulary vocabulary = corpus.vocabulary();
    String symbols = vocabulary.level().label() + "s";
    PrintWriter console = spec.commandLine().getOut();
    console.printf(
        Locale.ROOT, "%s: %,d %s to train on, %d different ones known, the last %,d held out%n", text.corpus,
        corpus.training().size(), symbols, vocabulary.size(), corpus.heldOut().size());
    OptionalInt unknown = vocabulary.unknown();
    if (unknown.isPresent()) {
      console.printf(
          Locale.ROOT, "%.2f %% of those to train on and %.2f %% of those held out are read as %s%n",
          share(corpus.training(), unknown.getAsInt()), share(corpus.heldOut(), unknown.getAsInt()),
          Vocabulary.UNKNOWN);
    }
    console.flush();
  }

  private static double share(TokenSequence tokens, int token) {
    long count = 0;
    for (long i = 0; i < tokens.size(); i++) {
      count += tokens.get(i) == token ? 1 : 0;
    }
    return 100.0 * count / tokens.size();
  }

  private static TokenStreams heldOut(TokenSequence tokens) {
    return tokens.size() >= TokenStreams.least(STREAMS, STEPS)
        ? new TokenStreams(tokens, STREAMS, STEPS)
        : new TokenStreams(tokens, 1, (int) Math.min(STEPS, tokens.size() - 1));
  }

  private void train(Corpus corpus, TextModel model, OutputFolder folder) throws IOException {
    TokenStreams heldOut = heldOut(corpus.heldOut());
    CrossEntropy loss = new CrossEntropy();
    TrainerOptions options =
        new TrainerOptions(loss)
            .rate(network.learningRate)
            .clipping(new Clipping.ByNorm(network.clip))
            .updates(network.updates)
            .seed(network.seed);
    String symbols = model.vocabulary().level().label() + "s";
    History history;
    double seconds;
    try (TrainingProgress progress =
        new TrainingProgress(err, terminal, network.updates, network.batch * network.steps, symbols)) {
      options.onUpdate(progress::update);
      if (network.evaluate > 0) {
        options.validation(heldOut).validateEvery(network.evaluate).onEpoch(progress::measured);
      }
      history =
          new Trainer(model.network(), options)
              .fit(new TokenStreams(corpus.training(), network.batch, network.steps));
      seconds = progress.seconds();
    }
    Map<Long, Double> measured = new TreeMap<>();
    history.epochs().stream()
        .filter(record -> !Double.isNaN(record.validationLoss()))
        .forEach(record -> measured.put(record.updates(), record.validationLoss()));
    EpochRecord kept = history.best();
    if (measured.isEmpty()) {
      measured.put(kept.updates(), Trainer.evaluate(model.network(), loss, heldOut));
    }
    report(model, measured, kept.updates(), seconds);
    write(model, history, measured, folder);
  }

  private void report(TextModel model, Map<Long, Double> measured, long updates, double seconds) {
    double loss = measured.getOrDefault(updates, Double.NaN);
    String symbol = model.vocabulary().level().label();
    PrintWriter console = spec.commandLine().getOut();
    console.printf(
        Locale.ROOT, "Held-out loss %.4f nats per %s: %.3f bits, perplexity %.2f, after %d updates%s%n", loss, symbol,
        loss / Math.log(2), Math.exp(loss), updates,
        measured.size() == 1 ? "" : ", the lowest of " + measured.size() + " measurements");
    console.printf(
        Locale.ROOT, "%d updates in %.1f s, %,.0f %ss/s%n", network.updates, seconds,
        (double) network.updates * network.batch * network.steps / seconds, symbol);
    console.flush();
  }

  private void write(TextModel model, History history, Map<Long, Double> measured, OutputFolder folder)
      throws IOException {
    folder.make();
    List<Path> files = new ArrayList<>();
    Path file = folder.path().resolve("model.safetensors");
    model.save(file, Map.of());
    files.add(file);
    double[] losses = history.updates().stream().mapToDouble(UpdateRecord::loss).toArray();
    String unit = "nats per " + model.vocabulary().level().label();
    files.addAll(new UpdateLosses(unit, losses, measured).write(folder, err));
    String names = String.join(", ", files.stream().map(f -> String.valueOf(f.getFileName())).toList());
    PrintWriter console = spec.commandLine().getOut();
    Paragraph.lines("Written to " + folder.path() + ": " + names, terminal.width()).forEach(console::println);
    console.flush();
  }
}
