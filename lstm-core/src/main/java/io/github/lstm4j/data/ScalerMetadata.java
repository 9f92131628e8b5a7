package io.github.lstm4j.data;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A scaler as text: {@code scaler.columns} = n, then {@code scaler.0.name}, {@code .transform}, {@code .shift},
 * {@code .scale} and so on. Columns are numbered because a name may hold any character.
 */
final class ScalerMetadata {
  private static final String COUNT = "scaler.columns";

  private ScalerMetadata() {}

  static Map<String, String> write(Map<String, ColumnScale> columns) {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put(COUNT, Integer.toString(columns.size()));
    columns.forEach((name, scale) -> {
      String prefix = prefix((metadata.size() - 1) / 4);
      metadata.put(prefix + "name", name);
      metadata.put(prefix + "transform", scale.transform().name());
      metadata.put(prefix + "shift", Double.toString(scale.shift()));
      metadata.put(prefix + "scale", Double.toString(scale.scale()));
    });
    return metadata;
  }

  static Map<String, ColumnScale> read(Map<String, String> metadata) {
    String count = text(metadata, COUNT);
    // Read from files: the count is only a loop bound, and the first missing key ends the loop.
    if (!count.matches("[1-9][0-9]{0,8}")) {
      throw unexpected(COUNT, count, "a number of columns, at least 1");
    }
    Map<String, ColumnScale> columns = new LinkedHashMap<>();
    for (int index = 0; index < Integer.parseInt(count); index++) {
      String prefix = prefix(index);
      ColumnScale scale =
          new ColumnScale(transform(metadata, prefix + "transform"), number(metadata, prefix + "shift"),
              number(metadata, prefix + "scale"));
      if (!scale.usable()) {
        throw unexpected(prefix + "scale", Double.toString(scale.scale()), "a number above 0");
      }
      String name = text(metadata, prefix + "name");
      if (columns.put(name, scale) != null) {
        throw unexpected(prefix + "name", name, "a name that no other column has");
      }
    }
    return columns;
  }

  private static String prefix(int index) {
    return "scaler." + index + ".";
  }

  private static String text(Map<String, String> metadata, String key) {
    String value = metadata.get(key);
    if (value == null) {
      throw new IllegalArgumentException("the metadata have no '" + key + "', which a scaler needs");
    }
    return value;
  }

  private static double number(Map<String, String> metadata, String key) {
    String text = text(metadata, key);
    double value;
    try {
      value = Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(message(key, text, "a number"), e);
    }
    if (!Double.isFinite(value)) {
      throw unexpected(key, text, "a finite number");
    }
    return value;
  }

  private static ValueTransform transform(Map<String, String> metadata, String key) {
    String text = text(metadata, key);
    for (ValueTransform transform : ValueTransform.values()) {
      if (transform.name().equals(text)) {
        return transform;
      }
    }
    throw unexpected(key, text, "one of " + Arrays.toString(ValueTransform.values()));
  }

  private static IllegalArgumentException unexpected(String key, String value, String expected) {
    return new IllegalArgumentException(message(key, value, expected));
  }

  private static String message(String key, String value, String expected) {
    return "metadata '" + key + "' is '" + value + "'; expected " + expected;
  }
}
