package io.github.lstm4j.cli.classify;

import io.github.lstm4j.cli.Fonts;
import io.github.lstm4j.cli.LossPicture;
import io.github.lstm4j.cli.OutputFolder;
import io.github.lstm4j.cli.Paragraph;
import io.github.lstm4j.cli.Progress;
import io.github.lstm4j.cli.Terminal;
import io.github.lstm4j.data.LabelledSequences;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lstm classify train}. */
@Command(
    name = "train",
    description = "Trains on labelled sequences or texts and tells the classes of held-out ones.",
    footer = {
      "",
      "Examples:",
      "  lstm classify train --data Vowels_TRAIN.ts --test Vowels_TEST.ts --seeds 5",
      "  lstm classify train --data names/              (a file for each class, a case on each line)",
      "  lstm classify train --corpus mine=a.txt --corpus theirs=b.txt"
    })
final class TrainCommand implements Callable<Integer> {
  private static final LossPicture.Names CURVES = new LossPicture.Names("cross-entropy", "cross-entropy", "loss");

  private final PrintStream err;
  private final Terminal terminal;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin(name = "Data:")
  private CaseOptions data = new CaseOptions();

  @Mixin(name = "Network and training:")
  private NetworkOptions network = new NetworkOptions();

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      description = "Where model.safetensors, confusion.csv and loss.png go. Default: ${DEFAULT-VALUE}.")
  private Path folder = Path.of("lstm4j-classify");

  TrainCommand(PrintStream err, Terminal terminal) {
    this.err = err;
    this.terminal = terminal;
  }

  /** What is kept of a seed. */
  private record Result(long seed, int epochs, double accuracy) {}

  @Override
  public Integer call() throws IOException {
    data.validate();
    network.validate();
    Cases cases = Cases.read(data);
    OutputFolder out = OutputFolder.check(folder);
    PrintWriter text = spec.commandLine().getOut();
    describe(cases, text);
    List<Result> results = new ArrayList<>();
    List<Path> files = new ArrayList<>();
    ConfusionTable first = null;
    try (Progress progress = Progress.on(err, terminal, "loss")) {
      for (int i = 0; i < network.seeds; i++) {
        long seed = network.seed + i;
        SeedTraining.Outcome outcome = new SeedTraining(cases, data.validation, network, seed).run(progress);
        try (var model = outcome.model()) {
          LabelledSequences test = outcome.scaled(cases.test()); // here, and nowhere before, the test part is read
          ConfusionTable table = new ConfusionTable(test, Prediction.of(model, test));
          results.add(new Result(seed, outcome.epochs(), table.accuracy()));
          if (first == null) {
            first = table;
            files = write(out, cases, outcome, table);
          }
        }
      }
    }
    if (first != null) {
      report(first, results, files, text);
    }
    return 0;
  }

  private void describe(Cases cases, PrintWriter out) {
    LabelledSequences training = cases.training();
    IntStream lengths = IntStream.range(0, training.count()).map(i -> training.get(i).length());
    var range = lengths.summaryStatistics();
    SymbolTable symbols = cases.symbols();
    out.printf(
        Locale.ROOT, "%d classes, %d training cases of %d to %d %s%n", training.classes().size(), training.count(),
        range.getMin(), range.getMax(),
        symbols == null
            ? "steps, " + training.channels() + " channels"
            : "characters, " + (symbols.size() - 1) + " different ones");
    out.printf(
        Locale.ROOT, "%d test cases; %s of the training cases decide when to stop%n", cases.test().count(),
        String.format(Locale.ROOT, "%.0f %%", 100 * data.validation));
    if (network.bidirectional && network.pool == NetworkOptions.Pool.LAST) {
      Paragraph.lines(
              "With --pool last the direction from the end has read one step only where the class is told;"
                  + " --pool mean or max use all it reads.",
              terminal.width())
          .forEach(out::println);
    }
    out.flush();
  }

  private List<Path> write(OutputFolder out, Cases cases, SeedTraining.Outcome outcome, ConfusionTable table)
      throws IOException {
    ClassifierFile file =
        new ClassifierFile(
            cases.training().classes(), cases.symbols(), cases.cut(), data.longest, outcome.scaler(), data.missing);
    out.make();
    List<Path> files = new ArrayList<>();
    Path model = out.path().resolve("model.safetensors");
    outcome.model().save(model, file.metadata());
    files.add(model);
    files.add(out.write("confusion.csv", table::csv));
    Optional<String> withoutFonts = Fonts.whyMissing();
    if (withoutFonts.isEmpty()) {
      files.add(out.write("loss.png", stream -> LossPicture.png(outcome.losses(), CURVES, stream)));
    } else {
      err.println("lstm: the picture is left out: " + withoutFonts.get());
    }
    return files;
  }

  private void report(ConfusionTable first, List<Result> results, List<Path> files, PrintWriter out) {
    out.println();
    first.print(out, terminal.width());
    out.println();
    for (Result result : results) {
      out.printf(
          Locale.ROOT, "seed %d: %.2f %% of the test cases told right, after %s%n", result.seed(),
          100 * result.accuracy(), result.epochs() == 1 ? "1 epoch" : result.epochs() + " epochs");
    }
    double[] shares = results.stream().mapToDouble(result -> 100 * result.accuracy()).toArray();
    double mean = Arrays.stream(shares).average().orElseThrow();
    if (shares.length > 1) {
      double squares = Arrays.stream(shares).map(share -> (share - mean) * (share - mean)).sum();
      out.printf(
          Locale.ROOT, "Mean of %d seeds: %.2f %%, standard deviation %.2f. Table and model are those of the first.%n",
          shares.length, mean, Math.sqrt(squares / (shares.length - 1)));
    }
    out.printf(Locale.ROOT, "Always telling the most frequent class would come to %.2f %%.%n", 100 * first.majority());
    String names = files.stream().map(f -> String.valueOf(f.getFileName())).collect(Collectors.joining(", "));
    Paragraph.lines("Written to " + folder + ": " + names, terminal.width()).forEach(out::println);
    out.flush();
  }
}
