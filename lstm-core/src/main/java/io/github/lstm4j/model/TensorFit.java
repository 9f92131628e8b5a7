package io.github.lstm4j.model;

import io.github.lstm4j.io.SafetensorsException;
import io.github.lstm4j.io.SafetensorsFile;
import io.github.lstm4j.io.TensorInfo;
import io.github.lstm4j.layer.ParameterSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How a file's tensors fit a model's parameters. Only the file's header is read. */
final class TensorFit {
  private final Map<String, String> fileNames = new LinkedHashMap<>();
  private final List<String> missing = new ArrayList<>();
  private final List<String> unknown;
  private final List<String> wrong = new ArrayList<>();

  /**
   * Compares.
   *
   * @param specs the model's parameters
   * @param aliases other names of some of them: alias → the parameter's name
   * @param file the file
   * @param prefixes start of a name in the file → start of a name in the model
   */
  TensorFit(
      List<ParameterSpec> specs, Map<String, String> aliases, SafetensorsFile file, Map<String, String> prefixes)
      throws SafetensorsException {
    Map<String, String> byModelName = new LinkedHashMap<>();
    for (String name : file.names()) {
      String renamed = rename(name, prefixes);
      String other = byModelName.putIfAbsent(renamed, name);
      if (other != null) {
        wrong.add(other + " and " + name + " both become " + renamed);
      }
    }
    for (String name : file.tied().keySet()) { // the file may have kept the other of two tied names
      byModelName.putIfAbsent(rename(name, prefixes), name);
    }
    for (Map.Entry<String, String> alias : aliases.entrySet()) {
      String name = byModelName.remove(alias.getKey());
      String kept = name == null ? null : byModelName.putIfAbsent(alias.getValue(), name);
      if (name != null && kept != null && differ(file, name, kept)) {
        wrong.add(name + " and " + kept + " differ, which are one weight in the model");
      }
    }
    for (ParameterSpec spec : specs) {
      String name = byModelName.remove(spec.name());
      if (name == null) {
        missing.add(spec.name());
      } else {
        check(spec, file.info(name));
        fileNames.put(spec.name(), name);
      }
    }
    unknown = List.copyOf(byModelName.values());
  }

  /** Whether two tensors hold other numbers: PyTorch writes tied weights twice where nobody tells it that they are. */
  private static boolean differ(SafetensorsFile file, String one, String other) throws SafetensorsException {
    TensorInfo first = file.info(one);
    TensorInfo second = file.info(other);
    if (first.equals(second)) {
      return false; // one tensor under two names
    }
    return !first.shape().equals(second.shape()) || first.dtype() != second.dtype() || !isFloat(first)
        || !Arrays.equals(file.tensor(one).data(), file.tensor(other).data());
  }

  private static boolean isFloat(TensorInfo info) {
    return switch (info.dtype()) {
      case F64, F32, F16, BF16 -> true;
      default -> false;
    };
  }

  private void check(ParameterSpec spec, TensorInfo info) {
    if (!info.shape().equals(spec.shape().stream().map(Integer::longValue).toList())) {
      wrong.add(info.name() + " has shape " + info.shape() + ", expected " + spec.shape());
    }
    if (!isFloat(info)) {
      wrong.add(info.name() + " has dtype " + info.dtype() + ", expected F64, F32, F16 or BF16");
    }
  }

  /** The longest prefix counts: which one it is must not depend on the order of a map. */
  private static String rename(String name, Map<String, String> prefixes) {
    String longest = null;
    for (String prefix : prefixes.keySet()) {
      if (name.startsWith(prefix) && (longest == null || prefix.length() > longest.length())) {
        longest = prefix;
      }
    }
    return longest == null ? name : prefixes.get(longest) + name.substring(longest.length());
  }

  /** What is wrong, an entry for each culprit; empty if the file fits. */
  List<String> complaints(boolean strict) {
    List<String> complaints = new ArrayList<>(wrong);
    if (strict && !missing.isEmpty()) {
      complaints.add("missing: " + String.join(", ", missing));
    }
    if (strict && !unknown.isEmpty()) {
      complaints.add("unknown: " + String.join(", ", unknown));
    }
    return complaints;
  }

  /** Name in the model → name in the file, of tensors that both have, in the model's order. */
  Map<String, String> fileNames() {
    return fileNames;
  }

  /** Names in the model that the file does not have. */
  List<String> missing() {
    return missing;
  }

  /** Names in the file that the model does not have. */
  List<String> unknown() {
    return unknown;
  }
}
