package io.github.lstm4j.model;

import io.github.lstm4j.layer.Layer;
import io.github.lstm4j.layer.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The table of a model's layers, its columns as wide as what stands in them. */
final class Summary {
  private static final List<String> HEAD =
      List.of("layer", "output shape", "parameter", "shape", "elements", "bytes", "trainable");
  private static final List<Boolean> NUMBER = List.of(false, false, false, false, true, true, false);

  private Summary() {}

  static String of(SequenceModel model) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(HEAD);
    boolean pooled = false;
    for (int i = 0; i < model.layers().size(); i++) {
      LayerSpec spec = model.specs().get(i);
      pooled |= spec.pools();
      addRows(rows, spec, model.layers().get(i), pooled ? "[batch, " : "[batch, steps, ");
    }
    int[] widths = new int[HEAD.size()];
    rows.forEach(row -> {
      for (int c = 0; c < widths.length; c++) {
        widths[c] = Math.max(widths[c], row.get(c).length());
      }
    });
    StringBuilder text = new StringBuilder(line(rows.getFirst(), widths));
    String rule = "-".repeat(text.length() - 1) + "\n";
    text.append(rule);
    rows.subList(1, rows.size()).forEach(row -> text.append(line(row, widths)));
    return text.append(rule).append(totals(model)).toString();
  }

  private static void addRows(List<List<String>> rows, LayerSpec spec, Layer layer, String shapeStart) {
    String name = spec.name().isEmpty() ? layer.describe() : spec.name() + ": " + layer.describe();
    String shape = shapeStart + layer.outputSize() + "]";
    if (layer.parameters().isEmpty()) {
      rows.add(List.of(name, shape, "", "", "", "", ""));
    }
    for (Parameter parameter : layer.parameters()) {
      rows.add(
          List.of(
              name,
              shape,
              parameter.name().substring(spec.prefix().length()),
              parameter.shape().stream().map(String::valueOf).collect(Collectors.joining(", ", "(", ")")),
              number(parameter.elements()),
              number(parameter.elements() * Float.BYTES),
              parameter.trainable() ? "yes" : "no"));
      name = "";
      shape = "";
    }
  }

  private static String totals(SequenceModel model) {
    long all = model.parameters().stream().mapToLong(Parameter::elements).sum();
    long trainable = model.parameters().stream().filter(Parameter::trainable).mapToLong(Parameter::elements).sum();
    return "parameters: " + number(all) + ", trainable " + number(trainable) + ", frozen " + number(all - trainable)
        + "; " + number(all * Float.BYTES) + " bytes\n";
  }

  private static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  private static String line(List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int c = 0; c < widths.length; c++) {
      String padding = " ".repeat(widths[c] - cells.get(c).length());
      line.append(NUMBER.get(c) ? padding + cells.get(c) : cells.get(c) + padding).append("  ");
    }
    return line.toString().stripTrailing() + "\n";
  }
}
