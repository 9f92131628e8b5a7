package io.github.lstm4j.cli;

import io.github.lstm4j.io.SafetensorsFile;
import io.github.lstm4j.io.TensorInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What the commands run on. The one place where the command line meets the network.
 *
 * @param forecaster trains and forecasts
 * @param layerRunner runs a bare layer
 * @param modelFiles reads what a model file holds
 */
record Engines(ForecastEngine forecaster, LayerRunner layerRunner, ModelContents.Reader modelFiles) {
  /** What the program runs on. */
  static Engines standard() {
    return new Engines(new NetworkForecaster(), new TorchLayerRunner(), Engines::contents);
  }

  private static ModelContents contents(Path path) throws IOException {
    try (SafetensorsFile file = SafetensorsFile.open(path)) {
      List<ModelContents.Entry> entries = new ArrayList<>();
      for (String name : file.names()) {
        TensorInfo info = file.info(name);
        entries.add(
            new ModelContents.Entry(name, info.dtype().name(), info.shape().stream().map(Number::longValue).toList()));
      }
      return new ModelContents(path, Files.size(path), entries, file.metadata());
    }
  }
}
