package io.github.lstm4j.cli.classify;

import io.github.lstm4j.cli.Choices.Missing;
import io.github.lstm4j.data.LabelledSequence;
import io.github.lstm4j.data.LabelledSequences;
import io.github.lstm4j.data.MissingValues;
import io.github.lstm4j.data.StratifiedSplit;
import io.github.lstm4j.data.TsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is trained on and what is tested on.
 *
 * @param training the training part, not scaled
 * @param test the held-out part
 * @param symbols of texts; null for sequences of numbers
 * @param cut how texts were cut
 */
record Cases(
    LabelledSequences training, LabelledSequences test, @Nullable SymbolTable symbols, Texts.Cut cut) {

  static Cases read(CaseOptions options) throws IOException {
    Path data = options.data;
    for (Path file : options.files().values()) {
      requireFile(file);
    }
    if (data != null) {
      requireFile(data);
    }
    boolean series = data != null && isSeries(data);
    if (!series && options.test != null) {
      throw new IllegalArgumentException(
          "--test " + options.test + " belongs to a .ts file; expected --test-fraction with texts");
    }
    Cases cases = series ? series(Objects.requireNonNull(data), options) : split(texts(data, options), options);
    int[] counts = cases.training.classCounts();
    if (Arrays.stream(counts).filter(count -> count > 0).count() < 2) {
      throw new IllegalArgumentException(
          "the training cases of " + source(data) + " are all of one class; expected two or more");
    }
    if (Arrays.stream(counts).allMatch(count -> count < 2)) {
      throw new IllegalArgumentException(
          "the " + cases.training.count() + " training cases of " + source(data) + " are each the only one of its"
              + " class; expected a class with two or more, as one of them decides when to stop");
    }
    return cases;
  }

  private static String source(@Nullable Path data) {
    return data == null ? "--corpus" : data.toString();
  }

  /** Holds a part of each class out to test on. */
  private static StratifiedSplit split(int[] labels, CaseOptions options) {
    if (Arrays.stream(labels).distinct().count() == labels.length) {
      throw new IllegalArgumentException(
          "the " + labels.length + " cases of " + source(options.data) + " are each the only one of its class; expected"
              + " a class with two or more, as one of them is held out");
    }
    return StratifiedSplit.of(labels, options.testFraction, options.splitSeed);
  }

  private static void requireFile(Path file) throws IOException {
    if (!Files.exists(file)) {
      throw new NoSuchFileException(file.toString());
    }
  }

  static boolean isSeries(Path file) {
    return Files.isRegularFile(file) && file.toString().toLowerCase(Locale.ROOT).endsWith(".ts");
  }

  private static Cases series(Path data, CaseOptions options) throws IOException {
    LabelledSequences all = complete(TsFile.read(data), options.missing, data);
    Path test = options.test;
    if (test == null) {
      StratifiedSplit split = split(all.labels(), options);
      return new Cases(all.select(split.kept()), all.select(split.heldOut()), null, Texts.Cut.LINES);
    }
    LabelledSequences held = TsFile.read(test, all.classes());
    if (held.channels() != all.channels()) {
      throw new IllegalArgumentException(
          test + " has " + held.channels() + " dimensions; expected " + all.channels() + " as " + data + " has");
    }
    return new Cases(all, complete(held, options.missing, test), null, Texts.Cut.LINES);
  }

  /** The sequences of a file without missing values. */
  static LabelledSequences complete(LabelledSequences sequences, Missing how, Path file) {
    MissingValues values =
        switch (how) {
          case FAIL -> MissingValues.FAIL;
          case FORWARD -> MissingValues.FORWARD_FILL;
          case LINEAR -> MissingValues.LINEAR;
          case DROP -> MissingValues.DROP_ROWS;
        };
    try {
      return sequences.completed(values);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(file + ": " + e.getMessage() + "; see --missing", e);
    }
  }

  private static Texts texts(@Nullable Path data, CaseOptions options) throws IOException {
    if (data == null) {
      return Texts.files(options.files(), Texts.Cut.PARAGRAPHS);
    }
    if (Files.isDirectory(data)) {
      return Texts.folder(data);
    }
    String name = data.toString().toLowerCase(Locale.ROOT);
    if (name.endsWith(".csv") || name.endsWith(".tsv")) {
      return Texts.table(data, options.labelColumn, options.textColumn);
    }
    throw new IllegalArgumentException(
        "--data " + data + " is none of the kinds that are read; expected a .ts, .csv or .tsv file, or a folder of .txt"
            + " files");
  }

  /** The table is made from the training part alone. */
  private static Cases split(Texts texts, CaseOptions options) {
    int[] labels = texts.labels().stream().mapToInt(Integer::intValue).toArray();
    StratifiedSplit split = split(labels, options);
    SymbolTable symbols = SymbolTable.of(Arrays.stream(split.kept()).mapToObj(texts.texts()::get).toList());
    List<LabelledSequence> all = new ArrayList<>();
    for (int i = 0; i < labels.length; i++) {
      all.add(new LabelledSequence(symbols.numbers(texts.texts().get(i), options.longest), labels[i]));
    }
    LabelledSequences sequences = LabelledSequences.of(texts.classes(), all);
    return new Cases(sequences.select(split.kept()), sequences.select(split.heldOut()), symbols, texts.cut());
  }
}
