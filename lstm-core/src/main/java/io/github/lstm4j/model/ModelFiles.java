package io.github.lstm4j.model;

import io.github.lstm4j.io.SafetensorsException;
import io.github.lstm4j.io.SafetensorsFile;
import io.github.lstm4j.io.SafetensorsWriter;
import io.github.lstm4j.layer.Parameter;
import io.github.lstm4j.layer.ParameterSpec;
import io.github.lstm4j.memory.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
    LayerSpec.aliases(model.specs()).forEach(writer::tied);
    writer.write(file);
  }

  static SequenceModel open(Path file, int threads) throws IOException {
    try (SafetensorsFile tensors = SafetensorsFile.open(file)) {
      String json = tensors.metadata().get(Architecture.KEY);
      if (json == null) {
        throw new SafetensorsException(
            file,
            "it holds no description of a model (metadata entry " + Architecture.KEY + "); expected a file that "
                + "SequenceModel.save wrote. Weights alone load into a model that you build");
      }
      ModelBuilder builder = Architecture.parse(json, tensors.names().size(), file).threads(threads);
      // Before anything is allocated: what the description promises must be in the file.
      List<String> complaints =
          new TensorFit(builder.parameters(), builder.aliases(), tensors, Map.of()).complaints(true);
      if (!complaints.isEmpty()) {
        throw new SafetensorsException(
            file, "its tensors do not fit its description of a model: " + String.join("; ", complaints));
      }
      SequenceModel model = builder.build();
      try {
        load(model, file, tensors, Map.of(), true);
        return model;
      } catch (RuntimeException | IOException | Error e) {
        model.close();
        throw e;
      }
    }
  }

  static LoadReport load(
      SequenceModel model, Path path, SafetensorsFile file, Map<String, String> prefixes, boolean strict)
      throws IOException {
    List<ParameterSpec> specs =
        model.parameters().stream().map(p -> new ParameterSpec(p.name(), p.shape())).toList();
    TensorFit fit = new TensorFit(specs, LayerSpec.aliases(model.specs()), file, prefixes);
    List<String> complaints = fit.complaints(strict);
    if (!complaints.isEmpty()) {
      throw new IllegalArgumentException(path + " does not fit the model: " + String.join("; ", complaints));
    }
    // All are read before the first is set: a file that fails halfway changes nothing.
    Map<Parameter, Tensor> values = new LinkedHashMap<>();
    for (Map.Entry<String, String> entry : fit.fileNames().entrySet()) {
      values.put(model.parameter(entry.getKey()), file.tensor(entry.getValue()));
    }
    values.forEach(Parameter::set);
    return new LoadReport(new ArrayList<>(fit.fileNames().keySet()), fit.missing(), fit.unknown());
  }
}
