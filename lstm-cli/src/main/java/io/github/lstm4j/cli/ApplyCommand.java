package io.github.lstm4j.cli;

import io.github.lstm4j.cli.Choices.Cell;
import io.github.lstm4j.cli.Choices.Nonlinearity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lstm apply}. */
@Command(
    name = "apply",
    description = "Runs a bare PyTorch recurrent layer on the input of a file.",
    footer = {
      "",
      "The model holds PyTorch's names (weight_ih_l0, ...); the kind of layer and its sizes are read off them.",
      "The input holds in.x [batch, steps, input] and, if wanted, in.h0, in.c0, in.lengths.",
      "The output gets out.y, out.hn, out.cn."
    })
final class ApplyCommand implements Callable<Integer> {
  private final LayerRunner runner;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--model", required = true, paramLabel = "FILE", description = "The layer's weights, safetensors.")
  private Path model = Path.of("");

  @Option(names = "--input", required = true, paramLabel = "FILE", description = "The input, safetensors.")
  private Path input = Path.of("");

  @Option(names = "--output", required = true, paramLabel = "FILE", description = "Where the output goes, safetensors.")
  private Path output = Path.of("");

  @Option(
      names = "--cell",
      paramLabel = "KIND",
      description = "The kind of layer, where names and shapes don't tell: ${COMPLETION-CANDIDATES}.")
  private @Nullable Cell cell;

  @Option(
      names = "--nonlinearity",
      paramLabel = "NAME",
      description = "The activation of a plain recurrent layer, which no name tells: ${COMPLETION-CANDIDATES}.")
  private @Nullable Nonlinearity nonlinearity;

  @Option(
      names = "--grad",
      description = "Also read seed.y, seed.hn, seed.cn (the gradients of a loss by the outputs; at least one, the"
          + " others are zero) and write every grad.*.")
  private boolean gradients;

  ApplyCommand(LayerRunner runner) {
    this.runner = runner;
  }

  @Override
  public Integer call() throws IOException {
    for (Path file : new Path[] {model, input}) {
      if (!Files.exists(file)) {
        throw new NoSuchFileException(file.toString());
      }
    }
    Path parent = output.toAbsolutePath().getParent();
    if (parent == null || !Files.isDirectory(parent)) {
      throw new IllegalArgumentException("--output " + output + ": its folder does not exist; expected one that does");
    }
    String done = runner.apply(new LayerRunner.Request(model, input, output, cell, nonlinearity, gradients));
    spec.commandLine().getOut().println(done);
    return Main.OK;
  }
}
