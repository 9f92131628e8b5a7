package io.github.lstm4j.cli.text;

import io.github.lstm4j.text.Continuation;
import io.github.lstm4j.text.TextLevel;
import io.github.lstm4j.text.TextModel;
import io.github.lstm4j.text.Vocabulary;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** The model, and the text that it starts from. */
final class PrimeArguments {
  @Option(names = "--model", paramLabel = "FILE", required = true,
      description = "A model.safetensors that 'lstm text train' wrote.")
  Path model = Path.of("");

  @Option(
      names = "--prime",
      paramLabel = "TEXT",
      description = "What the network reads before it writes. Every character has to be one that it knows; a word that"
          + " it does not know is read as <unk>. Default: a line end.")
  String prime = "";

  TextModel open() throws IOException {
    if (Files.notExists(model)) {
      throw new NoSuchFileException(model.toString());
    }
    if (Files.isDirectory(model)) {
      throw new IllegalArgumentException("--model " + model + " is a folder; expected the model file in it");
    }
    return TextModel.open(model, 1);
  }

  /** A text that begins with what was given. */
  Continuation start(TextModel opened, PrintWriter err) {
    Vocabulary vocabulary = opened.vocabulary();
    List<String> unknown = vocabulary.unknownIn(prime);
    String shown = String.join(", ", unknown.stream().map(Vocabulary::shown).toList());
    if (!unknown.isEmpty() && vocabulary.level() == TextLevel.CHARACTER) {
      throw new IllegalArgumentException(
          "--prime holds " + shown + ", not among the " + vocabulary.size() + " characters that the model knows;"
              + " expected only such");
    }
    if (!unknown.isEmpty()) {
      err.println("lstm: --prime: not among the words that the model knows, read as " + Vocabulary.UNKNOWN + ": "
          + shown);
      err.flush();
    }
    int[] tokens = vocabulary.encode(prime);
    if (tokens.length == 0) {
      tokens =
          new int[] {
            vocabulary.lineEnd()
                .orElseThrow(
                    () -> new IllegalArgumentException(
                        "--prime is empty, and the model knows no line end to start from; expected a text"))
          };
    }
    Continuation text = opened.continuation();
    for (int token : tokens) {
      text.read(token);
    }
    return text;
  }
}
