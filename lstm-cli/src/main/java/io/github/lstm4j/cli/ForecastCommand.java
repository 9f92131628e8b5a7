package io.github.lstm4j.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lstm forecast}. */
@Command(
    name = "forecast",
    description = "Trains a network on a series and forecasts its held-out tail, one step ahead.",
    footer = {
      "",
      "Examples:",
      "  lstm forecast",
      "  lstm forecast --csv sales.csv --column total --features price,holiday --season 7",
      "  lstm forecast --csv co2.csv --column value --seeds 5 --out co2"
    })
final class ForecastCommand implements Callable<Integer> {
  private final ForecastEngine forecaster;
  private final PrintStream err;
  private final Terminal terminal;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin(name = "Data:")
  private DataOptions data = new DataOptions();

  @Mixin(name = "Network and training:")
  private TrainingOptions training = new TrainingOptions();

  @Mixin(name = "Output:")
  private OutputOptions output = new OutputOptions();

  /** The options shown under "Output". */
  static final class OutputOptions {
    @Option(
        names = "--out",
        paramLabel = "FOLDER",
        description = "Where forecast.csv, forecast.png, forecast.svg, loss.png and model.safetensors go."
            + " Default: ${DEFAULT-VALUE}.")
    Path folder = Path.of("lstm4j-forecast");

    @Option(
        names = "--interval",
        paramLabel = "SHARE",
        description = "The share of points that the prediction interval is meant to hold. Default: ${DEFAULT-VALUE}.")
    double interval = 0.9;
  }

  ForecastCommand(ForecastEngine forecaster, PrintStream err, Terminal terminal) {
    this.forecaster = forecaster;
    this.err = err;
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    data.validate();
    training.validate();
    Check.between("--interval", output.interval, 0, 1);
    CsvSeries series = data.read();
    data.validateFor(series, training.window, output.interval);
    OutputFolder folder = OutputFolder.check(output.folder);
    PrintWriter out = spec.commandLine().getOut();
    describe(series, out);
    ForecastEngine.Outcome outcome;
    try (Progress progress = Progress.on(err, terminal)) {
      ForecastEngine.Request request = new ForecastEngine.Request(series, data, training, output.interval);
      outcome = forecaster.forecast(request, progress);
    }
    report(outcome, folder, out);
    return Main.OK;
  }

  private void describe(CsvSeries series, PrintWriter out) {
    int rows = series.rows().length;
    int test = data.testRows(rows);
    int validation = data.validationRows(rows);
    out.printf(
        Locale.ROOT, "%s: %s, %d rows from %s to %s%n",
        series.source(), String.join(", ", series.names()), rows, series.labels().getFirst(),
            series.labels().getLast());
    out.printf(
        Locale.ROOT, "%d rows to train on, %d to decide when to stop, the last %d held out%n",
        rows - test - validation, validation, test);
    out.flush();
  }

  private void report(ForecastEngine.Outcome outcome, OutputFolder folder, PrintWriter out) throws IOException {
    ForecastResult result = outcome.result();
    out.println();
    TerminalChart.draw(result, terminal.width()).forEach(out::println);
    out.println();
    outcome.scores().print(out);
    List<String> sentences = new ArrayList<>();
    sentences.add(outcome.scores().verdict());
    sentences.add(
        String.format(
            Locale.ROOT, "The %s %% prediction interval holds %.1f %% of the held-out points.",
            result.levelPercent(), 100 * result.coverage()));
    sentences.addAll(outcome.notes());
    out.println();
    sentences.forEach(sentence -> Paragraph.lines(sentence, terminal.width()).forEach(out::println));
    out.flush();
    // What took long to make comes first: a picture that can't be drawn must not cost the model.
    folder.make();
    List<Path> files = new ArrayList<>();
    Path model = folder.path().resolve("model.safetensors");
    outcome.model().write(model);
    files.add(model);
    files.add(ForecastReport.numbers(folder, result));
    Optional<String> withoutFonts = Fonts.whyMissing();
    if (withoutFonts.isEmpty()) {
      files.addAll(ForecastReport.pictures(folder, result, outcome.losses()));
    } else {
      err.println("lstm: the pictures are left out: " + withoutFonts.get());
    }
    String names = String.join(", ", files.stream().map(f -> String.valueOf(f.getFileName())).toList());
    out.println();
    Paragraph.lines("Written to " + folder.path() + ": " + names, terminal.width()).forEach(out::println);
    out.flush();
  }
}
