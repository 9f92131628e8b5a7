package io.github.lstm4j.cli.classify;

import io.github.lstm4j.cli.Choices.Missing;
import io.github.lstm4j.data.Scaler;
import io.github.lstm4j.io.SafetensorsFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a classifier's file says beside its weights.
 *
 * @param classes the names of the classes
 * @param symbols of texts; null for sequences of numbers
 * @param cut how a file of texts is cut
 * @param longest how much of a text is read
 * @param scaler of sequences of numbers; null with texts
 * @param missing what becomes of missing values
 */
record ClassifierFile(
    List<String> classes,
    @Nullable SymbolTable symbols,
    Texts.Cut cut,
    int longest,
    @Nullable Scaler scaler,
    Missing missing) {
  private static final String PREFIX = "lstm4j.classify.";
  private static final String COUNT = PREFIX + "classes";

  Map<String, String> metadata() {
    Map<String, String> metadata = new HashMap<>();
    metadata.put(COUNT, Integer.toString(classes.size()));
    for (int i = 0; i < classes.size(); i++) {
      metadata.put(PREFIX + "class." + i, classes.get(i));
    }
    metadata.put(PREFIX + "cut", cut.name().toLowerCase(Locale.ROOT));
    metadata.put(PREFIX + "longest", Integer.toString(longest));
    metadata.put(PREFIX + "missing", missing.toString());
    if (symbols != null) {
      metadata.put(PREFIX + "symbols", symbols.text());
    }
    if (scaler != null) {
      metadata.putAll(scaler.toMetadata());
    }
    return metadata;
  }

  /** Reads what {@link #metadata()} said. */
  static ClassifierFile read(Path file) throws IOException {
    Map<String, String> metadata;
    try (SafetensorsFile tensors = SafetensorsFile.open(file)) {
      metadata = tensors.metadata();
    }
    if (!metadata.containsKey(COUNT)) {
      String kind = metadata.containsKey("lstm4j.forecast.column") ? "a forecasting model" : "no classifier";
      throw new IllegalArgumentException(
          "--model " + file + " is " + kind + " (it has no metadata '" + COUNT
              + "'); expected a file that 'lstm classify train' wrote");
    }
    try {
      return parse(metadata);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("--model " + file + ": " + e.getMessage(), e);
    }
  }

  private static ClassifierFile parse(Map<String, String> metadata) {
    List<String> classes = new ArrayList<>();
    int count = number(metadata, COUNT);
    for (int i = 0; i < count; i++) { // the first missing name ends the loop
      classes.add(text(metadata, PREFIX + "class." + i));
    }
    String symbols = metadata.get(PREFIX + "symbols");
    return new ClassifierFile(
        List.copyOf(classes),
        symbols == null ? null : SymbolTable.parse(symbols),
        choice(Texts.Cut.class, metadata, PREFIX + "cut"),
        number(metadata, PREFIX + "longest"),
        symbols == null ? Scaler.fromMetadata(metadata) : null,
        choice(Missing.class, metadata, PREFIX + "missing"));
  }

  private static String text(Map<String, String> metadata, String key) {
    String value = metadata.get(key);
    if (value == null) {
      throw new IllegalArgumentException("its metadata have no '" + key + "', which a classifier needs");
    }
    return value;
  }

  private static int number(Map<String, String> metadata, String key) {
    String value = text(metadata, key);
    if (!value.matches("[1-9][0-9]{0,8}")) {
      throw new IllegalArgumentException(
          "metadata '" + key + "' is '" + value + "'; expected a whole number of 1 or more");
    }
    return Integer.parseInt(value);
  }

  private static <E extends Enum<E>> E choice(Class<E> choices, Map<String, String> metadata, String key) {
    String value = text(metadata, key);
    for (E choice : choices.getEnumConstants()) {
      if (choice.name().equalsIgnoreCase(value)) {
        return choice;
      }
    }
    throw new IllegalArgumentException(
        "metadata '" + key + "' is '" + value + "'; expected one of " + List.of(choices.getEnumConstants()));
  }
}
