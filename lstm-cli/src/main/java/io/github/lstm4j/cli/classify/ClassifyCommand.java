package io.github.lstm4j.cli.classify;

import io.github.lstm4j.cli.Terminal;
import java.io.PrintStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code lstm classify}. */
@Command(
    name = "classify",
    description = "Trains a network that tells the class of a sequence or a text, and applies it.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Examples:",
      "  lstm classify train --data Vowels_TRAIN.ts --test Vowels_TEST.ts",
      "  lstm classify train --data names/              (a file for each class, a case on each line)",
      "  lstm classify predict --model lstm4j-classify/model.safetensors --text Kowalski"
    })
public final class ClassifyCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  private ClassifyCommand() {}

  /**
   * The command with its own commands below it.
   *
   * @param err where progress goes
   * @param terminal what is known of it
   * @return the command
   */
  public static CommandLine create(PrintStream err, Terminal terminal) {
    return new CommandLine(new ClassifyCommand())
        .addSubcommand(new TrainCommand(err, terminal))
        .addSubcommand(new PredictCommand());
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "no command given; expected " + String.join(", ", spec.subcommands().keySet()));
  }
}
