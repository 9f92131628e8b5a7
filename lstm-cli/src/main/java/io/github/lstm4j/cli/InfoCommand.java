package io.github.lstm4j.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lstm info}. */
@Command(
    name = "info",
    description = "Says what a model file holds or, without a file, what this machine computes with and why.")
final class InfoCommand implements Callable<Integer> {
  /** A vocabulary of thousands of words would fill the screen. In characters. */
  private static final int LONGEST = 500;

  private final ModelContents.Reader reader;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(arity = "0..1", paramLabel = "FILE", description = "A safetensors file.")
  private @Nullable Path file;

  InfoCommand(ModelContents.Reader reader) {
    this.reader = reader;
  }

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    if (file == null) {
      MachineReport.print(out, Processor.detect());
    } else {
      print(reader.read(file), out);
    }
    return Main.OK;
  }

  private static void print(ModelContents contents, PrintWriter out) {
    int width = contents.tensors().stream().mapToInt(t -> t.name().length()).max().orElse(0);
    out.printf(
        Locale.ROOT, "%s: %d tensors, %,d parameters, %,d bytes%n",
        contents.file(), contents.tensors().size(), contents.parameters(), contents.bytes());
    RecurrentLayout.describe(contents.tensors()).forEach(line -> out.println("  " + line));
    out.println();
    for (ModelContents.Entry tensor : contents.tensors()) {
      List<Long> shape = tensor.shape();
      out.printf(
          Locale.ROOT, "  %-" + Math.max(1, width) + "s  %-4s  %-16s %,12d%n",
          printable(tensor.name()), tensor.dtype(), shape.isEmpty() ? "scalar" : shape.toString(), tensor.elements());
    }
    if (!contents.metadata().isEmpty()) {
      out.printf("%nmetadata%n");
      contents.sortedMetadata().forEach((key, value) -> out.println("  " + printable(key) + ": " + printable(value)));
    }
  }

  /** A file may come from anyone: control characters don't reach the terminal. */
  private static String printable(String text) {
    String shown = text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "… (" + text.length()
        + " characters)";
    return shown.replaceAll("\\p{Cntrl}", "?");
  }
}
