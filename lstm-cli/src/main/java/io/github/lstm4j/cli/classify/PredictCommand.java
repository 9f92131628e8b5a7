package io.github.lstm4j.cli.classify;

import io.github.lstm4j.data.LabelledSequence;
import io.github.lstm4j.data.LabelledSequences;
import io.github.lstm4j.data.Scaler;
import io.github.lstm4j.data.TsFile;
import io.github.lstm4j.model.SequenceModel;
import io.github.lstm4j.text.Vocabulary;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lstm classify predict}. */
@Command(
    name = "predict",
    sortOptions = false,
    description = "Tells the class of each case of a file, with its probability.",
    footer = {
      "",
      "The file is of the kind that was trained on: a .ts file, with or without labels; or text, a case on each line,"
          + " where the model was trained on --corpus a paragraph.",
      "",
      "Examples:",
      "  lstm classify predict --model lstm4j-classify/model.safetensors --data Vowels_TEST.ts",
      "  lstm classify predict --model lstm4j-classify/model.safetensors --text Kowalski"
    })
final class PredictCommand implements Callable<Integer> {
  private static final int SHOWN = 40; // characters of a text

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--model", required = true, paramLabel = "FILE",
      description = "A model.safetensors that 'lstm classify train' wrote.")
  private Path model = Path.of("");

  @Option(names = "--data", paramLabel = "FILE",
      description = "The cases, in a file of the kind that was trained on.")
  private @Nullable Path data;

  @Option(names = "--text", paramLabel = "TEXT", description = "Instead of --data: one case.")
  private @Nullable String text;

  @Option(
      names = "--accept-unknown",
      description = "Read characters that do not occur in the training text as the unknown one, instead of"
          + " refusing them.")
  private boolean acceptUnknown;

  @Override
  public Integer call() throws IOException {
    if ((data == null) == (text == null)) {
      throw new IllegalArgumentException(
          data == null
              ? "no cases given; expected --data FILE or --text TEXT"
              : "both --data and --text are given; expected one");
    }
    for (Path file : data == null ? List.of(model) : List.of(model, data)) {
      if (!Files.exists(file)) {
        throw new NoSuchFileException(file.toString());
      }
    }
    ClassifierFile classifier = ClassifierFile.read(model);
    SymbolTable symbols = classifier.symbols();
    if (symbols == null) {
      Path file = data;
      if (file == null) {
        throw new IllegalArgumentException(
            "--model " + model + " was trained on sequences of numbers; expected --data FILE.ts");
      }
      predict(classifier, series(classifier, file), List.of());
    } else {
      Path file = data;
      if (file != null && Cases.isSeries(file)) {
        throw new IllegalArgumentException(
            "--model " + model + " was trained on texts; expected --data with a file of text, or --text");
      }
      List<String> texts =
          file == null ? List.of(Texts.oneLine(String.valueOf(text))) : Texts.cases(file, classifier.cut());
      predict(classifier, numbers(classifier, symbols, texts), texts);
    }
    return 0;
  }

  private static LabelledSequences series(ClassifierFile classifier, Path file) throws IOException {
    LabelledSequences sequences =
        Cases.complete(TsFile.readToPredict(file, classifier.classes()), classifier.missing(), file);
    Scaler scaler = classifier.scaler();
    int channels = scaler == null ? 1 : scaler.names().size();
    if (sequences.channels() != channels) {
      throw new IllegalArgumentException(
          file + " has " + sequences.channels() + " dimensions; expected " + channels + " as the model was trained on");
    }
    return scaler == null ? sequences : sequences.scaled(scaler);
  }

  private LabelledSequences numbers(ClassifierFile classifier, SymbolTable symbols, List<String> texts) {
    String source = data == null ? "--text" : "--data " + data;
    List<LabelledSequence> sequences = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      Optional<String> unknown = symbols.unknownIn(texts.get(i));
      if (unknown.isPresent() && !acceptUnknown) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT, "%s, case %d: %s (U+%04X) is not among the %d characters that were trained on; expected"
                    + " those only, or --accept-unknown",
                source, i + 1, Vocabulary.shown(unknown.get()), unknown.get().codePointAt(0), symbols.size() - 1));
      }
      if (!texts.get(i).isBlank()) {
        sequences.add(
            new LabelledSequence(
                symbols.numbers(texts.get(i), classifier.longest()), LabelledSequence.NO_LABEL));
      }
    }
    if (sequences.isEmpty()) {
      throw new IllegalArgumentException(source + " is empty; expected some text");
    }
    return LabelledSequences.of(classifier.classes(), sequences);
  }

  private void predict(ClassifierFile classifier, LabelledSequences sequences, List<String> texts) throws IOException {
    List<Prediction> told;
    try (SequenceModel network = SequenceModel.open(model)) {
      int channels = sequences.channels();
      if (network.inputSize() != channels || network.outputSize() != classifier.classes().size()) {
        throw new IllegalArgumentException(
            "--model " + model + " takes " + network.inputSize() + " channels and tells " + network.outputSize()
                + " classes; expected " + channels + " and " + classifier.classes().size() + ", as its metadata say");
      }
      told = Prediction.of(network, sequences);
    }
    PrintWriter out = spec.commandLine().getOut();
    int width = classifier.classes().stream().mapToInt(String::length).max().orElse(1);
    int labelled = 0;
    int right = 0;
    for (int i = 0; i < told.size(); i++) {
      Prediction prediction = told.get(i);
      String line =
          String.format(
              Locale.ROOT, "%6d  %-" + width + "s  %.4f  %s", i + 1, classifier.classes().get(prediction.label()),
              prediction.probability(), texts.isEmpty() ? "" : shortened(texts.get(i)));
      out.println(line.stripTrailing());
      int label = sequences.get(i).label();
      labelled += label == LabelledSequence.NO_LABEL ? 0 : 1;
      right += label == prediction.label() ? 1 : 0;
    }
    if (labelled > 0) {
      out.printf(Locale.ROOT, "%d of %d told right: %.2f %%%n", right, labelled, 100.0 * right / labelled);
    }
    out.flush();
  }

  private static String shortened(String text) {
    String clean = text.replaceAll("\\p{Cntrl}", "?");
    return clean.length() <= SHOWN ? clean : clean.substring(0, SHOWN) + "…";
  }
}
