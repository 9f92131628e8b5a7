package io.github.lstm4j.cli;

import io.github.lstm4j.cli.classify.ClassifyCommand;
import io.github.lstm4j.cli.text.TextCommand;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The program {@code lstm}. Exit codes: 0 done, 1 failed, 2 bad input. */
@Command(
    name = "lstm",
    description = "LSTM networks trained and served on plain CPUs, in pure Java.",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    versionProvider = Main.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:done", "1:failed", "2:bad input: an option or a file; one line on standard error says which"})
public final class Main implements Runnable {
  /** The exit code of a command that did its work. */
  public static final int OK = 0;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = Failures.STACKTRACE,
      scope = ScopeType.INHERIT,
      description = "After an error, also print where in the program it happened.")
  @SuppressWarnings("UnusedVariable") // declared for the help; Failures reads it off the arguments
  private boolean stacktrace;

  @Option(
      names = Logging.VERBOSE,
      scope = ScopeType.INHERIT,
      description = "Also print what the library logs, such as the kernels it chose.")
  @SuppressWarnings("UnusedVariable") // declared for the help; Logging reads it off the arguments
  private boolean verbose;

  private Main() {}

  /**
   * Runs the program and ends the JVM with its exit code.
   *
   * @param args the command and its options
   */
  public static void main(String[] args) {
    System.setProperty("java.awt.headless", "true");
    Logging.configure(args);
    System.exit(run(args, System.out, System.err));
  }

  /**
   * Runs the program.
   *
   * @param args the command and its options
   * @param out where results go
   * @param err where progress and errors go
   * @return the exit code: 0 done, 1 failed, 2 bad input
   */
  public static int run(String[] args, PrintStream out, PrintStream err) {
    return run(args, out, err, Engines.standard(), Terminal.detect());
  }

  static int run(String[] args, PrintStream out, PrintStream err, Engines engines, Terminal terminal) {
    PrintWriter errors = writer(err);
    Failures failures = new Failures(errors, args);
    CommandLine line =
        new CommandLine(new Main())
            .addSubcommand(new ForecastCommand(engines.forecaster(), err, terminal))
            .addSubcommand(TextCommand.line(err, terminal))
            .addSubcommand(ClassifyCommand.create(err, terminal))
            .addSubcommand(new ApplyCommand(engines.layerRunner()))
            .addSubcommand(new InfoCommand(engines.modelFiles()))
            .addSubcommand(new LessonCommand(err, terminal))
            .setOut(writer(out))
            .setErr(errors)
            .setExpandAtFiles(false)
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setUsageHelpWidth(terminal.width())
            .setExecutionExceptionHandler(failures)
            .setParameterExceptionHandler(failures);
    OptionSections.install(line);
    try {
      return line.execute(args);
    } catch (OutOfMemoryError e) { // what was too large is gone by now: there is room for a line
      return failures.outOfMemory(e);
    }
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "no command given; expected " + String.join(", ", spec.subcommands().keySet()));
  }

  private static PrintWriter writer(PrintStream stream) {
    Charset charset = stream.charset();
    return new PrintWriter(stream, true, charset);
  }

  /** The version that the build wrote into the jar. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Main.class.getPackage().getImplementationVersion();
      return new String[] {
        "lstm4j " + (version == null ? "(not run from its jar)" : version), "Java " + Runtime.version()
      };
    }
  }
}
