package io.github.lstm4j.cli.text;

import io.github.lstm4j.cli.Terminal;
import java.io.PrintStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code lstm text}: nothing by itself. */
@Command(
    name = "text",
    description = "Trains a network on a text, character by character or word by word, and lets it write on.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Examples:",
      "  lstm text train --corpus shakespeare.txt",
      "  lstm text generate --model lstm4j-text/model.safetensors --prime \"ROMEO:\" --length 300",
      "  lstm text train --corpus novels.txt --level word --out novels",
      "  lstm text complete --model novels/model.safetensors --prime \"However, Cliff, my pet\""
    })
public final class TextCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  private TextCommand() {}

  /**
   * The command with its own commands.
   *
   * @param err where progress goes
   * @param terminal what is known of the place where output appears
   * @return what the program adds to its commands
   */
  public static CommandLine line(PrintStream err, Terminal terminal) {
    return new CommandLine(new TextCommand())
        .addSubcommand(new TrainCommand(err, terminal))
        .addSubcommand(new GenerateCommand())
        .addSubcommand(new CompleteCommand());
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "no command given; expected " + String.join(", ", spec.subcommands().keySet()));
  }
}
