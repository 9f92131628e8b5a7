package io.github.lstm4j.cli.classify;

import io.github.lstm4j.cli.Check;
import io.github.lstm4j.cli.Choices.Missing;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which cases are learnt: the options that {@code classify train} shows under "Data". */
final class CaseOptions {
  @Option(
      names = "--data",
      paramLabel = "FILE",
      description = "A .ts file of labelled sequences (UEA, UCR archives); a folder of text files named LABEL.txt,"
          + " one case on each line; or a .csv or .tsv table with a column of labels and one of texts.")
  @Nullable Path data;

  @Option(
      names = "--corpus",
      paramLabel = "LABEL=FILE",
      description = "Instead of --data, once for each class: a text file, cut into paragraphs at blank lines.")
  List<String> corpora = new ArrayList<>();

  @Option(names = "--test", paramLabel = "FILE", description = "A .ts file to test on, read once, at the end.")
  @Nullable Path test;

  @Option(
      names = "--test-fraction",
      paramLabel = "SHARE",
      description = "Without --test: the share of each class that is held out to test on. Default: ${DEFAULT-VALUE}.")
  double testFraction = 0.2;

  @Option(
      names = "--validation",
      paramLabel = "SHARE",
      description = "The share of each class of the training part that decides when to stop."
          + " Default: ${DEFAULT-VALUE}.")
  double validation = 0.2;

  @Option(
      names = "--missing",
      paramLabel = "HOW",
      description = "What becomes of missing values of sequences, each filled from itself alone:"
          + " ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  Missing missing = Missing.FAIL;

  @Option(
      names = "--longest",
      paramLabel = "N",
      description = "The characters of a text that are read; the rest is passed over. Default: ${DEFAULT-VALUE}.")
  int longest = 400;

  @Option(names = "--label-column", paramLabel = "NAME",
      description = "The column of labels of a table. Default: ${DEFAULT-VALUE}.")
  String labelColumn = "label";

  @Option(names = "--text-column", paramLabel = "NAME",
      description = "The column of texts of a table. Default: ${DEFAULT-VALUE}.")
  String textColumn = "text";

  @Option(
      names = "--split-seed",
      paramLabel = "N",
      description = "The seed of the choice of held-out cases, the same for all --seeds. Default: ${DEFAULT-VALUE}.")
  long splitSeed = 1;

  void validate() {
    Check.between("--test-fraction", testFraction, 0, 1);
    Check.between("--validation", validation, 0, 1);
    Check.atLeast("--longest", longest, 1);
    if ((data == null) == corpora.isEmpty()) {
      throw new IllegalArgumentException(
          data == null
              ? "no data given; expected --data FILE, or --corpus LABEL=FILE for each class"
              : "both --data and --corpus are given; expected one of them");
    }
    if (files().size() == 1) {
      throw new IllegalArgumentException(
          "--corpus names one class; expected two or more, each with a --corpus of its own");
    }
  }

  /** The files of {@code --corpus} by the names of their classes. */
  Map<String, Path> files() {
    Map<String, Path> files = new LinkedHashMap<>();
    for (String given : corpora) {
      int equals = given.indexOf('=');
      String label = given.substring(0, Math.max(0, equals)).strip();
      if (label.isEmpty() || equals == given.length() - 1) {
        throw new IllegalArgumentException("--corpus is '" + given + "'; expected LABEL=FILE, such as mine=a.txt");
      }
      if (files.put(label, Path.of(given.substring(equals + 1))) != null) {
        throw new IllegalArgumentException(
            "--corpus names the class '" + label + "' twice; expected each class once, with one file");
      }
    }
    return files;
  }
}
