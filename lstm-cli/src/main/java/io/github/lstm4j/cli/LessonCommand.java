package io.github.lstm4j.cli;

import io.github.lstm4j.cli.lesson.Figure;
import io.github.lstm4j.cli.lesson.Lesson;
import io.github.lstm4j.cli.lesson.Lessons;
import io.github.lstm4j.cli.lesson.Prices;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lstm lesson}. */
@Command(
    name = "lesson",
    description = "Runs a lesson of the tutorial, docs/tutorial.md, and prints and draws what it shows.",
    footer = {"", "Examples:", "  lstm lesson --list", "  lstm lesson hand-cell", "  lstm lesson adding --full"})
final class LessonCommand implements Callable<Integer> {
  /** The one lesson that reads a file. */
  private static final String STOCKS = "stocks";

  private final PrintStream err;
  private final Terminal terminal;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(arity = "0..1", paramLabel = "NAME", description = "Which lesson; --list tells their names.")
  private @Nullable String name;

  @Option(names = "--list", description = "List all lessons, with what each shows and about how long it takes.")
  private boolean list;

  @Option(names = "--out", paramLabel = "FOLDER",
      description = "Where pictures go, as PNG and SVG. Default: ${DEFAULT-VALUE}.")
  private Path folder = Path.of("lstm4j-lesson");

  @Option(names = "--seed", paramLabel = "N",
      description = "The seed of weights and generated data: one seed, the same numbers. Default: ${DEFAULT-VALUE}.")
  private long seed = 1;

  @Option(names = "--full", description = "Train with five seeds, from --seed on, where one is the rule.")
  private boolean full;

  @Option(names = "--csv", paramLabel = "FILE",
      description = "Prices for the lesson stocks, oldest first, instead of a random walk.")
  private @Nullable Path csv;

  @Option(names = "--column", paramLabel = "NAME", description = "The column of --csv that holds the prices.")
  private @Nullable String column;

  LessonCommand(PrintStream err, Terminal terminal) {
    this.err = err;
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    if (list) {
      list(out);
      return Main.OK;
    }
    Lesson lesson = lesson();
    Prices prices = prices(lesson);
    OutputFolder checked = OutputFolder.check(folder);
    int threads = Runtime.getRuntime().availableProcessors();
    List<Figure> figures =
        lesson.run(
            new Lesson.Settings(seed, full, threads, prices),
            line -> {
              out.println(line.stripTrailing());
              out.flush();
            });
    if (!figures.isEmpty()) {
      draw(figures, checked, out);
    }
    return Main.OK;
  }

  private static void list(PrintWriter out) {
    List<Lesson> lessons = Lessons.all();
    int width = lessons.stream().mapToInt(lesson -> lesson.name().length()).max().orElse(1);
    for (Lesson lesson : lessons) {
      out.printf("  %-" + width + "s  %s (%s)%n", lesson.name(), lesson.description(), lesson.duration());
    }
    out.flush();
  }

  private Lesson lesson() {
    List<String> names = Lessons.all().stream().map(Lesson::name).toList();
    if (name == null) {
      throw new IllegalArgumentException(
          "no lesson named; expected one of " + String.join(", ", names) + ", or --list");
    }
    String typed = name;
    return Lessons.named(typed).orElseThrow(() -> {
      String nearest = NearestName.of(typed, names);
      return new IllegalArgumentException(
          "unknown lesson '" + typed + "'"
              + (nearest.isEmpty() ? "; see 'lstm lesson --list'" : ", did you mean '" + nearest + "'?"));
    });
  }

  private Prices prices(Lesson lesson) throws IOException {
    if (csv == null) {
      if (column != null) {
        throw new IllegalArgumentException(
            "--column '" + column + "' names a column of no file; expected --csv FILE with it");
      }
      return Prices.randomWalk(seed);
    }
    if (!lesson.name().equals(STOCKS)) {
      throw new IllegalArgumentException(
          "--csv " + csv + " with the lesson " + lesson.name() + ", which reads no file; expected the lesson "
              + STOCKS);
    }
    CsvSeries series = CsvSeries.of(CsvTable.read(csv), column, List.of(), null);
    return new Prices(series.source() + ", " + series.names().getFirst(), series.target());
  }

  private void draw(List<Figure> figures, OutputFolder checked, PrintWriter out) throws IOException {
    Optional<String> withoutFonts = Fonts.whyMissing();
    if (withoutFonts.isPresent()) {
      err.println("lstm: the pictures are left out: " + withoutFonts.get());
      return;
    }
    List<String> names = new ArrayList<>();
    for (Figure figure : figures) {
      Picture picture = FigurePicture.of(figure);
      checked.write(figure.file() + ".png", picture::png);
      checked.write(figure.file() + ".svg", picture::svg);
      names.add(figure.file() + ".png");
      names.add(figure.file() + ".svg");
    }
    out.println();
    String drawn = "Drawn in " + checked.path() + ": " + String.join(", ", names);
    Paragraph.lines(drawn, terminal.width()).forEach(out::println);
    out.flush();
  }
}
