package io.github.lstm4j.model;

import io.github.lstm4j.io.SafetensorsException;
import io.github.lstm4j.io.SafetensorsFile;
import io.github.lstm4j.io.SafetensorsWriter;
import io.github.lstm4j.layer.Parameter;
import io.github.lstm4j.memory.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Models to files and back. */
final class ModelFiles {
  private ModelFiles() {}

  static void save(SequenceModel model, Path file, Map<String, String> metadata) throws IOException {
    SafetensorsWriter writer = new SafetensorsWriter();
    metadata.forEach(writer::metadata);
    writer.metadata(Architecture.KEY, Architecture.toJson(model.inputSize(), model.specs()));
    for (Parameter parameter : model.parameters()) {
      writer.tensor(
          parameter.name(), parameter.value(), parameter.shape().stream().mapToInt(Integer::intValue).toArray());
    }
    aliases(model).forEach(writer::tied);
    writer.write(file);
  }

  /** Names of weights that are other layers' parameters: name → the parameter's name. */
  private static Map<String, String> aliases(SequenceModel model) {
    Map<String, String> aliases = new LinkedHashMap<>();
    for (LayerSpec spec : model.specs()) {
      if (spec instanceof LayerSpec.Dense dense && dense.tiedTo() != null) {
        aliases.put(dense.prefix() + "weight", dense.tiedTo());
      }
    }
    return aliases;
  }

  static SequenceModel open(Path file, int threads) throws IOException {
    try (SafetensorsFile tensors = SafetensorsFile.open(file)) {
      String json = tensors.metadata().get(Architecture.KEY);
      if (json == null) {
        throw new SafetensorsException(
            file,
            "it holds no description of a model (metadata entry " + Architecture.KEY + "); expected a file that SequenceModel.save wrote. Weights alone load into a model that you build");
      }
      SequenceModel model = Architecture.parse(json, file).threads(threads).build();
      try {
        load(model, tensors, Map.of(), true);
        return model;
      } catch (RuntimeException | IOException e) {
        model.close();
        throw e;
      }
    }
  }

  static LoadReport load(
      SequenceModel model, SafetensorsFile file, Map<String, String> prefixes, boolean strict) throws IOException {
    Map<String, String> fileNames = new LinkedHashMap<>(); // name in the model -> name in the file
    for (String name : file.names()) {
      fileNames.put(rename(name, prefixes), name);
    }
    for (String name : file.tied().keySet()) { // the file may have kept the other of two tied names
      fileNames.putIfAbsent(rename(name, prefixes), name);
    }
    aliases(model).forEach((alias, kept) -> {
      String name = fileNames.remove(alias);
      if (name != null) {
        fileNames.putIfAbsent(kept, name);
      }
    });
    Map<Parameter, Tensor> values = new LinkedHashMap<>();
    List<String> missing = new ArrayList<>();
    List<String> wrong = new ArrayList<>();
    for (Parameter parameter : model.parameters()) {
      String name = fileNames.remove(parameter.name());
      if (name == null) {
        missing.add(parameter.name());
        continue;
      }
      String shape = file.info(name).shape().toString();
      if (!shape.equals(parameter.shape().toString())) {
        wrong.add(name + " has shape " + shape + ", expected " + parameter.shape());
      } else {
        values.put(parameter, file.tensor(name));
      }
    }
    List<String> unknown = new ArrayList<>(fileNames.values());
    List<String> complaints = new ArrayList<>(wrong);
    if (strict && !missing.isEmpty()) {
      complaints.add("missing: " + String.join(", ", missing));
    }
    if (strict && !unknown.isEmpty()) {
      complaints.add("unknown: " + String.join(", ", unknown));
    }
    if (!complaints.isEmpty()) {
      throw new IllegalArgumentException("the file does not fit the model: " + String.join("; ", complaints));
    }
    values.forEach(Parameter::set);
    return new LoadReport(
        values.keySet().stream().map(Parameter::name).collect(Collectors.toList()), missing, unknown);
  }

  private static String rename(String name, Map<String, String> prefixes) {
    for (Map.Entry<String, String> entry : prefixes.entrySet()) {
      if (name.startsWith(entry.getKey())) {
        return entry.getValue() + name.substring(entry.getKey().length());
      }
    }
    return name;
  }
}
