package io.github.lstm4j.cli;

import io.github.lstm4j.cli.ModelContents.Entry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which recurrent layers a file holds, read off PyTorch's names and the shapes of the weights. */
final class RecurrentLayout {
  private static final Pattern FIRST = Pattern.compile("(.*?)weight_ih_l0");

  private RecurrentLayout() {}

  /** A line for each recurrent layer; none where no name looks like one. */
  static List<String> describe(List<Entry> tensors) {
    Map<String, Entry> byName = new HashMap<>();
    tensors.forEach(entry -> byName.put(entry.name(), entry));
    List<String> lines = new ArrayList<>();
    for (Entry entry : tensors) {
      Matcher matcher = FIRST.matcher(entry.name());
      if (matcher.matches()) {
        lines.add(describe(matcher.group(1), entry, byName));
      }
    }
    return lines;
  }

  private static String describe(String prefix, Entry input, Map<String, Entry> byName) {
    String name = prefix.isEmpty() ? "layer" : prefix.substring(0, prefix.length() - 1);
    Entry recurrent = byName.get(prefix + "weight_hh_l0");
    if (recurrent == null || recurrent.shape().size() != 2 || input.shape().size() != 2) {
      return name + ": not a whole recurrent layer (weight_hh_l0 [gates x hidden, hidden] is missing or has another"
          + " shape)";
    }
    Entry projection = byName.get(prefix + "weight_hr_l0");
    long rows = recurrent.shape().get(0);
    Entry wide = projection != null && projection.shape().size() == 2 ? projection : recurrent;
    long hidden = wide.shape().get(1);
    long gates = hidden > 0 && rows % hidden == 0 ? rows / hidden : 0;
    String kind =
        switch ((int) Math.min(gates, 5)) {
          case 4 -> "LSTM";
          case 3 -> "GRU";
          case 1 -> "RNN (its tanh or relu is not in the file)";
          default -> "unknown kind (" + rows + " rows for " + hidden + " hidden units)";
        };
    int layers = 1;
    while (byName.containsKey(prefix + "weight_ih_l" + layers)) {
      layers++;
    }
    List<String> parts = new ArrayList<>(List.of(kind, "input " + input.shape().get(1), "hidden " + hidden));
    parts.add(layers + (layers == 1 ? " layer" : " layers"));
    if (byName.containsKey(prefix + "weight_ih_l0_reverse")) {
      parts.add("bidirectional");
    }
    if (projection != null) {
      parts.add("projection " + recurrent.shape().get(1));
    }
    parts.add(byName.containsKey(prefix + "bias_ih_l0") ? "bias" : "no bias");
    return name + ": " + String.join(", ", parts);
  }
}
