package io.github.lstm4j.model;

import io.github.lstm4j.layer.Layer;
import io.github.lstm4j.layer.Parameter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The table of a model's layers. */
final class Summary {
  private Summary() {}

  static String of(SequenceModel model) {
    StringBuilder text = new StringBuilder();
    text.append(row("layer", "output shape", "parameter", "shape", "elements", "trainable"));
    text.append("-".repeat(118)).append('\n');
    long trainable = 0;
    long frozen = 0;
    boolean pooled = false;
    for (int i = 0; i < model.layers().size(); i++) {
      Layer layer = model.layers().get(i);
      LayerSpec spec = model.specs().get(i);
      pooled |= spec.pools();
      String shape = (pooled ? "[batch, " : "[batch, steps, ") + layer.outputSize() + "]";
      String name = spec.name().isEmpty() ? layer.describe() : spec.name() + ": " + layer.describe();
      if (layer.parameters().isEmpty()) {
        text.append(row(name, shape, "", "", "", ""));
      }
      for (Parameter parameter : layer.parameters()) {
        String own = parameter.name().substring(spec.prefix().length());
        text.append(
            row(name, shape, own, shape(parameter.shape()), number(parameter.elements()),
                parameter.trainable() ? "yes" : "no"));
        name = "";
        shape = "";
        trainable += parameter.trainable() ? parameter.elements() : 0;
        frozen += parameter.trainable() ? 0 : parameter.elements();
      }
    }
    text.append("-".repeat(118)).append('\n');
    text.append("parameters: ").append(number(trainable + frozen));
    text.append(", trainable ").append(number(trainable)).append(", frozen ").append(number(frozen));
    text.append("; ").append(number((trainable + frozen) * Float.BYTES)).append(" bytes\n");
    return text.toString();
  }

  private static String shape(List<Integer> sizes) {
    return sizes.stream().map(String::valueOf).collect(Collectors.joining(", ", "(", ")"));
  }

  private static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  private static String row(
      String layer, String output, String parameter, String shape, String elements, String trainable) {
    return String.format(
            Locale.ROOT, "%-38s %-20s %-22s %-12s %11s  %s", layer, output, parameter, shape, elements, trainable)
        .stripTrailing() + "\n";
  }
}
